"""What the exit codes of ``archwright`` mean; the README lists them."""

from __future__ import annotations

from enum import IntEnum


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
    INTERRUPTED = 130
    """Ctrl-C; the last good phase stands."""
