"""Which tokens name an account of our own."""

from __future__ import annotations

import pytest

from archwright.stack.identity import Identity
from archwright.stack.realtime.standing import account
from archwright.stack.realtime.tokens import Badge

ANN = "00000000-0000-0000-0000-00000000000A"


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        ({"sub": ANN, "session_id": "x"}, ANN.lower()),
        ({"sub": ANN}, None),
        ({"session_id": "x"}, None),
        ({"sub": "auth0|7", "session_id": "x"}, None),
    ],
)
def test_account(claims: dict[str, str], named: str | None) -> None:
    assert account(Badge(Identity("authenticated", claims), None)) == named
