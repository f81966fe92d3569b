"""What stands under a negation."""

from __future__ import annotations

import pytest

from archwright.intent.exclusions import exclusions, rules
from archwright.intent.text import read


def _under(request: str) -> list[str]:
    text, _ = read(request)
    assert text is not None
    return [text.quote(text.span(scope.start, scope.end)) for scope in exclusions(text)]


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("an app without messages", ["messages"]),
        ("without messages, sounds and reposts", ["messages, sounds and reposts"]),
        ("without messages, sounds, reposts", ["messages"]),
        ("without messages but with sounds", ["messages"]),
        ("without messages and comments should be threaded", ["messages"]),
        ("without messages, and it has likes", ["messages"]),
        ("no messages, sounds or reposts", ["messages, sounds or reposts"]),
        ("no messages and sounds", ["messages"]),
        ("no messages, likes and sounds", ["messages"]),
        ("no live, no gifts", ["live", "gifts"]),
        ("but not with sounds", ["with sounds"]),
        ("do not include the sounds", ["the sounds"]),
        ("messages are not needed", ["messages are"]),
        ("comments, messages not required", ["messages"]),
        ("not only likes", []),
        ("no matter what", []),
        ("no longer videos", []),
        ("users cannot comment", ["comment"]),
        ("users can't message each other, but like", ["message each other"]),
        ("an app where you can't comment", ["comment"]),
        ("blocked users cannot comment", []),
        ("w/o sounds", ["sounds"]),
        ("except.", []),
        ("without", []),
        ("no messages should be sent", ["messages"]),
    ],
)
def test_scopes(request_text: str, expected: list[str]) -> None:
    assert _under(request_text) == expected


def test_rules_are_no_exclusions() -> None:
    text, _ = read("Blocked users cannot comment, users can't like")
    assert text is not None
    assert [text.quote(text.span(r.cue, r.end)) for r in rules(text)] == ["cannot comment"]
