"""The part of a difference that builds tables, columns, functions, constraints and indexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archwright.migrate.creation_order import creation_order
from archwright.migrate.differ_columns import alterations
from archwright.migrate.disturbed import Disturbed
from archwright.migrate.fitting import fits
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.constraint import AddConstraint, ChangePrimaryKey
from archwright.migrate.operations.function import ChangeFunctionAccess, PutFunction
from archwright.migrate.operations.index import CreateIndex
from archwright.migrate.operations.table import CloseTable, CreateTable
from archwright.schema.model import Check, Exclusion, Function, Ref, Schema, Table


def tables_and_functions(old: Schema, new: Schema, disturbed: Disturbed) -> list[Operation]:
    """Return new and altered tables, new and replaced functions, each after what it needs."""
    before = {t.ref: t for t in old.tables}
    altered = {
        t.ref: tuple(alterations(before[t.ref], t, disturbed))
        for t in new.tables
        if t.ref in before
    }
    tables = {t.ref: t for t in new.tables if t.ref not in before or altered[t.ref]}
    was = {f.signature: f for f in old.functions}
    signed = {f.signature: f for f in new.functions}
    functions = {
        s: f
        for s, f in signed.items()
        if s not in was or s in disturbed.functions or _changes(was[s], f)
    }
    order = creation_order(tables, altered, functions)
    known = {t.ref for t in new.tables}
    keys = _standing_keys(old, disturbed)
    built: list[Operation] = []
    for node in order.nodes:
        if isinstance(node, str):
            built.append(_put(functions[node], was.get(node), node in order.unchecked))
        elif node in before:
            built += altered[node]
        else:
            keys[node] = _keys(tables[node])
            inline = tuple(
                k
                for k in tables[node].foreign_keys
                if k.table not in known or frozenset(k.to) in keys.get(k.table, ())
            )
            built += [CreateTable(replace(tables[node], foreign_keys=inline)), CloseTable(node)]
    return [*built, *_access_changes(was, signed, functions)]


def keys_and_indexes(
    old: Schema, new: Schema, disturbed: Disturbed, built: Iterable[Operation]
) -> Iterable[Operation]:
    """Yield constraints and indexes, keys before the foreign keys that point to them.

    ``built`` tells which foreign keys the new tables have got already.
    """
    before = {t.ref: t for t in old.tables}
    for table in new.tables:
        if table.ref in before:
            yield from _constraints(before[table.ref], table, disturbed)
    standing = set(old.indexes)
    now = {t.ref: t for t in new.tables}
    for index in new.indexes:
        if index not in standing or disturbed.index(index):
            was = before.get(index.table)
            sure = was is not None and fits(was, now[index.table], index)
            yield CreateIndex(index, rows=was is not None, fits=sure)
    created = {op.table.ref: op.table.foreign_keys for op in built if isinstance(op, CreateTable)}
    for table in new.tables:
        if table.ref in before:
            keys = before[table.ref].foreign_keys
            there = {k for k in keys if not disturbed.foreign_key(table.ref, k)}
        else:
            there = set(created[table.ref])
        for key in table.foreign_keys:
            if key not in there:
                earlier = before.get(table.ref)
                sure = earlier is not None and fits(earlier, table, key)
                yield AddConstraint(table.ref, key, rows=earlier is not None, fits=sure)


def _constraints(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    changed = old.primary_key != new.primary_key or disturbed.primary_key(old)
    if new.primary_key and changed:
        yield ChangePrimaryKey(new.ref, new.primary_key)
    for unique in new.uniques:
        if unique not in old.uniques or disturbed.unique(new.ref, unique):
            yield AddConstraint(new.ref, unique, fits=fits(old, new, unique))
    there: tuple[Check | Exclusion, ...] = (*old.checks, *old.exclusions)
    wanted: tuple[Check | Exclusion, ...] = (*new.checks, *new.exclusions)
    for check in wanted:
        if check not in there or disturbed.check(new.ref, check):
            yield AddConstraint(new.ref, check, fits=fits(old, new, check))


def _changes(old: Function, new: Function) -> bool:
    """Tell whether the function's statement must run again."""
    return (old.sql, old.arguments) != (new.sql, new.arguments)


def _put(function: Function, was: Function | None, unchecked: bool) -> PutFunction:
    if was is None:
        return PutFunction(function, unchecked=unchecked)
    return PutFunction(
        function,
        replaces=True,
        unchecked=unchecked,
        widens=bool(set(function.callers) - set(was.callers)),
        silences=bool(was.comment) and not function.comment,
    )


def _access_changes(
    old: dict[str, Function], new: dict[str, Function], put: dict[str, Function]
) -> Iterable[Operation]:
    for signature, function in new.items():
        was = old.get(signature)
        if was is None or signature in put:
            continue
        if set(was.callers) != set(function.callers) or was.comment != function.comment:
            widens = bool(set(function.callers) - set(was.callers))
            yield ChangeFunctionAccess(function, widens, was.comment != function.comment)


def _standing_keys(old: Schema, disturbed: Disturbed) -> dict[Ref, set[frozenset[str]]]:
    """Return, by table, the keys that new foreign keys may point to from the start."""
    moving = disturbed.retyped | disturbed.renewed
    return {
        t.ref: {
            k
            for k in _keys(t)
            if (t.ref, k) not in disturbed.keys and not any((t.ref, c) in moving for c in k)
        }
        for t in old.tables
    }


def _keys(table: Table) -> set[frozenset[str]]:
    return {frozenset(table.primary_key), *(frozenset(u.columns) for u in table.uniques)}
