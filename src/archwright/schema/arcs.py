"""Exclusive arcs: of some columns of a row exactly one is set, and a check says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archwright.catalog.naming import bounded
from archwright.schema.model import Check, Table
from archwright.schema.sql_text import names

_ARC = re.compile(r"num_nonnulls\(([a-z0-9_\", ]+)\) = 1")


def arc_check(table: str, arc: str, columns: Sequence[str]) -> Check:
    """Return the check of an arc, named after the table and what the arc is of."""
    name = bounded(f"{table}_{arc}_one_of")
    return Check(name, f"num_nonnulls({names(columns)}) = 1")


def arcs(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each arc of a table, whoever wrote the check."""
    found = (_ARC.fullmatch(check.expression.strip()) for check in table.checks)
    listed = (match[1].split(",") for match in found if match)
    return tuple(tuple(column.strip().strip('"') for column in columns) for columns in listed)


def arc_columns(table: Table) -> frozenset[str]:
    """Return the columns of a table that are in some arc: often null, and never by accident."""
    return frozenset(column for arc in arcs(table) for column in arc)
