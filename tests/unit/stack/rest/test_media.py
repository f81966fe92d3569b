"""Which media type an answer gets."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.media import Plan, accepts_openapi, choose_media


@pytest.mark.parametrize(
    ("accept", "kind", "content"),
    [
        ("", "array", "application/json; charset=utf-8"),
        ("*/*", "array", "application/json; charset=utf-8"),
        ("Application/JSON; charset=utf-8", "array", "application/json; charset=utf-8"),
        ("image/png, text/csv", "csv", "text/csv; charset=utf-8"),
        ("application/vnd.pgrst.array", "array", "application/json; charset=utf-8"),
        ("application/vnd.pgrst.object", "object", "application/vnd.pgrst.object+json; charset=utf-8"),
    ],
)  # fmt: skip
def test_media_types(accept: str, kind: str, content: str) -> None:
    media = choose_media(accept, plan=False)
    assert (media.kind, media.content_type, media.plan) == (kind, content, None)


@pytest.mark.parametrize(
    ("accept", "plan"),
    [
        ("application/geo+json", True),
        ("application/vnd.pgrst.plan+text", False),
        ("application/vnd.pgrst.plan+xml", True),
        ('application/vnd.pgrst.plan; for="image/png"', True),
        ("application/vnd.pgrst.object+xml", True),
    ],
)
def test_refused_media_types(accept: str, plan: bool) -> None:
    with pytest.raises(RestError) as caught:
        choose_media(accept, plan=plan)
    assert (caught.value.status, caught.value.code) == (406, "PGRST107")


def test_plans() -> None:
    bare = choose_media("application/vnd.pgrst.plan", plan=True)
    assert bare.plan == Plan("text", (), "application/json")
    accept = 'application/vnd.pgrst.plan+json; for="application/vnd.pgrst.object+json;nulls=stripped"; options=wal|analyze|x'  # fmt: skip
    full = choose_media(accept, plan=True)
    assert full.plan == Plan("json", ("analyze", "wal"), "application/vnd.pgrst.object+json;nulls=stripped")  # fmt: skip
    assert (full.kind, full.strip) == ("object", True)


@pytest.mark.parametrize(
    ("accept", "served"),
    [("", True), ("application/openapi+json", True), ("text/csv", False), ("text/html, */*", True)],
)
def test_openapi(accept: str, served: bool) -> None:
    assert accepts_openapi(accept) is served
