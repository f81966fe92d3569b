"""Codes of authenticator apps, by the examples of RFC 6238, and their picture."""

from __future__ import annotations

import base64

import pytest

from archwright.stack.auth import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    assert totp.code(SECRET, moment) == code


def test_a_code_holds_one_step_before_and_after() -> None:
    for moment, holds in ((29, True), (59, True), (89, True), (119, False), (1190, False)):
        assert totp.holds(SECRET, "287082", moment) is holds
    for odd in ("", "28708", "2870820", "２８７０８２"):
        assert not totp.holds(SECRET, odd, 59)


def test_the_picture_may_stand_in_a_data_address() -> None:
    drawn = totp.picture("otpauth://totp/x?secret=ABC")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "#" not in drawn
    assert drawn.count("M") > 100
