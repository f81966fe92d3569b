"""Where the mistakes of a Blueprint are shown, and how its names are listed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from archwright.diagnostics import Place

SOURCE = "blueprint.yaml"
_LISTED = 40


def place(*path: str | int) -> Place:
    """Return the place of a key path in the Blueprint."""
    return Place(SOURCE, tuple(str(key) for key in path))


def known_names(what: str, names: Iterable[str], wrong: str) -> str:
    """Return a hint: all the names, or where they are many those that are like the wrong one."""
    listed = sorted(names)
    if len(listed) <= _LISTED:
        return f"known {what}: {', '.join(listed)}"
    close = difflib.get_close_matches(wrong, listed, n=3)
    return f"did you mean {' or '.join(close)}?" if close else f"there are {len(listed)} {what}"
