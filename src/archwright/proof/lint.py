"""The gate that lets oxlint look for mistakes, with the types at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, at, crashed, measure, read_json, relative

CODE = "AW-5104"
_ARGUMENTS = ("--type-aware", "--deny-warnings", "--format", "json", "src")


class LintGate:
    """``oxlint --type-aware --deny-warnings src``: a warning stops a phase like an error."""

    name = "lint"

    def check(self, subject: Subject) -> Evidence:
        """Lint the sources; a finding has file, line, column, rule and what to do."""
        return measure(self.name, "oxlint", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    done = subject.toolchain.tool("oxlint", _ARGUMENTS, subject.folder)
    answer = read_json(done.stdout, "oxlint", done)
    found = [_diagnostic(item, subject) for item in answer["diagnostics"]]
    files = int(answer.get("number_of_files", 0))
    if (done.code != 0 and not found) or files == 0:
        raise crashed("oxlint", done)
    rules = int(answer.get("number_of_rules") or 0)
    return Findings(found, {"files": files, "rules": rules, "findings": len(found)})


def _diagnostic(item: Mapping[str, Any], subject: Subject) -> Diagnostic:
    labels = item.get("labels") or [{}]
    span = labels[0].get("span") or {}
    path = relative(str(item.get("filename", "")), subject.folder)
    rule = f" [{item['code']}]" if item.get("code") else ""
    place = at(path, int(span.get("line") or 0), int(span.get("column") or 0))
    return Diagnostic(CODE, f"{item['message']}{rule}", place, str(item.get("help") or ""))
