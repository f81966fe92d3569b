"""The gate that lets TypeScript check the whole project, strict and incremental."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import SPARING, Findings, at, crashed, measure

CODE = "AW-5103"
_OPTIONS = ("-b", "--pretty", "false", "--singleThreaded")
"""One checker: each of several works out the same library types anew, which doubles the work."""
_SPECS = "e2e/tsconfig.json"
"""A project of its own: specs run in Node, and drive the app from outside."""
_FINDING = re.compile(
    r"^(?:(?P<file>\S.*?)\((?P<line>\d+),(?P<column>\d+)\): )?"
    r"error (?P<code>TS\d+): (?P<message>.*)$"
)


class TypesGate:
    """``tsc -b``: what it knows from the phase before lies in the folder's ``.cache``.

    It checks what a change reaches, however far from the changed file; the last phase begins
    with an empty cache.
    """

    name = "types"

    def check(self, subject: Subject) -> Evidence:
        """Check all types; a finding has file, line, column and TypeScript's own code."""
        return measure(self.name, "tsc", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    specs = any(d.path == _SPECS for d in subject.drafts)
    options = (*_OPTIONS, ".", "e2e") if specs else _OPTIONS
    done = subject.toolchain.tool("tsc", options, subject.folder, env=SPARING)
    found = list(parse(done.stdout + "\n" + done.stderr))
    if done.code != 0 and not found:
        raise crashed("tsc", done)
    files = sum(1 for d in subject.drafts if d.path.endswith((".ts", ".tsx")))
    return Findings(found, {"errors": len(found), "files": files})


def parse(output: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each error that ``tsc --pretty false`` prints, with its details."""
    lines = output.splitlines()
    for rank, text in enumerate(lines):
        match = _FINDING.match(text)
        if match is None:
            continue
        details = []
        for further in lines[rank + 1 :]:
            if not further.startswith("  "):
                break
            details.append(further.strip())
        message = " ".join([f"{match['code']}: {match['message']}", *details])
        place = at(match["file"] or "", int(match["line"] or 0), int(match["column"] or 0))
        yield Diagnostic(CODE, message, place)
