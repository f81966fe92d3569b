"""What the exit codes of ``archwright`` mean; the README lists them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from archwright.diagnostics import Diagnostic, Severity

FAULT = "AW-6099"
"""The code of a fault of our own."""


class Exit(IntEnum):
    """0 is success; everything else says whose move it is."""

    OK = 0
    INPUT = 1
    """The request, Blueprint, pack or option has mistakes; nothing was written."""
    USAGE = 2
    """The command line could not be read."""
    PROOF = 3
    """A gate failed; the last good phase stands."""
    MACHINE = 4
    """The toolchain, the disk, the network or another process is in the way."""
    FAULT = 70
    """A fault of Archwright's own."""
    INTERRUPTED = 130
    """Ctrl-C; the last good phase stands."""


def code_of(problems: Iterable[Diagnostic]) -> Exit:
    """Return the exit code for diagnostics: the machine's before the proof's before the input's."""
    problems = tuple(problems)
    if any(d.code == FAULT for d in problems):
        return Exit.FAULT
    families = {d.code[3:4] for d in problems if d.severity is Severity.ERROR}
    if not families:
        return Exit.OK
    if families & {"6", "7"}:
        return Exit.MACHINE
    return Exit.PROOF if "5" in families else Exit.INPUT
