"""The one clock of a stack, which specs can turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time of day, in UTC, ahead of the machine's by what it was turned."""

    def __init__(self) -> None:
        """Start with the machine's time."""
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def seconds(self) -> int:
        """Return whole seconds since 1970, as tokens carry them."""
        return int(self.now().timestamp())

    def turn(self, ahead: timedelta) -> None:
        """Move on (or back) by a time span."""
        self._ahead += ahead
