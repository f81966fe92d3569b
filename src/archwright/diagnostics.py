"""The one type for every mistake a user can make or meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic stops."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a diagnostic points.

    ``source`` is a file or document name ("blueprint.yaml", "packs/likes/pack.toml", "request");
    ``path`` a key path into a structured document; ``line`` and ``column`` count from 1, and 0
    is unknown.
    """

    source: str = ""
    path: tuple[str, ...] = ()
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Render as ``source:line:column (a.b.c)``, leaving out what is unknown."""
        text = self.source
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.path:
            key = ".".join(self.path)
            text = f"{text} ({key})" if text else key
        return text


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: a code that ``archwright explain`` knows, a place, what is wrong, what to do."""

    code: str
    message: str
    place: Place = field(default_factory=Place)
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Render on one or two lines, without colour."""
        where = str(self.place)
        head = f"{self.severity} {self.code}: " + (f"{where}: " if where else "") + self.message
        return f"{head}\n  hint: {self.hint}" if self.hint else head

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON data."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "place": {
                "source": self.place.source,
                "path": list(self.place.path),
                "line": self.place.line,
                "column": self.place.column,
            },
            "hint": self.hint,
        }


def has_errors(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> bool:
    """Tell whether any of the diagnostics stops the work."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


class DiagnosticError(Exception):
    """Carries diagnostics across a port, where an adapter cannot return them as values."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Keep the diagnostics; the message is their text."""
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics
