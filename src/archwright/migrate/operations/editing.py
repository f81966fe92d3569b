"""Pure edits of a ``Schema`` value that several operations share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archwright.schema.model import Column, Grant, Ref, Schema, Table


def find_table(schema: Schema, ref: Ref) -> Table:
    """Return a table that is there."""
    return next(t for t in schema.tables if t.ref == ref)


def find_column(table: Table, name: str) -> Column:
    """Return a column that is there."""
    return next(c for c in table.columns if c.name == name)


def edit_table(schema: Schema, ref: Ref, change: Callable[[Table], Table]) -> Schema:
    """Return the schema with one table changed."""
    return replace(schema, tables=tuple(change(t) if t.ref == ref else t for t in schema.tables))


def edit_column(
    schema: Schema, ref: Ref, column: str, change: Callable[[Column], Column]
) -> Schema:
    """Return the schema with one column changed."""

    def edit(table: Table) -> Table:
        return replace(
            table, columns=tuple(change(c) if c.name == column else c for c in table.columns)
        )

    return edit_table(schema, ref, edit)


def without_column_grants(
    grants: tuple[Grant, ...], ref: Ref, columns: frozenset[str]
) -> tuple[Grant, ...]:
    """Return what is left of the grants once columns are dropped from a table.

    A grant on nothing but dropped columns goes: an empty list would mean the whole table.
    """
    kept: list[Grant] = []
    for grant in grants:
        if grant.table != ref or not columns.intersection(grant.columns):
            kept.append(grant)
        elif rest := tuple(c for c in grant.columns if c not in columns):
            kept.append(replace(grant, columns=rest))
    return tuple(kept)
