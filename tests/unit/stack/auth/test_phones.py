"""Telephone numbers as they are kept."""

from __future__ import annotations

import pytest

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.phones import check_number


@pytest.mark.parametrize("text", ["+49 170 1234567", "491701234567", "49 1701234567"])
def test_a_number_is_kept_without_plus_and_spaces(text: str) -> None:
    assert check_number(text) == "491701234567"


@pytest.mark.parametrize(
    "text", ["", "+", "0170", "1", "++49170", "49170x", "49-170", "1" * 16, "\u0664\u0664", "49\n"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(AuthFault) as caught:
        check_number(text)
    assert (caught.value.status, caught.value.code) == (400, "validation_failed")
