"""Whatever is sent: bodies are read or refused, links never lead away."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.auth.asked import read_body
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.links import back_address, with_fault, with_fragment, with_query
from archwright.stack.auth.phones import check_number
from archwright.stack.settings import AuthSettings, Settings

SETTINGS = Settings("db", "db", auth=AuthSettings(redirects=("https://*.app.test/**",)))
WORDS = "http https javascript : // / \\ @ localhost 127.0.0.1 evil.test . app.test ? # :80 [::1]"
PIECES = st.sampled_from([*WORDS.split(), "a", " ", "\t"])


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_an_object_or_a_refusal(raw: bytes) -> None:
    try:
        data = read_body(raw)
    except AuthFault as fault:
        answered = (fault.status, fault.code)
    else:
        answered = (200, json.dumps(data, allow_nan=False)[:1])
    assert answered in ((400, "bad_json"), (200, "{"))


@given(st.lists(PIECES, max_size=8).map("".join))
def test_any_wish_leads_to_a_known_host(wish: str) -> None:
    place = back_address(SETTINGS, [wish])
    host = urlsplit(place).hostname or ""
    assert host in ("127.0.0.1", "localhost", "::1") or host.endswith(".app.test"), place
    assert "\\" not in place
    fault = AuthFault(403, "otp_expired", "x")
    for made in (
        with_query(place, {"code": "1"}),
        with_fragment(place, {"a": "1"}),
        with_fault(place, fault, query=True),
    ):
        assert urlsplit(made).hostname == urlsplit(place).hostname


@given(st.text(alphabet="+0123456789 -x\u0664\n", max_size=20))
def test_any_number_is_digits_or_a_refusal(text: str) -> None:
    try:
        number = check_number(text)
    except AuthFault:
        return
    assert re.fullmatch("[1-9][0-9]{1,14}", number, re.ASCII)
    assert check_number(f"+{number}") == number
