"""What an exception means that ends a command: diagnostics, whoever raised it."""

from __future__ import annotations

import errno
import traceback

from archwright.diagnostics import Diagnostic, DiagnosticError, Place

TRACE = "ARCHWRIGHT_TRACE"


def problems_of(error: Exception) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of an exception: its own, the system's refusal, or a fault of ours."""
    if isinstance(error, DiagnosticError):
        return error.diagnostics
    return (_refused(error) if isinstance(error, OSError) else _fault(error),)


def _refused(error: OSError) -> Diagnostic:
    place = Place(str(error.filename or ""))
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Diagnostic("AW-6003", "the disk is full", place, "Free some space and try again.")
    text = f"the system refused: {error.strerror or error}"
    return Diagnostic("AW-6011", text, place)


def _fault(error: Exception) -> Diagnostic:
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    text = f"a fault of Archwright's own: {type(error).__name__}: {error}"
    hint = f"Please report it; with {TRACE}=1 in the environment the whole trace is shown."
    return Diagnostic("AW-6099", text, Place(where), hint)
