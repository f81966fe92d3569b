"""Runs the work of a gate: its time, what a tool's crash means, where a file comes from."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.emit.draft import Draft
from archwright.ports import Finished
from archwright.proof.gate import Evidence, Subject
from archwright.proof.secret_shapes import masked

UNFINISHED = "AW-5190"
MOST = 50
"""Findings that one gate lists; the rest is a number."""
SPARING: Mapping[str, str] = {"GOGC": "400"}
"""Environment of tools written in Go: a tenth more memory for a quarter less time collecting it."""
_TAIL = 1500
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the work of a gate found."""

    diagnostics: Sequence[Diagnostic] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    skipped: str = ""


class ToolCrashError(Exception):
    """A tool ended without saying what it was asked for; carries what it said instead."""


def measure(gate: str, tool: str, subject: Subject, work: Callable[[], Findings]) -> Evidence:
    """Do the work of a gate and return its evidence; a tool that fails is a diagnostic AW-5190.

    Places are completed by where each file comes from; paths of this machine and text that has
    the shape of a secret are taken out of every message.
    """
    started = time.monotonic()
    try:
        found = work()
    except DiagnosticError as error:
        found = Findings([_unfinished(tool, d.message, d.hint) for d in error.diagnostics])
    except (ToolCrashError, OSError) as error:
        found = Findings([_unfinished(tool, str(error), "")])
    seconds = time.monotonic() - started
    shown = [_cleaned(d, subject.folder) for d in found.diagnostics[:MOST]]
    if len(found.diagnostics) > MOST:
        more = len(found.diagnostics) - MOST
        shown.append(Diagnostic(found.diagnostics[0].code, f"and {more} more findings"))
    traced = tuple(traced_to_packs(shown, subject.drafts))
    return Evidence(gate, tool, seconds, dict(found.facts), traced, found.skipped)


def traced_to_packs(
    diagnostics: Sequence[Diagnostic], drafts: Sequence[Draft]
) -> Sequence[Diagnostic]:
    """Return the diagnostics with the pack's file that wrote the named file in their hint."""
    origins = {draft.path: draft.origin for draft in drafts if draft.origin}
    result: list[Diagnostic] = []
    for diagnostic in diagnostics:
        origin = origins.get(diagnostic.place.source)
        if origin and origin not in diagnostic.hint:
            hint = f"{diagnostic.hint} (from {origin})" if diagnostic.hint else f"from {origin}"
            diagnostic = replace(diagnostic, hint=hint)  # noqa: PLW2901
        result.append(diagnostic)
    return result


def crashed(tool: str, finished: Finished) -> ToolCrashError:
    """Return the error for a tool whose answer cannot be read, with the tail of its output."""
    said = "\n".join(part.strip() for part in (finished.stdout, finished.stderr) if part.strip())
    tail = plain(said)[-_TAIL:]
    return ToolCrashError(
        f"{tool} ended with code {finished.code} and said:\n{tail or '(nothing)'}"
    )


def plain(text: str) -> str:
    """Return the text without colours; some tools colour even where NO_COLOR is set."""
    return _COLOUR.sub("", text)


def read_json(text: str, tool: str, finished: Finished) -> Any:
    """Return JSON data that a tool wrote; raise ToolCrashError with the tool's output otherwise."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise crashed(tool, finished) from error


def relative(name: str, folder: Path) -> str:
    """Return a path in the folder relative to it, as POSIX text; any other as it is."""
    name = name.removeprefix("file://")
    for base in (folder, folder.resolve()):
        if name.startswith(f"{base}/"):
            return name[len(str(base)) + 1 :]
    return name.removeprefix("./")


def _unfinished(tool: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        UNFINISHED,
        f"{tool} gave no answer: {message}",
        hint=hint or "run `archwright doctor`; if the tool is well, this is a fault of Archwright",
    )


def _cleaned(diagnostic: Diagnostic, folder: Path) -> Diagnostic:
    message = _without_paths(diagnostic.message, folder)
    hint = _without_paths(diagnostic.hint, folder)
    place = replace(diagnostic.place, source=relative(diagnostic.place.source, folder))
    return replace(diagnostic, message=masked(message), hint=masked(hint), place=place)


def _without_paths(text: str, folder: Path) -> str:
    for base in {str(folder), str(folder.resolve())}:
        text = text.replace(f"file://{base}/", "").replace(f"{base}/", "").replace(base, ".")
    return re.sub(r"(?:file://)?/[^\s'\"()]*/node_modules/", "node_modules/", text)


def at(path: str, line: int = 0, column: int = 0) -> Place:
    """Return a place in an emitted file."""
    return Place(path, (), line, column)
