"""Letters that would have been sent."""

from __future__ import annotations

from datetime import UTC, datetime

from archwright.stack.mailbox import Letter, Mailbox

WHEN = datetime(2026, 1, 2, tzinfo=UTC)


def test_letters_by_address_oldest_first_and_not_without_end() -> None:
    box = Mailbox()
    for n in range(700):
        box.send(Letter(f"u{n % 2}", f"s{n}", "t", WHEN, {"code": str(n)}))
    assert len(box.letters()) == 500
    mine = box.letters("u1")
    assert (len(mine), mine[-1].subject) == (250, "s699")
    assert mine[-1].public() == {
        "to": "u1",
        "subject": "s699",
        "text": "t",
        "sent_at": "2026-01-02T00:00:00+00:00",
        "code": "699",
    }


def test_a_number_is_found_with_and_without_its_plus() -> None:
    box = Mailbox()
    box.send(Letter("491701234567", "s", "t", WHEN))
    # a plus in a query that was not escaped is a space
    for asked in ("491701234567", "+491701234567", " 491701234567"):
        assert len(box.letters(asked)) == 1
    assert box.letters("49170123456") == []
