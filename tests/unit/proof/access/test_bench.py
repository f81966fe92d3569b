"""The fixture rows in a database: what is read of them."""

from __future__ import annotations

from typing import Any

from archwright.blueprint.access_scope import Scope, TableAccess
from archwright.proof.access.bench import _defaults
from archwright.proof.access.layout import Layout
from archwright.schema.model import Column, Ref, Schema, Table


class Answering:
    """A connection that answers each expression with its place in the query."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def execute(self, query: str) -> Answering:
        self.sizes.append(query.count("::"))
        return self

    def fetchone(self) -> tuple[int, ...]:
        return tuple(range(self.sizes[-1]))


def test_defaults_of_hundreds_of_tables_are_asked_in_answers_that_postgresql_gives() -> None:
    columns = tuple(Column(f"c{n}", "integer", default="0") for n in range(10))
    names = [f"t{n:03}" for n in range(250)]
    tables = tuple(Table(Ref("public", name), columns, ("c0",)) for name in names)
    scope = Scope({name: TableAccess(name, {}) for name in names})
    connection: Any = Answering()
    found = _defaults(connection, Layout(Schema(tables=tables), scope, {}))
    assert len(found) == 2500
    assert connection.sizes == [1000, 1000, 500]
    assert (found["t000", "c1"], found["t100", "c1"]) == (1, 1)
    assert _defaults(connection, Layout(Schema(), Scope({}), {})) == {}
