"""What a run of specs means: diagnostics with their place, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archwright.diagnostics import Diagnostic, Severity
from archwright.proof.browser.results import SpecError, SpecResult, SpecRun
from archwright.proof.running import at, plain

FAILED, NONE, UNFINISHED = "AW-5141", "AW-5142", "AW-5143"
_SHOWN = 12
"""Lines of an error that are shown; the rest is in the evidence."""


def feature_of(file: str) -> str:
    """Return what a file of specs is about: ``likes`` for ``e2e/likes.spec.ts``."""
    return file.rpartition("/")[2].removesuffix(".ts").removesuffix(".spec")


def diagnostics(run: SpecRun, kept: Mapping[str, str]) -> list[Diagnostic]:
    """Return AW-5141 for each failed spec, AW-5143 for files that could not be loaded.

    ``kept`` tells by ``key`` of a spec where what it left is to be found. A spec that passed
    only when it was tried again is a warning.
    """
    # where a file cannot be read, Playwright adds that it found no tests
    placed = [error for error in run.errors if error.file]
    found = [_unloaded(error) for error in placed or run.errors]
    for spec in run.specs:
        if spec.status in ("failed", "flaky"):
            found += _failures(spec, kept.get(spec.key, ""))
    if not run.specs and not run.errors:
        found.append(Diagnostic(NONE, "no spec was run"))
    return found


def figures(run: SpecRun) -> dict[str, object]:
    """Return the facts of a run: how many specs, how they ended, how much axe looked at."""
    looked = sum(len(spec.attached("axe")) for spec in run.specs)
    return {
        "specs": len(run.specs),
        "passed": run.count("passed"),
        "failed": run.count("failed"),
        "flaky": run.count("flaky"),
        "skipped": run.count("skipped"),
        "pages_looked_at_by_axe": looked,
    }


def message_of(error: SpecError) -> str:
    """Return the words of an error: no colours, no empty lines, no stack, no source."""
    return "\n".join(_lines(plain(error.message)))[:1500]


def _lines(text: str) -> Iterable[str]:
    kept = []
    for line in text.splitlines():
        if re.match(r"\s+at |\s*>?\s*\d+ \|", line) or re.fullmatch(r"[\s|^]*", line):
            continue
        kept.append(line.rstrip())
    return kept[:_SHOWN]


def _failures(spec: SpecResult, kept: str) -> Iterator[Diagnostic]:
    severity = Severity.WARNING if spec.status == "flaky" else Severity.ERROR
    hint = f"look at {kept}" if kept else ""
    for error in spec.errors or (SpecError(message="it failed without saying why"),):
        text = f"{feature_of(spec.file)}: {spec.title}: {message_of(error)}"
        own = error.file == spec.file
        place = at(spec.file, error.line if own else spec.line, error.column if own else 0)
        yield Diagnostic(FAILED, text, place, hint, severity)


def _unloaded(error: SpecError) -> Diagnostic:
    return Diagnostic(UNFINISHED, message_of(error), at(error.file, error.line, error.column))
