"""Letters that would have been sent, kept in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_KEPT = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """One message; ``facts`` holds what a test needs from it (link, one-time code)."""

    to: str
    subject: str
    text: str
    sent_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)

    def public(self) -> dict[str, object]:
        """Return the message as JSON data."""
        return {
            "to": self.to,
            "subject": self.subject,
            "text": self.text,
            "sent_at": self.sent_at.isoformat(),
            **self.facts,
        }


class Mailbox:
    """Keeps the last messages in memory."""

    def __init__(self) -> None:
        """Start empty."""
        self._letters: deque[Letter] = deque(maxlen=_KEPT)

    def send(self, letter: Letter) -> None:
        """Take a message in."""
        self._letters.append(letter)

    def clear(self) -> None:
        """Throw all messages away."""
        self._letters.clear()

    def letters(self, to: str | None = None) -> list[Letter]:
        """Return the messages to an address or a telephone number, or all, oldest first."""
        if to is None:
            return list(self._letters)
        # numbers are kept without their plus, which a query turns into a space
        wanted = (to, to.strip().removeprefix("+"))
        return [letter for letter in self._letters if letter.to in wanted]
