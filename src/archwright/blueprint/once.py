"""What was worked out about a value that never changes: asked often, found once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_Found = TypeVar("_Found")


class Once:
    """Answers by key, kept beside the frozen value that they are about and gone with it.

    A field of such a value; no part of what the value is, so it is not compared or shown.
    """

    __slots__ = ("_alike", "_found")

    def __init__(self) -> None:
        """Know nothing yet."""
        self._found: dict[Hashable, Any] = {}
        self._alike: dict[Hashable, list[tuple[Any, Any]]] = {}

    def __call__(self, key: Hashable, work_out: Callable[[], _Found]) -> _Found:
        """Return what ``work_out`` finds; it is called once for a key.

        It must be a pure function of the value and the key.
        """
        if key not in self._found:
            self._found[key] = work_out()
        found: _Found = self._found[key]
        return found

    def alike(self, key: Hashable, given: object, work_out: Callable[[], _Found]) -> _Found:
        """Return what ``work_out`` finds; it is called once for a key and equal ``given``.

        It must be a pure function of the two and the value; ``given`` need not be hashable.
        """
        known = self._alike.setdefault(key, [])
        for before, there in reversed(known):
            if before == given:
                same: _Found = there
                return same
        found = work_out()
        known.append((given, found))
        return found
