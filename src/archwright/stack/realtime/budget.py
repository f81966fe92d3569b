"""Counts what happens against what may happen in a while."""

from __future__ import annotations


class Budget:
    """Counts events over one span at a time; ``spend`` tells whether one more is allowed."""

    __slots__ = ("_left", "_most", "_span", "_until")

    def __init__(self, most: int, span: float = 1.0) -> None:
        """Allow ``most`` events in ``span`` seconds."""
        self._most = most
        self._span = span
        self._left = most
        self._until = 0.0

    def spend(self, now: float, count: int = 1) -> bool:
        """Take ``count`` from what is left at ``now`` (seconds of a steady clock)."""
        if now >= self._until:
            self._until = now + self._span
            self._left = self._most
        if count > self._left:
            return False
        self._left -= count
        return True
