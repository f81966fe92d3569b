"""Bodies of requests: read, or refused in the service's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archwright.stack.auth.asked import Asked, read_body
from archwright.stack.auth.faults import AuthFault


def asked(**data: Any) -> Asked:
    return Asked("POST", data, {}, {}, "http://here", "http://there", "127.0.0.1", "")


def test_an_object_is_read_as_it_is() -> None:
    data = {"a": [1, None, {"b": "ü", "c": 1.5}], "d": True}
    assert read_body(json.dumps(data).encode()) == data


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"a": NaN}',
        b'{"a": [-Infinity]}',
        b'{"a": 1e999}',
        b'{"a\\u0000": 1}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\udc00"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_object_or_cannot_be_kept_is_refused(raw: bytes) -> None:
    with pytest.raises(AuthFault) as caught:
        read_body(raw)
    assert (caught.value.status, caught.value.code) == (400, "bad_json")


def test_a_long_body_is_refused_unread() -> None:
    with pytest.raises(AuthFault) as caught:
        read_body(b'{"a": "' + b"x" * 2**20 + b'"}')
    assert caught.value.status == 413


def test_fields_have_their_kinds() -> None:
    got = asked(a="x", b=True, c={"d": 1}, email="  Ann@Example.com ", n=None)
    assert (got.text("a"), got.text("n"), got.text("none")) == ("x", "", "")
    assert (got.flag("b"), got.flag("n"), got.flag("none", default=True)) == (True, False, True)
    assert (got.mapping("c"), got.mapping("n")) == ({"d": 1}, None)
    assert got.email() == "ann@example.com"
    for read in (lambda: got.text("b"), lambda: got.flag("a"), lambda: got.mapping("a")):
        with pytest.raises(AuthFault, match="must be of type"):
            read()
