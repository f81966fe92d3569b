"""Reads ``Prefer`` and writes ``Preference-Applied`` (RFC 7240)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from archwright.stack.rest.errors import RestError

_KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "resolution": ("merge-duplicates", "ignore-duplicates"),
        "missing": ("default", "null"),
        "return": ("representation", "minimal", "headers-only"),
        "count": ("exact", "planned", "estimated"),
        "tx": ("commit", "rollback"),
        "handling": ("strict", "lenient"),
        "timezone": (),
        "max-affected": (),
    }
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences that hold, by name, and those that nobody knows."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    invalid: tuple[str, ...] = ()

    def get(self, name: str) -> str | None:
        """Return a preference's value."""
        return self.chosen.get(name)

    @property
    def strict(self) -> bool:
        """Tell whether unknown preferences are refused and ``max-affected`` holds."""
        return self.get("handling") == "strict"

    @property
    def most_affected(self) -> int | None:
        """The greatest number of rows that may change, where it was asked for strictly."""
        most = self.get("max-affected")
        return int(most) if most is not None and self.strict else None

    def check(self) -> None:
        """Refuse unknown preferences with PGRST122 where the handling is strict."""
        if self.strict and self.invalid:
            message = "Invalid preferences given with handling=strict"
            details = f"Invalid preferences: {', '.join(self.invalid)}"
            raise RestError(400, "PGRST122", message, details)

    def applied(self, names: Collection[str]) -> dict[str, str]:
        """Return the header that tells which preferences among ``names`` were applied."""
        parts = [
            f"{name}={self.chosen[name]}"
            for name in _KNOWN
            if name in names and name in self.chosen and (name != "max-affected" or self.strict)
        ]
        return {"preference-applied": ", ".join(parts)} if parts else {}


def read_prefer(header: str, *, tx_override: bool) -> Preferences:
    """Parse the header; where a preference comes twice, the first one counts.

    ``tx`` holds only where the configuration lets requests end their transactions. The time
    zone is not checked yet: PostgreSQL knows the names.
    """
    chosen: dict[str, str] = {}
    invalid: list[str] = []
    for part in header.split(","):
        name, _, value = (piece.strip() for piece in part.strip().partition("="))
        if not name:
            continue
        if not _valid(name, value):
            invalid.append(part.strip())
        elif name != "tx" or tx_override:
            chosen.setdefault(name, value)
    return Preferences(MappingProxyType(chosen), tuple(invalid))


def _valid(name: str, value: str) -> bool:
    if name == "max-affected":
        return value.isascii() and value.isdigit() and len(value) < 19
    if name == "timezone":
        return bool(value)
    return value in _KNOWN.get(name, ())


def without_timezone(preferences: Preferences) -> Preferences:
    """Move a time zone that PostgreSQL does not know to the invalid ones."""
    zone = preferences.chosen.get("timezone")
    rest = {name: value for name, value in preferences.chosen.items() if name != "timezone"}
    return Preferences(MappingProxyType(rest), (*preferences.invalid, f"timezone={zone}"))
