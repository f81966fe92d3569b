"""How the command was called, for lines that tell what to type next."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

NAME = "archwright"


def to_type(*words: str | Path) -> str:
    """Return a command line of ours that works in the same place as the one that runs now."""
    called = sys.argv[0] if sys.argv else NAME
    path = Path(called).name == NAME and os.sep in called
    name = called if path and shutil.which(NAME) is None else NAME
    return shlex.join([name, *map(str, words)])
