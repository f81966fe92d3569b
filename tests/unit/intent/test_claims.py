"""Claims and spans."""

from __future__ import annotations

from archwright.intent.claims import Claim, Span, Understanding, status_of


def test_status_follows_from_confidence() -> None:
    assert [status_of(c) for c in (0.75, 0.74, 0.45, 0.44)] == [
        "stated",
        "assumed",
        "assumed",
        "suggested",
    ]


def test_spans_touch() -> None:
    assert Span(0, 2).touches(Span(1, 3))
    assert not Span(0, 2).touches(Span(2, 3))


def test_values_are_given_once_and_in_order() -> None:
    claims = tuple(Claim("feature", v, "stated", 0.9) for v in ("b", "a", "b"))
    found = Understanding("", (*claims, Claim("name", "x", "stated", 0.9)), None, ())
    assert found.values("feature", "stated") == ("b", "a")
    assert found.values("feature", "excluded") == ()
