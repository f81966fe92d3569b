"""The part of a difference that takes away: first what stands in the way, last what holds rows."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.migrate.disturbed import Disturbed
from archwright.migrate.mentions import mentions
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import ChangeDefault, DropColumn
from archwright.migrate.operations.constraint import ChangePrimaryKey, DropConstraint
from archwright.migrate.operations.function import DropFunction
from archwright.migrate.operations.index import DropIndex
from archwright.migrate.operations.policy import DropPolicy
from archwright.migrate.operations.table import DropTable
from archwright.migrate.operations.trigger import DropTrigger
from archwright.migrate.order import ordered
from archwright.schema.model import Check, Exclusion, Policy, Ref, Schema, Table
from archwright.schema.namespaces import PLATFORM_ONLY


def early(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield drops of what is gone or comes back changed, dependents first.

    Of the rows only columns go here whose values are computed, or become so.
    """
    yield from _policies_and_triggers(old, new, disturbed)
    yield from _foreign_keys(old, new, disturbed)
    kept = {t.ref for t in new.tables}
    standing = set(new.indexes)
    for index in old.indexes:
        if (index.table in kept and index not in standing) or disturbed.index(index):
            yield DropIndex(index.table, index.name)
    yield from _constraints(old, new, disturbed)
    yield from (
        ChangeDefault(t.ref, c.name, None)
        for t in old.tables
        for c in t.columns
        if disturbed.default(t.ref, c)
    )
    yield from (
        _drop_column(t, name)
        for t in old.tables
        for name in _generated_first(t)
        if (t.ref, name) in disturbed.renewed
    )
    yield from _functions(old, disturbed)


def late(old: Schema, new: Schema) -> Iterable[Operation]:
    """Yield drops of columns and tables, once nothing that stays depends on them."""
    later = {t.ref: t for t in new.tables}
    for table in old.tables:
        after = later.get(table.ref)
        if after is None:
            continue
        for column in _generated_first(table):
            if after.column(column) is None:
                yield _drop_column(table, column)
    yield from (DropTable(ref) for ref in _dropped_tables(old, new))


def stays(policy: Policy, other: Policy | None, disturbed: Disturbed) -> bool:
    """Tell whether a policy is kept as, or can be altered into, what has its name later.

    ``alter policy`` changes neither the command nor whether there is a condition. Where it cannot
    do it the policy is dropped before the new one is created: policies only permit, so the table
    is closed in between, never open, and the migration is one transaction.
    """
    return (
        other is not None
        and other.command == policy.command
        and (other.using is None) == (policy.using is None)
        and (other.check is None) == (policy.check is None)
        and not disturbed.policy(policy)
    )


def _policies_and_triggers(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    dropped = {t.ref for t in old.tables} - {t.ref for t in new.tables}
    leaving = _leaving(old, new)
    policies = {(p.table, p.name): p for p in new.policies}
    for policy in old.policies:
        stay = stays(policy, policies.get((policy.table, policy.name)), disturbed)
        if policy.table in dropped:
            # It goes with its table, unless that would be after what it looks at.
            words = mentions(policy.using, policy.check).words
            stay = not (leaving - {policy.table.name}) & words
        if disturbed.policy(policy) or not stay:
            yield DropPolicy(policy.table, policy.name)
    later = {(t.table, t.name) for t in new.triggers}
    for trigger in old.triggers:
        lives = trigger.table not in dropped and (trigger.table, trigger.name) in later
        if trigger.table.schema in PLATFORM_ONLY and disturbed.calls(trigger):
            continue  # goes with its function
        if disturbed.trigger(trigger) or not (lives or trigger.table in dropped):
            yield DropTrigger(trigger.table, trigger.name)


def _leaving(old: Schema, new: Schema) -> set[str]:
    """Return the names of tables that go, or of which columns go."""
    later = {t.ref: {c.name for c in t.columns} for t in new.tables}
    return {
        t.ref.name
        for t in old.tables
        if t.ref not in later or not {c.name for c in t.columns} <= later[t.ref]
    }


def _functions(old: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    for function in old.functions:
        if function.signature not in disturbed.functions:
            continue
        triggers = (
            (t.table, t.name)
            for t in old.triggers
            if t.table.schema in PLATFORM_ONLY and mentions(t.sql).has(function.ref)
        )
        yield DropFunction(function, tuple(triggers))


def _generated_first(table: Table) -> list[str]:
    return [c.name for c in sorted(table.columns, key=lambda c: c.generated is None)]


def _drop_column(table: Table, name: str) -> DropColumn:
    column = table.column(name)
    return DropColumn(table.ref, name, column is not None and column.generated is not None)


def _foreign_keys(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    later = {t.ref: t for t in new.tables}
    position = {ref: i for i, ref in enumerate(_dropped_tables(old, new))}
    for table in old.tables:
        after = later.get(table.ref)
        for key in table.foreign_keys:
            if after is None:
                gone = position.get(key.table, len(position)) < position[table.ref]
            else:
                gone = key not in after.foreign_keys
            if gone or disturbed.foreign_key(table.ref, key):
                yield DropConstraint(table.ref, key.name)


def _constraints(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    later = {t.ref: t for t in new.tables}
    for table in old.tables:
        after = later.get(table.ref)
        checks: tuple[Check | Exclusion, ...] = (*table.checks, *table.exclusions)
        for check in checks:
            there = after is None or check in after.checks or check in after.exclusions
            if not there or disturbed.check(table.ref, check):
                yield DropConstraint(table.ref, check.name)
        if after is None:
            continue
        for unique in table.uniques:
            if unique not in after.uniques or disturbed.unique(table.ref, unique):
                yield DropConstraint(table.ref, unique.name)
        changed = table.primary_key != after.primary_key or disturbed.primary_key(table)
        if table.primary_key and changed:
            yield ChangePrimaryKey(table.ref, ())


def _dropped_tables(old: Schema, new: Schema) -> tuple[Ref, ...]:
    """Return the dropped tables, referring ones first."""
    kept = {t.ref for t in new.tables}
    gone = [t for t in old.tables if t.ref not in kept]
    needs = {t.ref: {k.table for k in t.foreign_keys} for t in gone}
    return tuple(reversed(ordered([t.ref for t in gone], {}, needs)))
