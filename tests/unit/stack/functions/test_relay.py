"""Which codes a WebSocket may be closed with."""

from __future__ import annotations

import pytest

from archwright.stack.functions.relay import _code


@pytest.mark.parametrize(
    ("came", "sent"),
    [
        (1000, 1000),
        (1001, 1001),
        (1011, 1011),
        (4001, 4001),
        (1005, 1000),
        (1006, 1000),
        (1015, 1000),
        (5000, 1000),
        (None, 1000),
    ],
)
def test_codes_that_stand_for_none_are_not_sent(came: int | None, sent: int) -> None:
    assert _code(came) == sent
