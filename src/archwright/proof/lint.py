"""The gate that lets oxlint look for mistakes, with the types at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import (
    SPARING,
    Findings,
    at,
    crashed,
    measure,
    read_json,
    relative,
)

CODE = "AW-5104"
_OPTIONS = ("--type-aware", "--deny-warnings", "--format", "json")
_ENVIRONMENT = {**SPARING, "GOMAXPROCS": "1"}
"""One worker for the rules that need types: each of several checks the types anew."""
_SOURCE = re.compile(r"^(src|e2e)/.*\.tsx?$")
_IGNORED = frozenset({"src/lib/database.types.ts"})


class LintGate:
    """``oxlint --type-aware --deny-warnings``: a warning stops a phase like an error.

    A phase lints the files that it touches, the last one all of ``src`` and ``e2e``.
    """

    name = "lint"

    def check(self, subject: Subject) -> Evidence:
        """Lint the sources; a finding has file, line, column, rule and what to do."""
        return measure(self.name, "oxlint", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    paths = _everything(subject) if subject.last else _touched(subject)
    if not paths:
        return Findings(skipped="the phase touches no front-end source")
    options = [*_OPTIONS, *paths]
    done = subject.toolchain.tool("oxlint", options, subject.folder, env=_ENVIRONMENT)
    answer = read_json(done.stdout, "oxlint", done)
    found = [_diagnostic(item, subject) for item in answer["diagnostics"]]
    files = int(answer.get("number_of_files", 0))
    if (done.code != 0 and not found) or files == 0:
        raise crashed("oxlint", done)
    rules = int(answer.get("number_of_rules") or 0)
    return Findings(found, {"files": files, "rules": rules, "findings": len(found)})


def _everything(subject: Subject) -> list[str]:
    """Return the folders of sources; an app without pages has nothing to try in a browser."""
    return ["src", *(["e2e"] if any(d.path.startswith("e2e/") for d in subject.drafts) else [])]


def _touched(subject: Subject) -> list[str]:
    """Return the touched sources that the rules look at; types of the database are not linted."""
    here = {d.path for d in subject.drafts}
    return [p for p in subject.touched if p in here and _SOURCE.match(p) and p not in _IGNORED]


def _diagnostic(item: Mapping[str, Any], subject: Subject) -> Diagnostic:
    labels = item.get("labels") or [{}]
    span = labels[0].get("span") or {}
    path = relative(str(item.get("filename", "")), subject.folder)
    rule = f" [{item['code']}]" if item.get("code") else ""
    place = at(path, int(span.get("line") or 0), int(span.get("column") or 0))
    return Diagnostic(CODE, f"{item['message']}{rule}", place, str(item.get("help") or ""))
