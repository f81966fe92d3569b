"""Keys, constraints and indexes from the catalogue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from archwright.introspect import queries
from archwright.introspect.found import Remark
from archwright.introspect.tables import bare
from archwright.ports import Connection
from archwright.schema.model import Check, Exclusion, ForeignKey, Index, Ref, Table, Unique

_DELETE = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}


@dataclass(frozen=True, slots=True)
class Keyed:
    """Tables with their keys and constraints, and remarks."""

    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A constraint as the catalogue has it, in the order of the query's columns."""

    schema: str
    table: str
    name: str
    kind: str
    columns: list[str]
    to_schema: str | None
    to_table: str | None
    to: list[str]
    on_delete: str
    on_update: str
    match: str
    deferrable: bool
    deferred: bool
    validated: bool
    no_inherit: bool
    expression: str | None
    using: str | None
    where: str | None
    operators: list[str] | None
    nulls_equal: bool
    including: bool
    index: int
    set_null: list[str]


@dataclass(slots=True)
class _OfTable:
    primary_key: tuple[str, ...] = ()
    checks: list[Check] = field(default_factory=list)
    uniques: list[Unique] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)

    def onto(self, table: Table) -> Table:
        """Return the table with these keys and constraints."""
        return replace(
            table,
            primary_key=self.primary_key,
            checks=tuple(self.checks),
            uniques=tuple(self.uniques),
            foreign_keys=tuple(self.foreign_keys),
            exclusions=tuple(self.exclusions),
        )


def read(connection: Connection, tables: tuple[Table, ...]) -> Keyed:
    """Return the tables with primary key, checks, uniques, foreign keys and exclusions."""
    keys = dict(connection.execute(queries.KEYS).fetchall())
    found: dict[Ref, _OfTable] = defaultdict(_OfTable)
    remarks: list[Remark] = []
    for row in (_Row(*values) for values in connection.execute(queries.CONSTRAINTS).fetchall()):
        ref = Ref(row.schema, row.table)
        _put(found[ref], row, keys)
        remarks += (Remark("constraint", f"{ref}.{row.name}", text) for text in _unsaid(row))
    return Keyed(tuple(found[t.ref].onto(t) for t in tables), tuple(remarks))


def _put(into: _OfTable, row: _Row, keys: dict[int, list[str]]) -> None:
    columns = tuple(row.columns)
    match row.kind:
        case "p":
            into.primary_key = columns
        case "u":
            into.uniques.append(Unique(row.name, columns, row.nulls_equal))
        case "c":
            into.checks.append(Check(row.name, bare(row.expression) or ""))
        case "f":
            into.foreign_keys.append(_foreign_key(row, columns))
        case _:
            elements = tuple(zip(keys[row.index], row.operators or [], strict=True))
            into.exclusions.append(
                Exclusion(row.name, row.using or "gist", elements, bare(row.where))
            )


def _foreign_key(row: _Row, columns: tuple[str, ...]) -> ForeignKey:
    return ForeignKey(
        name=row.name,
        columns=columns,
        table=Ref(row.to_schema or "", row.to_table or ""),
        to=tuple(row.to),
        on_delete=_DELETE[row.on_delete],
        set_null=tuple(row.set_null),
        deferred=row.deferred,
    )


def _unsaid(row: _Row) -> list[str]:
    """Say what a constraint has that the schema value has no word for."""
    said = []
    if row.kind == "f" and row.on_update != "a":
        said.append(f"acts on update: {_DELETE[row.on_update]}")
    if row.kind == "f" and row.match == "f":
        said.append("matches full")
    if row.deferrable and not (row.kind == "f" and row.deferred):
        said.append("may wait for the end of the transaction")
    if not row.validated:
        said.append("is not validated")
    if row.kind == "c" and row.no_inherit:
        said.append("is not inherited")
    if row.including:
        said.append("includes columns that are no part of its key")
    return said


def indexes(connection: Connection) -> tuple[tuple[Index, ...], list[Remark]]:
    """Return the indexes that no constraint has made."""
    found: list[Index] = []
    remarks: list[Remark] = []
    for row in connection.execute(queries.INDEXES).fetchall():
        schema, table, name, keys, using, unique, where, valid, alike, including, set_up, own, _ = (
            row
        )
        if own:
            continue
        said = {
            "is not valid": not valid,
            "takes nulls for equal": alike,
            "includes columns that are no part of its key": including,
            "has storage parameters": set_up,
        }
        at = f"{schema}.{name}"
        remarks += (Remark("index", at, text) for text, holds in said.items() if holds)
        found.append(Index(name, Ref(schema, table), tuple(keys), using, unique, bare(where)))
    return tuple(found), remarks
