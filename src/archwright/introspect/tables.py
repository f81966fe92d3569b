"""Tables and columns from the catalogue; keys and constraints come after."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from archwright.introspect import queries
from archwright.introspect.found import Remark
from archwright.ports import Connection
from archwright.schema.model import Column, Ref, Table

_IDENTITY = {"a": "always", "d": "by default"}
_BY_RANGE = re.compile(r"RANGE \((\w+)\)")
_QUERY = ("SELECT ", "WITH ", "VALUES ")
_PERSISTENCE = {"u": "unlogged", "t": "temporary"}


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables without keys and constraints, columns that number themselves, and remarks."""

    tables: tuple[Table, ...]
    numbered: frozenset[tuple[Ref, str]]
    remarks: tuple[Remark, ...]


def read(connection: Connection) -> Tables:
    """Return every table of the app's."""
    remarks: list[Remark] = []
    columns, numbered = _columns(connection, remarks)
    found: list[Table] = []
    for schema, name, comment, *facts in connection.execute(queries.TABLES).fetchall():
        ref, by = Ref(schema, name), _BY_RANGE.fullmatch(facts[-1] or "")
        remarks += (Remark("table", str(ref), text) for text in _unsaid(*facts))
        column = by[1] if by else None
        found.append(Table(ref, tuple(columns[ref]), (), comment=comment, partition_by=column))
    return Tables(tuple(found), frozenset(numbered), tuple(remarks))


def _unsaid(
    partitioned: bool, secured: bool, forced: bool, persistence: str, inherits: bool, key: str
) -> list[str]:
    """Say what a table has that the schema value has no word for."""
    said = []
    if partitioned and not _BY_RANGE.fullmatch(key):
        said.append(f"is partitioned by {key}")
    if not secured:
        said.append("has no row-level security")
    if forced:
        said.append("forces row-level security on its owner")
    if persistence in _PERSISTENCE:
        said.append(f"is {_PERSISTENCE[persistence]}")
    if inherits:
        said.append("inherits from another table")
    return said


def _columns(
    connection: Connection, remarks: list[Remark]
) -> tuple[dict[Ref, list[Column]], set[tuple[Ref, str]]]:
    columns: dict[Ref, list[Column]] = defaultdict(list)
    numbered: set[tuple[Ref, str]] = set()
    for row in connection.execute(queries.COLUMNS).fetchall():
        schema, table, name, kind, not_null, value, generated, identity, enum, comment, *rest = row
        own_sequence, collated, base = rest
        ref = Ref(schema, table)
        at = f"{ref}.{name}"
        if identity:
            text = f"is numbered by identity ({_IDENTITY[identity]})"
            remarks.append(Remark("column", at, text))
        if identity or own_sequence:
            numbered.add((ref, name))
        if generated == "v":
            remarks.append(Remark("column", at, "is worked out when it is read"))
        if own_sequence and not identity:
            remarks.append(Remark("column", at, "is numbered by a sequence"))
        if collated:
            remarks.append(Remark("column", at, "has a collation of its own"))
        if base is not None:
            remarks.append(Remark("column", at, f"has the domain {kind}, read as {base}"))
        computed = bool(generated)
        columns[ref].append(
            Column(
                name=name,
                type=base or kind,
                not_null=not_null,
                default=None if computed else value,
                generated=bare(value) if computed else None,
                enum=enum,
                comment=comment,
            )
        )
    return columns, numbered


def bare(expression: str | None) -> str | None:
    """Return an expression without the parentheses that PostgreSQL prints around the whole.

    A query keeps them, or it would be none inside of an expression.
    """
    if expression is None or not (expression.startswith("(") and expression.endswith(")")):
        return expression
    depth, quoted = 0, ""
    for place, letter in enumerate(expression):
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "'\"":
            quoted = letter
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0 and place < len(expression) - 1:
                return expression
    inner = expression[1:-1]
    return expression if inner.lstrip().startswith(_QUERY) else inner
