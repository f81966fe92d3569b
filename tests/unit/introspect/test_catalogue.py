"""A catalogue that is told row by row, where a live one would take a server."""

from __future__ import annotations

from typing import Any

from archwright.introspect import queries
from archwright.introspect.catalogue import introspect, server_version
from archwright.schema.model import Argument, Grant, Ref

FILM = ("public", "film")
KEY: tuple[Any, ...] = (
    *FILM,
    "film_pkey",
    "p",
    ["id"],
    None,
    None,
    [],
    " ",
    " ",
    " ",
    False,
    False,
)
UP: tuple[Any, ...] = (
    *FILM,
    "film_up",
    "f",
    ["up"],
    "public",
    "film",
    ["id"],
    "n",
    "c",
    "f",
    True,
    False,
)
SPAN: tuple[Any, ...] = (
    *FILM,
    "film_span",
    "x",
    ["span"],
    None,
    None,
    [],
    " ",
    " ",
    " ",
    True,
    True,
)
OK = (*FILM, "film_ok", "c", ["up"], *KEY[5:])
F = ("public", "f", "f", "CREATE f \n", ["integer", "text", "date"], ["a", "b", "c"])
ROWS: dict[str, list[tuple[Any, ...]]] = {
    queries.TABLES: [(*FILM, "Seen", True, False, True, "u", True, "LIST (id)")],
    queries.COLUMNS: [
        (*FILM, "id", "integer", True, None, "", "a", None, "", False, False, None),
        (*FILM, "up", "integer", False, "nextval('s')", "", "", None, "", True, True, "integer"),
        (*FILM, "twice", "integer", False, "(id * 2)", "s", "", None, "", False, False, None),
    ],
    queries.KEYS: [(7, ["span"])],
    queries.CONSTRAINTS: [
        (*KEY, True, False, None, "btree", None, None, False, True, 6, []),
        (*UP, False, False, None, None, None, None, False, False, 0, ["up"]),
        (*SPAN, True, False, None, "gist", "(up > 0)", ["&&"], False, False, 7, []),
        (*FILM, "film_one", "u", ["up"], *KEY[5:], True, False, *(None,) * 4, True, False, 8, []),
        (*OK, True, True, "(up > 0)", *(None,) * 3, False, False, 0, []),
    ],
    queries.INDEXES: [
        (*FILM, "film_pkey", ["id"], "btree", True, None, True, False, False, False, True, 6),
        (*FILM, "film_x", ["up"], "btree", False, "(up > 1)", False, True, True, True, False, 9),
    ],
    queries.ENUMS: [("public", "mood", ["good"]), ("sales", "size", ["s", "m"])],
    queries.FUNCTIONS: [
        ("public", "sum2", "a", None, ["integer"], None, None, 0, "integer", False, "", []),
        (*F, ["i", "i", "t"], 1, "record", True, "", ["anon"]),
    ],
    queries.TRIGGERS: [(*FILM, "t", "CREATE TRIGGER t", "D")],
    queries.POLICIES: [(*FILM, "p", "*", False, ["anon"], "true", None)],
    queries.GRANTS: [
        (*FILM, "anon", "select", None, True),
        (*FILM, "anon", "update", "up", False),
        (*FILM, "anon", "update", "id", False),
    ],
    queries.EXTENSIONS: [("citext",)],
    queries.BUCKETS: [("b", True, None, ["image/png"])],
    queries.COMMENTS: [("comment on type public.mood", "it's")],
    queries.ELSEWHERE: [("view", "public.v", "has no counterpart")],
}


class Told:
    """A connection that knows its answers."""

    def __init__(self, storage: bool) -> None:
        self.storage = storage
        self.rows: list[tuple[Any, ...]] = []

    def execute(self, query: Any, params: Any = None, /) -> Told:
        if "to_regclass" in query:
            self.rows = [(self.storage,)]
        elif "server_version_num" in query:
            self.rows = [(170004,)]
        else:
            self.rows = ROWS.get(query, [])
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows

    def fetchone(self) -> tuple[Any, ...]:
        return self.rows[0]

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


def test_a_catalogue_becomes_a_schema() -> None:
    found = introspect(Told(storage=True))
    schema = found.schema
    (film,) = schema.tables
    assert film.primary_key == ("id",)
    assert film.foreign_keys[0].set_null == ("up",)
    assert film.uniques[0].nulls_equal
    assert film.exclusions[0].elements == (("span", "&&"),)
    assert film.checks[0].expression == "up > 0"
    twice = film.column("twice")
    assert twice is not None
    assert (twice.generated, twice.default) == ("id * 2", None)
    assert [i.name for i in schema.indexes] == ["film_x"]
    assert schema.grants == (
        Grant(Ref(*FILM), "anon", "select"),
        Grant(Ref(*FILM), "anon", "update", ("id", "up")),
    )
    (function,) = schema.functions
    assert function.arguments == (Argument("a", "integer"), Argument("b", "text", True))
    assert function.returns_table == (Argument("c", "date"),)
    assert schema.comments == ("comment on type public.mood is 'it''s'",)
    assert schema.buckets[0].limit == 0
    assert found.numbered == {(Ref(*FILM), "id"), (Ref(*FILM), "up")}


def test_what_has_no_place_is_said() -> None:
    found = introspect(Told(storage=False))
    assert not found.schema.buckets
    said = {(r.kind, r.name) for r in found.remarks}
    assert said == {
        ("aggregate", "public.sum2(integer)"),
        ("column", "public.film.id"),
        ("column", "public.film.up"),
        ("constraint", "public.film.film_ok"),
        ("constraint", "public.film.film_pkey"),
        ("constraint", "public.film.film_span"),
        ("constraint", "public.film.film_up"),
        ("grant", "public.film"),
        ("index", "public.film_x"),
        ("policy", "public.film.p"),
        ("table", "public.film"),
        ("trigger", "public.film.t"),
        ("type", "sales.size"),
        ("view", "public.v"),
    }
    assert server_version(Told(storage=False)) == 170004
