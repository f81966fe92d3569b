"""The part of a difference that puts a table with rows into partitions, or out of them."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.migrate.mentions import mentions, signature_types
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.function import DropFunction
from archwright.migrate.operations.partition import BringBack, SetAside
from archwright.migrate.operations.policy import DropPolicy
from archwright.schema.model import Ref, Schema


def put_aside(old: Schema, new: Schema) -> tuple[Operation, ...]:
    """Return what puts aside the tables whose partitioning differs, and what hangs on them.

    What is made of them afterwards is made as if they were new. What looks at them goes first:
    policies of others, which are closed until they are there again, and functions of their rows.
    """
    return tuple(op for ref in sorted(_changed(old, new)) for op in _aside(ref, old))


def bring_back(old: Schema, new: Schema) -> Iterator[BringBack]:
    """Yield what carries the rows over; ``old`` is the schema before anything was put aside."""
    before = {t.ref: t for t in old.tables}
    after = {t.ref: t for t in new.tables}
    for ref in sorted(_changed(old, new)):
        there = {c.name for c in before[ref].columns}
        columns = (c.name for c in after[ref].columns if c.generated is None and c.name in there)
        command = (j.command for j in new.jobs if j.name == f"partitions_of_{ref.name}")
        prepared = next(command, "") if after[ref].partition_by else ""
        yield BringBack(after[ref], tuple(columns), prepared)


def _changed(old: Schema, new: Schema) -> set[Ref]:
    before = {t.ref: t.partition_by for t in old.tables}
    return {t.ref for t in new.tables if before.get(t.ref, t.partition_by) != t.partition_by}


def _aside(table: Ref, old: Schema) -> Iterator[Operation]:
    for policy in old.policies:
        if policy.table != table and mentions(policy.using, policy.check).has(table):
            yield DropPolicy(policy.table, policy.name)
    for function in old.functions:
        if signature_types(function).has(table):
            yield DropFunction(function)
    yield SetAside(table)
