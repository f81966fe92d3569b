"""The gate that runs the app's unit tests: what a phase touches, and all of them at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.ports import Finished
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, at, crashed, measure, read_json, relative

CODE = "AW-5105"
REPORT = ".cache/vitest.json"
_ENVIRONMENT = {"VITEST_FS_MODULE_CACHE_PATH": ".cache/modules"}
"""Else transformed modules of every build pile up in the node_modules that all builds share."""
_TEST = re.compile(r"^src/.*\.test\.tsx?$")
_SOURCE = re.compile(r"^src/.*\.(ts|tsx|css|json)$")
_EVERYTHING = frozenset(
    {"vite.config.ts", "tsconfig.json", "package.json", "src/test/setup.ts", "index.html"}
)
"""Files on which every test depends without importing them; package.json only when it is new."""


class UnitGate:
    """``vitest``: what is related to the touched files, everything in the last phase.

    Test files share modules (``--no-isolate``), which is five times as fast; the emitted lint
    rules forbid the module mocks that would make that unsafe.
    """

    name = "unit"

    def check(self, subject: Subject) -> Evidence:
        """Run the tests; a failure has the test's name, file and line, and what was expected."""
        return measure(self.name, "vitest", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    tests = sorted(d.path for d in subject.drafts if _TEST.match(d.path))
    if not tests:
        return Findings(facts={"test_files": 0}, skipped="the app has no unit tests yet")
    related = () if _all(subject) else _related(_own(subject))
    if related is None:
        return Findings(facts={"test_files": 0}, skipped="the phase touches no front-end source")
    report = subject.folder / REPORT
    report.unlink(missing_ok=True)
    done = _run(subject, related)
    if not report.is_file():
        raise crashed("vitest", done)
    answer = read_json(report.read_text(encoding="utf-8"), "vitest", done)
    expected = tests if not related else [t for t in tests if t in related]
    found = [*_failures(answer, subject), *_not_run(answer, expected, subject)]
    if (done.code != 0 or not answer.get("success")) and not found:
        raise crashed("vitest", done)
    facts = _facts(answer, whole=not related)
    if related and not answer["numTotalTests"] and not found:
        return Findings(facts=facts, skipped="no test is related to what the phase touches")
    return Findings(found, facts)


def _run(subject: Subject, related: Sequence[str]) -> Finished:
    """Run the tests that are related to files, or all; the last phase as the app's owner does."""
    tools, folder = subject.toolchain, subject.folder
    if subject.last:
        options = ["--no-isolate", "--passWithNoTests", "--reporter=json", f"--outputFile={REPORT}"]
        return tools.tool("vitest", ["run", *options], folder, env=_ENVIRONMENT)
    request = {
        "run": True,
        "watch": False,
        "isolate": False,
        "passWithNoTests": True,
        "pool": "threads",  # starts sooner
        "reporters": ["json"],
        "outputFile": REPORT,
        **({"related": list(related)} if related else {}),
    }
    return tools.ask("vitest", request, folder, env=_ENVIRONMENT)


def _all(subject: Subject) -> bool:
    return subject.last or bool(_EVERYTHING - {"package.json"} & set(subject.touched))


def _own(subject: Subject) -> tuple[str, ...]:
    """Return the touched files but the derived ones: on those nearly every test depends."""
    derived = {d.path for d in subject.drafts if d.derived}
    return tuple(path for path in subject.touched if path not in derived)


def _related(touched: Sequence[str]) -> tuple[str, ...] | None:
    found = tuple(sorted(path for path in touched if _SOURCE.match(path)))
    return found or None


def _facts(answer: Mapping[str, Any], *, whole: bool) -> dict[str, object]:
    return {
        "scope": "all" if whole else "related",
        "test_files": len(answer["testResults"]),
        "tests": answer["numTotalTests"],
        "passed": answer["numPassedTests"],
        "failed": answer["numFailedTests"],
        "skipped": answer["numPendingTests"] + answer["numTodoTests"],
    }


def _failures(answer: Mapping[str, Any], subject: Subject) -> Iterator[Diagnostic]:
    for result in answer["testResults"]:
        path = relative(str(result["name"]), subject.folder)
        failed = [t for t in result["assertionResults"] if t["status"] == "failed"]
        for test in failed:
            said = "\n".join(str(m) for m in test["failureMessages"])
            text = f"{test['fullName']}: {_first_words(said)}"
            yield Diagnostic(CODE, text, at(path, *_line(said, path)))
        if result["status"] == "failed" and not failed:
            said = str(result["message"]) or "the file could not be loaded"
            yield Diagnostic(CODE, _first_words(said), at(path, *_line(said, path)))


def _not_run(
    answer: Mapping[str, Any], expected: Sequence[str], subject: Subject
) -> Iterator[Diagnostic]:
    """Yield test files that were to run and did not, or in which no test was found."""
    ran = {relative(str(r["name"]), subject.folder): r for r in answer["testResults"]}
    for path in expected:
        result = ran.get(path)
        if result is None:
            hint = "look at `test.include` in vite.config.ts"
            yield Diagnostic(CODE, "the test file was not run", at(path), hint)
        elif not result["assertionResults"] and result["status"] != "failed":
            yield Diagnostic(CODE, "no test was found in the file", at(path))


def _first_words(said: str) -> str:
    """Return what was said before the stack, at most ten lines."""
    lines = [line for line in said.splitlines() if not re.match(r"\s+at ", line)]
    return "\n".join(lines[:10]).strip()


def _line(said: str, path: str) -> tuple[int, int]:
    match = re.search(re.escape(path) + r":(\d+):(\d+)", said)
    return (int(match[1]), int(match[2])) if match else (0, 0)
