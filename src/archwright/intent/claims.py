"""What was understood: claims with their evidence, and the answer made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archwright.blueprint.model import Blueprint
from archwright.diagnostics import Diagnostic

Status = Literal["stated", "implied", "assumed", "suggested", "excluded", "conflict"]
Subject = Literal[
    "archetype",
    "feature",
    "unavailable",
    "unknown",
    "name",
    "audience",
    "theme.background",
    "theme.primary",
    "theme.mode",
]
STATED = 0.75
ASSUMED = 0.45


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the request as given: ``request[start:end]``."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing understood: of what kind, which value, how surely, from which words and rule."""

    what: Subject
    value: str
    status: Status
    confidence: float
    evidence: tuple[Span, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """All claims, and the Blueprint if the request was understood well enough."""

    request: str
    claims: tuple[Claim, ...]
    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...]

    def values(self, what: Subject, *statuses: Status) -> tuple[str, ...]:
        """Return what is claimed of a kind, in order, each once."""
        found = (c.value for c in self.claims if c.what == what and c.status in statuses)
        return tuple(dict.fromkeys(found))


def status_of(confidence: float) -> Status:
    """Return the status that follows from how sure a claim is."""
    if confidence >= STATED:
        return "stated"
    return "assumed" if confidence >= ASSUMED else "suggested"
