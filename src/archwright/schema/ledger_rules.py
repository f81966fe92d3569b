"""What makes a balance impossible: entries that change, sums that do not fit, keys that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archwright.blueprint.access_scope import Scope
from archwright.catalog.manifest import LedgerSpec
from archwright.schema.model import Column, Table

_SIZES = {"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4}


def ledger_problem(
    spec: LedgerSpec, tables: Mapping[str, Table], appended: frozenset[str], scope: Scope
) -> tuple[str, str] | None:
    """Return (field of the statement, what is wrong with it); None where the balance can be kept.

    ``appended`` are the tables to which rows are only added.
    """
    target = spec.into.partition(".")[0]
    for field, missing in (("table", spec.table), ("into", target)):
        if missing not in tables:
            return field, f"there is no table {missing}"
    table, into = tables[spec.table], tables[target]
    found = (
        *_entries(spec, table, into, appended),
        *_balance(spec, table, into, scope),
        *_keys(spec, table, into),
    )
    return next(iter(found), None)


def taken(spec: LedgerSpec, into: Table) -> tuple[str, ...]:
    """Return the columns that a new row of balances must get from the entry that makes it."""
    known = {*spec.by, spec.into.partition(".")[2]}
    return tuple(c.name for c in into.columns if c.name not in known and _wanted(c))


def _entries(
    spec: LedgerSpec, table: Table, into: Table, appended: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if spec.table not in appended:
        yield "table", f"{spec.table} is not append_only: what changes there would not be counted"
    if table is into:
        yield "into", f"balances of {spec.table} need a table of their own"
    amount = table.column(spec.amount)
    if amount is None:
        yield "amount", f"there is no column {spec.table}.{spec.amount}"
    elif amount.not_null is False or amount.type not in _SIZES:
        yield "amount", f"{spec.table}.{spec.amount} must be an exact number that is never null"


def _balance(
    spec: LedgerSpec, table: Table, into: Table, scope: Scope
) -> Iterator[tuple[str, str]]:
    name = spec.into.partition(".")[2]
    balance, amount = into.column(name), table.column(spec.amount)
    if balance is None:
        yield "into", f"there is no column {spec.into}"
        return
    if not balance.not_null or balance.type not in _SIZES or balance.generated is not None:
        yield "into", f"{spec.into} must be an exact number that is never null"
    elif amount is not None and _SIZES[balance.type] < _SIZES.get(amount.type, 0):
        yield "into", f"{spec.into} ({balance.type}) cannot hold sums of {amount.type}"
    if balance.default is not None and balance.default.strip("'") not in {"0", "0.0", "0.00"}:
        yield "into", f"{spec.into} begins at 0, not at {balance.default}"
    access = scope.tables[into.ref.name]
    if any(names is None or name in names for names in (access.insertable, access.updatable)):
        yield "into", f"the rules of {into.ref.name} let clients write {name}"


def _keys(spec: LedgerSpec, table: Table, into: Table) -> Iterator[tuple[str, str]]:
    for column in spec.by:
        mine, theirs = table.column(column), into.column(column)
        if mine is None or theirs is None:
            lacking = table if mine is None else into
            yield "by", f"there is no column {lacking.ref.name}.{column}"
        elif not (mine.not_null and theirs.not_null) or mine.type != theirs.type:
            yield "by", f"{column} must be of one type in both tables and never null"
    keys = [into.primary_key, *(u.columns for u in into.uniques)]
    if not any(set(key) == set(spec.by) for key in keys):
        yield "by", f"nothing in {into.ref.name} is unique for {', '.join(spec.by)}"
    for column in taken(spec, into):
        source = table.column(column)
        if source is None or not source.not_null:
            shown = f"{into.ref.name}.{column}"
            yield "into", f"nothing would fill {shown}: {spec.table} has no such column"


def _wanted(column: Column) -> bool:
    return column.not_null and column.default is None and column.generated is None
