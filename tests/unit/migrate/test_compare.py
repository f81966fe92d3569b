"""Differences of snapshots; tests/live/test_migrate.py takes real ones."""

from __future__ import annotations

from archwright.migrate.compare import Difference, compare, differences


class Catalogue:
    """A connection whose every query finds one object."""

    def __init__(self, text: str | None) -> None:
        self.text = text
        self.rows: list[tuple[str, str | None]] = []

    def execute(self, query: object, params: object = None, /) -> Catalogue:
        self.rows = [("public.x", self.text)]
        return self

    def fetchall(self) -> list[tuple[str, str | None]]:
        return self.rows

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


def test_equal_catalogues_have_no_differences() -> None:
    assert compare(Catalogue("a"), Catalogue("a")) == []
    assert compare(Catalogue(None), Catalogue("")) == []


def test_each_kind_is_compared() -> None:
    kinds = [d.kind for d in compare(Catalogue("a"), Catalogue("b"))]
    assert kinds == sorted(kinds)
    assert {"table", "column", "index", "function", "trigger", "policy", "bucket"} <= set(kinds)


def test_differences_say_which_side() -> None:
    first = {("table", "a"): "x", ("table", "b"): "y", ("index", "i"): "same"}
    second = {("table", "a"): "z", ("type", "c"): "w", ("index", "i"): "same"}
    found = differences(first, second)
    assert found == [
        Difference("table", "a", "x", "z"),
        Difference("table", "b", "y", None),
        Difference("type", "c", None, "w"),
    ]
    assert [str(d) for d in found] == [
        "table a:\n  first:  x\n  second: z",
        "table b: only in the first: y",
        "type c: only in the second: w",
    ]
