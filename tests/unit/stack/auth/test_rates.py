"""Counters of requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.rates import Meters
from archwright.stack.clock import Clock
from archwright.stack.settings import Rates


def test_each_address_has_its_own_count_in_each_window() -> None:
    clock = Clock()
    meters = Meters(Rates(sign_ins=2), clock)
    for who in ("a", "a", "b"):
        meters.count("sign_ins", who)
    with pytest.raises(AuthFault) as caught:
        meters.count("sign_ins", "a")
    assert (caught.value.status, caught.value.code) == (429, "over_request_rate_limit")
    meters.count("sign_ins", "b")
    clock.turn(timedelta(seconds=300))
    meters.count("sign_ins", "a")


def test_without_a_limit_nothing_is_counted() -> None:
    meters = Meters(Rates(refreshes=None), Clock())
    for _ in range(1000):
        meters.count("refreshes", "a")
    assert meters._seen == {}


def test_letters_have_their_own_words_and_memory_is_bounded() -> None:
    meters = Meters(Rates(letters=0, sign_ins=5), Clock())
    with pytest.raises(AuthFault) as caught:
        meters.count("letters", "all")
    assert caught.value.code == "over_email_send_rate_limit"
    for n in range(10_050):
        meters.count("sign_ins", str(n))
    assert len(meters._seen) <= 10_000


def test_the_platforms_own_limits() -> None:
    assert Rates.hosted().sign_ins == 30


def test_text_messages_have_their_own_words() -> None:
    with pytest.raises(AuthFault) as caught:
        Meters(Rates(texts=0), Clock()).count("texts", "all")
    assert caught.value.code == "over_sms_send_rate_limit"
