"""The gate that looks for code and dependencies that nothing uses, once the app is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, at, crashed, measure, read_json

CODE = "AW-5108"
_WORDS = {
    "files": "the file is used by nothing",
    "dependencies": "the dependency {} is used by nothing",
    "devDependencies": "the development dependency {} is used by nothing",
    "optionalPeerDependencies": "the optional peer dependency {} is used but not listed",
    "unlisted": "the package {} is used but not listed in package.json",
    "binaries": "the program {} is used but no listed package brings it",
    "unresolved": "the import {} leads nowhere",
    "exports": "the export {} is used by nothing",
    "types": "the exported type {} is used by nothing",
    "enumMembers": "the enumeration member {} is used by nothing",
    "namespaceMembers": "the namespace member {} is used by nothing",
    "duplicates": "{} is exported twice",
}


class UnusedGate:
    """``knip``, in the last phase only: before it, parts may wait for those that use them."""

    name = "unused"

    def check(self, subject: Subject) -> Evidence:
        """Look for what is unused; a finding has the file and, where there is one, the line."""
        return measure(self.name, "knip", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    if not subject.last:
        return Findings(skipped="unused code is looked for when the app is whole")
    arguments = ("--reporter", "json", "--no-progress")
    done = subject.toolchain.tool("knip", arguments, subject.folder)
    answer = read_json(done.stdout, "knip", done)
    found = [d for issue in answer["issues"] for d in _diagnostics(issue)]
    if done.code != 0 and not found:
        raise crashed("knip", done)
    return Findings(found, {"findings": len(found)})


def _diagnostics(issue: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for kind, items in issue.items():
        if kind in ("file", "owners") or not isinstance(items, list):
            continue
        for item in items:
            several = item if isinstance(item, list) else [item]
            name = ", ".join(str(one.get("name", "")) for one in several)
            text = _WORDS.get(kind, kind + ": {}").format(name)
            place = at(str(issue["file"]), int(several[0].get("line") or 0))
            yield Diagnostic(CODE, text, place)
