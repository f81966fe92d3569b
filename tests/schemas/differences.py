"""Small schemas, and what the difference of two comes to, for tests of the differ."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.hazards import Hazard
from archwright.migrate.hazards import hazards as found
from archwright.migrate.operations.base import Operation
from archwright.schema.model import Column, Ref, Schema, Table

ONE, TWO = Ref("public", "one"), Ref("public", "two")
ID = Column("id", "uuid")


def one(*columns: Column, **parts: object) -> Schema:
    """Return a schema of one table."""
    table = replace(Table(ONE, (ID, *columns), ("id",)), **parts)  # type: ignore[arg-type]
    return Schema(tables=(table,))


def said(old: Schema, new: Schema) -> list[str]:
    assert apply(diff(old, new), old) == normal(new)
    return [op.describe() for op in diff(old, new)]


def hazards(old: Schema, new: Schema) -> list[Hazard]:
    return [h.name for h in found(diff(old, new))]


def sql(operations: tuple[Operation, ...]) -> str:
    return "\n".join(op.sql() for op in operations)
