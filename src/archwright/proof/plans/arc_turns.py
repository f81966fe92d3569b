"""Exclusive arcs in populations: the columns of an arc are set in turn, one in each row."""

from __future__ import annotations

from dataclasses import replace

from archwright.schema.arcs import arc_columns, arcs
from archwright.schema.model import Column, Table

_RUN = 11
"""Rows with the same column set: odd, and no cycle of what else differs from row to row."""


def set_in_turn(table: Table, column: Column) -> Column:
    """Return a column of an arc as one that is never null: its turn says when it is."""
    return replace(column, not_null=True) if column.name in arc_columns(table) else column


def in_turn(table: Table, column: str, text: str) -> str:
    """Return SQL for a column's value, null where it is not its turn in an arc."""
    for arc in arcs(table):
        if column in arc:
            turn = f"(i / {_RUN}) % {len(arc)} = {arc.index(column)}"
            return f"case when {turn} then {text} end"
    return text
