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
        ("without messages, sounds, reposts", ["messages, sounds, reposts"]),
        ("without messages, sounds, it has likes", ["messages"]),
        ("without messages/sounds", ["messages/sounds"]),
        ("without messages & sounds", ["messages & sounds"]),
        ("w/out sounds", ["sounds"]),
        ("exclude: messages, sounds, reposts", ["messages, sounds, reposts"]),
        ("Please omit messages and sounds", ["messages and sounds"]),
        ("users can remove comments and hide videos", []),
        ("moderators remove videos, members like", []),
        ("don't let people message each other", ["people message each other"]),
        ("I do not like comments", ["comments"]),
        ("zero messages", ["messages"]),
        ("leave messages out", ["messages"]),
        ("please turn the comments off", ["the comments"]),
        ("turn off comments", ["comments"]),
        ("users can turn comments off", []),
        ("comments off", ["comments"]),
        ("likes yes, comments no", ["comments"]),
        ("Comments: no. Messages: none.", ["Comments:", "Messages:"]),
        ("a long clause of many words that says no", []),
        ("ad-free, message-free", ["ad", "message"]),
        ("free of ads and messages", ["ads and messages"]),
        ("a free app", []),
        ("Leave out:\n- messages\n- sounds\n\nColours: red", ["messages", "sounds"]),
        ("Out of scope:\n* live\n* gifts\n\nMore words.", ["live", "gifts"]),
        ("Users can remove:\n- comments", []),
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


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("Blocked users cannot comment, users can't like", ["cannot comment"]),
        ("It should not have hashtags or mentions", []),
        ("only followers can comment", ["only followers can comment"]),
        ("messages only between friends", ["only between friends"]),
        ("only likes and comments", []),
    ],
)
def test_rules_are_no_exclusions(request_text: str, expected: list[str]) -> None:
    text, _ = read(request_text)
    assert text is not None
    assert [text.quote(text.span(r.cue, r.end)) for r in rules(text)] == expected
