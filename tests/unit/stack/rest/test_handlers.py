"""Which media types of the database's own a request may ask for."""

from __future__ import annotations

import pytest

from archwright.stack.rest.handlers import handlers_of
from archwright.stack.rest.media import choose_media
from archwright.stack.rest.model import Catalog, Function, Handler

OF_ALL = Handler("text/plain", ("public", "dots"), None, False)
OF_TABLE = Handler("text/csv", ("public", "lines"), ("public", "cats"), False)
OF_FUNCTION = Handler("image/png", None, None, True)
ANY = Handler("*/*", None, None, True)


def function(name: str, table: tuple[str, str] | None = None) -> Function:
    return Function(("public", name), (), "scalar", False, table)


CATALOG = Catalog(
    ("public",),
    {},
    {},
    {
        ("public", "picture"): (function("picture"),),
        ("public", "all_cats"): (function("all_cats", ("public", "cats")),),
    },
    {
        None: {"text/plain": OF_ALL},
        ("public", "cats"): {"text/csv": OF_TABLE},
        ("public", "picture"): {"image/png": OF_FUNCTION},
    },
)


@pytest.mark.parametrize(
    ("target", "query", "names"),
    [
        ("cats", "", {"text/plain", "text/csv"}),
        ("cats", "select=*&id=eq.1", {"text/plain", "text/csv"}),
        ("cats", "select=id", {"text/plain"}),
        ("cats", "select=", {"text/plain"}),
        ("dogs", "", {"text/plain"}),
        ("rpc/picture", "a=1", {"text/plain", "image/png"}),
        ("rpc/all_cats", "", {"text/plain", "text/csv"}),
        ("rpc/nope", "", {"text/plain"}),
    ],
)
def test_handlers_of(target: str, query: str, names: set[str]) -> None:
    assert set(handlers_of(CATALOG, "public", target, query)) == names


def test_most_databases_have_none() -> None:
    assert handlers_of(Catalog((), {}, {}, {}), "public", "cats", "") == {}


@pytest.mark.parametrize(
    ("accept", "handlers", "kind", "content_type"),
    [
        ("text/csv", {"text/csv": OF_TABLE}, "custom", "text/csv; charset=utf-8"),
        ("text/csv", {}, "csv", "text/csv; charset=utf-8"),
        ("IMAGE/png;q=0.5", {"image/png": OF_FUNCTION}, "custom", "image/png"),
        ("a/b", {"*/*": ANY}, "custom", "application/octet-stream"),
        ("*/*", {"*/*": ANY}, "custom", "application/octet-stream"),
        ("*/*", {"image/png": OF_FUNCTION}, "array", "application/json; charset=utf-8"),
        # what is the service's own is nobody else's
        (
            "application/vnd.pgrst.object",
            {"*/*": ANY},
            "object",
            "application/vnd.pgrst.object+json; charset=utf-8",
        ),
    ],
)
def test_choosing_among_them(
    accept: str, handlers: dict[str, Handler], kind: str, content_type: str
) -> None:
    media = choose_media(accept, plan=False, handlers=handlers)
    assert (media.kind, media.content_type) == (kind, content_type)
