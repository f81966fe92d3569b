"""What makes numbers without gaps impossible: rows that go or move, series that are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archwright.blueprint.access_ast import Nobody
from archwright.blueprint.access_scope import Scope
from archwright.catalog.manifest import NumberSpec
from archwright.schema.model import Table
from archwright.schema.numbers import named_columns, told_by

_NUMBERS = frozenset({"integer", "bigint"})
# Of these the same value has several texts, or another one in another session.
_VAGUE = frozenset(
    {"timestamp with time zone", "extensions.citext", "double precision", "interval", "jsonb"}
)


def number_problem(
    spec: NumberSpec, tables: Mapping[str, Table], scope: Scope
) -> tuple[str, str] | None:
    """Return (field of the statement, what is wrong with it); None where numbers can be kept."""
    name, _, column = spec.column.partition(".")
    if name not in tables:
        return "column", f"there is no table {name}"
    table = tables[name]
    found = (*_column(spec, table, column), *_within(spec, table), *_rows(spec, table, scope))
    return next(iter(found), None)


def _column(spec: NumberSpec, table: Table, column: str) -> Iterator[tuple[str, str]]:
    found = table.column(column)
    if found is None:
        yield "column", f"there is no column {spec.column}"
    elif found.type not in _NUMBERS or not found.not_null or found.generated is not None:
        yield "column", f"{spec.column} must be an int or bigint that is never null"
    elif any(column in key.columns for key in table.foreign_keys):
        yield "column", f"{spec.column} points at another row"


def _within(spec: NumberSpec, table: Table) -> Iterator[tuple[str, str]]:
    for text in spec.within:
        found = table.column(text)
        if found is not None:
            if not found.not_null:
                yield "within", f"{table.ref.name}.{text} may be null: the series is not known then"
            elif found.type in _VAGUE:
                yield "within", f"a series cannot be told by {table.ref.name}.{text} ({found.type})"
        for name in sorted(named_columns(text)):
            if table.column(name) is None:
                yield "within", f"there is no column {table.ref.name}.{name}"


def _rows(spec: NumberSpec, table: Table, scope: Scope) -> Iterator[tuple[str, str]]:
    here, access = table.ref.name, scope.tables[table.ref.name]
    column = spec.column.partition(".")[2]
    for key in table.foreign_keys:
        if key.on_delete == "cascade":
            shown = f"{here}({', '.join(key.columns)})"
            yield "column", f"{shown} cascades: a numbered row would go, and leave a gap"
    if not isinstance(access.delete, Nobody):
        yield "column", f"the rules of {here} let clients delete, which would leave gaps"
    if access.insertable is None or column in access.insertable:
        yield "column", f"the rules of {here} let clients write {column}"
    for name in told_by(spec, table):
        if access.updatable is None or name in access.updatable:
            yield "column", f"the rules of {here} let clients change {name} of a numbered row"
