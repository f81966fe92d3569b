"""What the words of a request say, as claims, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.intent.claims import Claim, Span, Status, Subject, status_of
from archwright.intent.evidence import Evidence
from archwright.intent.features import Mention
from archwright.intent.text import Text

_SURE = 0.9


def statements(text: Text, evidence: Evidence) -> tuple[Claim, ...]:
    """Return one claim for each thing that the text says, with the words that say it."""
    return (
        *_kinds(text, evidence),
        *_features(text, evidence),
        *_others(text, evidence),
        *_theme(evidence),
    )


def _kinds(text: Text, evidence: Evidence) -> Iterator[Claim]:
    for kind in evidence.kinds:
        spans = (text.span(kind.hit.start, kind.hit.end),)
        status = status_of(kind.confidence)
        if kind.archetype is None:
            yield Claim("unavailable", kind.title, status, kind.confidence, spans, "kinds")
        else:
            yield Claim("archetype", kind.archetype, status, kind.confidence, spans, "kinds")


def _features(text: Text, evidence: Evidence) -> Iterator[Claim]:
    groups: tuple[tuple[tuple[Mention, ...], Subject, bool], ...] = (
        (evidence.mentions.wanted, "feature", False),
        (evidence.mentions.unwanted, "feature", True),
        (evidence.mentions.unavailable, "unavailable", False),
        (evidence.mentions.unneeded, "unavailable", True),
    )
    for mentions, what, excluded in groups:
        for mention in mentions:
            spans = tuple(text.span(hit.start, hit.end) for hit in mention.hits)
            status: Status = "excluded" if excluded else status_of(mention.confidence)
            yield Claim(what, mention.name, status, mention.confidence, spans, "phrases")


def _others(text: Text, evidence: Evidence) -> Iterator[Claim]:
    if evidence.name is not None:
        span = evidence.name.span
        yield Claim("name", text.quote(span), "stated", _SURE, (span,), "naming")
    if evidence.audience is not None:
        whom = evidence.audience
        yield Claim("audience", whom.value, "stated", _SURE, (whom.span,), "naming")
    for span in evidence.unknown:
        yield Claim("unknown", text.quote(span), "suggested", 0.0, (span,), "leftovers")


def _theme(evidence: Evidence) -> Iterator[Claim]:
    wish = evidence.theme

    def spans(role: str) -> tuple[Span, ...]:
        return (wish.spans[role],)

    if wish.background is not None:
        where = spans("background")
        yield Claim("theme.background", wish.background, "stated", _SURE, where, "theme")
    if wish.primary is not None:
        yield Claim("theme.primary", wish.primary, "stated", _SURE, spans("primary"), "theme")
    if wish.mode is not None:
        yield Claim("theme.mode", wish.mode, "stated", _SURE, spans("mode"), "theme")
