"""Pages and schemas that a request asks for."""

from __future__ import annotations

import pytest

from archwright.stack.identity import Identity
from archwright.stack.rest.ask import Ask, negotiate_schema, paged
from archwright.stack.rest.errors import RestError
from archwright.stack.rest.media import Media
from archwright.stack.rest.prefer import Preferences
from archwright.stack.rest.syntax import Level


def ask(span: str | None = None, method: str = "GET") -> Ask:
    headers = {} if span is None else {"range": span}
    media = Media("array", "")
    return Ask(method, "t", "", headers, {}, b"", Identity("anon", {}), "public", False, Preferences(), media)  # fmt: skip


@pytest.mark.parametrize(
    ("span", "level", "most", "limit", "offset"),
    [
        (None, Level(), None, None, 0),
        (None, Level(), 5, 5, 0),
        (None, Level(limit=9), 5, 5, 0),
        (None, Level(limit=3, offset=2), 5, 3, 2),
        ("0-4", Level(), None, 5, 0),
        ("items=2-4", Level(), None, 3, 2),
        ("3-", Level(), None, None, 3),
        ("3-", Level(limit=5), None, 2, 3),
        ("0-1", Level(limit=5, offset=1), None, 1, 1),
        ("8-9", Level(limit=5), None, 0, 8),
        ("bytes=0-4", Level(), None, None, 0),
        ("5", Level(), None, None, 0),
    ],
)
def test_pages(
    span: str | None, level: Level, most: int | None, limit: int | None, offset: int
) -> None:
    found = paged(level, ask(span), most)
    assert (found.limit, found.offset) == (limit, offset)


def test_ranges_are_for_reading() -> None:
    assert paged(Level(), ask("0-1", "POST"), None) == Level()
    with pytest.raises(RestError) as caught:
        paged(Level(), ask("4-1"), None)
    assert (caught.value.status, caught.value.code) == (416, "PGRST103")


def test_schemas() -> None:
    both = ("public", "api")
    assert negotiate_schema("GET", {}, ("public",)) == ("public", False)
    assert negotiate_schema("GET", {}, both) == ("public", True)
    assert negotiate_schema("HEAD", {"accept-profile": "api"}, both) == ("api", True)
    assert negotiate_schema("PATCH", {"accept-profile": "api"}, both) == ("public", True)
    assert negotiate_schema("POST", {"content-profile": "api"}, both) == ("api", True)
    with pytest.raises(RestError):
        negotiate_schema("GET", {"accept-profile": "auth"}, both)
