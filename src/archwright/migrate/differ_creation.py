"""The part of a difference that builds tables, columns, functions, constraints and indexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archwright.migrate.differ_columns import alterations
from archwright.migrate.disturbed import Disturbed
from archwright.migrate.mentions import language, mentions, signature_types
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import AddColumn, ChangeDefault
from archwright.migrate.operations.constraint import AddConstraint, ChangePrimaryKey
from archwright.migrate.operations.function import ChangeFunctionAccess, PutFunction
from archwright.migrate.operations.index import CreateIndex
from archwright.migrate.operations.table import CloseTable, CreateTable
from archwright.migrate.order import ordered
from archwright.schema.model import Check, Exclusion, Function, Ref, Schema, Table

Node = Ref | str  # a table by name, a function by signature


def tables_and_functions(old: Schema, new: Schema, disturbed: Disturbed) -> list[Operation]:
    """Return new and altered tables, new and replaced functions, each after what it needs."""
    before = {t.ref: t for t in old.tables}
    altered = {
        t.ref: tuple(alterations(before[t.ref], t, disturbed))
        for t in new.tables
        if t.ref in before
    }
    tables = {t.ref: t for t in new.tables if t.ref not in before or altered[t.ref]}
    functions = {f.signature: f for f in new.functions if _changes(f, old, disturbed)}
    order = _order(tables, altered, functions)
    position = {node: i for i, node in enumerate(order)}
    known = {t.ref for t in new.tables}
    keys = _standing_keys(old, disturbed)
    built: list[Operation] = []
    for node in order:
        if isinstance(node, str):
            built.append(_put(functions[node], old, position, functions))
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
    return [*built, *_access_changes(old, new, functions)]


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
    for index in new.indexes:
        if index not in old.indexes or disturbed.index(index):
            yield CreateIndex(index, rows=index.table in before)
    created = {op.table.ref: op.table.foreign_keys for op in built if isinstance(op, CreateTable)}
    for table in new.tables:
        if table.ref in before:
            was = before[table.ref].foreign_keys
            there = {k for k in was if not disturbed.foreign_key(table.ref, k)}
        else:
            there = set(created[table.ref])
        for key in table.foreign_keys:
            if key not in there:
                yield AddConstraint(table.ref, key, rows=table.ref in before)


def _constraints(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    changed = old.primary_key != new.primary_key or disturbed.primary_key(old)
    if new.primary_key and changed:
        yield ChangePrimaryKey(new.ref, new.primary_key)
    for unique in new.uniques:
        if unique not in old.uniques or disturbed.unique(new.ref, unique):
            yield AddConstraint(new.ref, unique)
    there: tuple[Check | Exclusion, ...] = (*old.checks, *old.exclusions)
    wanted: tuple[Check | Exclusion, ...] = (*new.checks, *new.exclusions)
    for check in wanted:
        if check not in there or disturbed.check(new.ref, check):
            yield AddConstraint(new.ref, check)


def _changes(function: Function, old: Schema, disturbed: Disturbed) -> bool:
    """Tell whether the function's statement must run: it is new, dropped before, or changed."""
    was = next((f for f in old.functions if f.signature == function.signature), None)
    if was is None or function.signature in disturbed.functions:
        return True
    return (was.sql, was.arguments) != (function.sql, function.arguments)


def _put(
    function: Function,
    old: Schema,
    position: dict[Node, int],
    functions: dict[str, Function],
) -> PutFunction:
    was = next((f for f in old.functions if f.signature == function.signature), None)
    at = position[function.signature]
    later = [n for n in _body_needs(function, (), functions) if position[n] > at]
    return PutFunction(
        function,
        replaces=was is not None,
        unchecked=bool(later),
        widens=was is not None and bool(set(function.callers) - set(was.callers)),
    )


def _access_changes(old: Schema, new: Schema, put: dict[str, Function]) -> Iterable[Operation]:
    before = {f.signature: f for f in old.functions}
    for function in new.functions:
        was = before.get(function.signature)
        if was is None or function.signature in put or was == function:
            continue
        if set(was.callers) != set(function.callers) or was.comment != function.comment:
            widens = bool(set(function.callers) - set(was.callers))
            yield ChangeFunctionAccess(function, widens, was.comment != function.comment)


def _order(
    tables: dict[Ref, Table],
    altered: dict[Ref, tuple[Operation, ...]],
    functions: dict[str, Function],
) -> tuple[Node, ...]:
    hard: dict[Node, set[Node]] = {}
    soft: dict[Node, set[Node]] = {}
    for ref, table in tables.items():
        texts = _alteration_texts(altered[ref]) if ref in altered else _table_texts(table)
        found = mentions(*texts)
        hard[ref] = {s for s, f in functions.items() if found.has(f.ref)}
        soft[ref] = set() if ref in altered else {k.table for k in table.foreign_keys}
    for sign, function in functions.items():
        types = signature_types(function)
        hard[sign] = {r for r in tables if types.has(r)}
        soft[sign] = set(_body_needs(function, tables, functions))
    return ordered([*tables, *functions], hard, soft)


def _body_needs(
    function: Function, tables: Iterable[Ref], functions: dict[str, Function]
) -> list[Node]:
    """Return what the body needs when it is created; only SQL bodies look functions up then."""
    found = mentions(function.sql)
    needs: list[Node] = [r for r in tables if found.has(r)]
    if language(function) == "sql":
        needs += [s for s, f in functions.items() if s != function.signature and found.has(f.ref)]
    return needs


def _table_texts(table: Table) -> list[str | None]:
    texts = [t for c in table.columns for t in (c.default, c.generated)]
    texts += [c.expression for c in table.checks]
    texts += [part for e in table.exclusions for part in (*(x for x, _ in e.elements), e.where)]
    return texts


def _alteration_texts(operations: tuple[Operation, ...]) -> list[str | None]:
    texts: list[str | None] = []
    for op in operations:
        if isinstance(op, AddColumn):
            texts += [op.column.default, op.column.generated]
        elif isinstance(op, ChangeDefault):
            texts.append(op.default)
    return texts


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
