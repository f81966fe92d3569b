"""What makes a tree impossible: over another table, without a top, with unfit paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archwright.blueprint.access_ast import Nobody
from archwright.blueprint.access_scope import Scope
from archwright.catalog.manifest import TreeSpec
from archwright.schema.model import Column, ForeignKey, Table

_INTEGERS = frozenset({"integer", "smallint", "bigint"})


def tree_problem(
    spec: TreeSpec, tables: Mapping[str, Table], scope: Scope
) -> tuple[str, str] | None:
    """Return (field of the statement, what is wrong with it); None where the tree can be kept."""
    for where, missing in (("table", spec.table), ("paths", spec.paths)):
        if missing not in tables:
            return where, f"there is no table {missing}"
    table, paths = tables[spec.table], tables[spec.paths]
    if table is paths:
        return "paths", f"the paths of {spec.table} need a table of their own"
    found = (*_table(spec, table), *_paths(spec, table, paths), *_written(spec, paths, scope))
    return next(iter(found), None)


def _table(spec: TreeSpec, table: Table) -> Iterator[tuple[str, str]]:
    parent = table.column(spec.parent)
    if len(table.primary_key) != 1:
        yield "table", f"{spec.table} has no single key, so nothing can point at a row of it"
    if parent is None:
        yield "parent", f"there is no column {spec.table}.{spec.parent}"
    elif parent.not_null:
        yield "parent", f"{spec.table}.{spec.parent} is never null, so no row could be the first"
    elif _reference(table, spec.parent, table) is None:
        yield "parent", f"{spec.table}.{spec.parent} does not reference {spec.table}"


def _paths(spec: TreeSpec, table: Table, paths: Table) -> Iterator[tuple[str, str]]:
    ends = {"ancestor": spec.ancestor, "descendant": spec.descendant}
    for field, column in ends.items():
        key = _reference(paths, column, table)
        if paths.column(column) is None:
            yield field, f"there is no column {spec.paths}.{column}"
        elif key is None:
            yield field, f"{spec.paths}.{column} does not reference {spec.table}"
        elif key.on_delete != "cascade":
            yield field, f"{spec.paths}.{column} must cascade: a path goes with its ends"
    depth = paths.column(spec.depth)
    if depth is None or depth.type not in _INTEGERS:
        yield "depth", f"there is no column {spec.paths}.{spec.depth} of whole numbers"
    if set(paths.primary_key) != set(ends.values()):
        yield "paths", f"the key of {spec.paths} must be {spec.ancestor} and {spec.descendant}"
    for other in paths.columns:
        if other.name not in {*ends.values(), spec.depth} and _wanted(other):
            yield "paths", f"nothing would fill {spec.paths}.{other.name}: make it nullable"


def _written(spec: TreeSpec, paths: Table, scope: Scope) -> Iterator[tuple[str, str]]:
    here = scope.tables[paths.ref.name]
    if any(not isinstance(rule, Nobody) for rule in (here.insert, here.update, here.delete)):
        yield "paths", f"the rules of {spec.paths} let clients write what triggers keep"


def _reference(table: Table, column: str, target: Table) -> ForeignKey | None:
    """Return the foreign key of one column to the key of a table."""
    keys = (k for k in table.foreign_keys if k.columns == (column,) and k.table == target.ref)
    return next((k for k in keys if k.to == target.primary_key), None)


def _wanted(column: Column) -> bool:
    return column.not_null and column.default is None and column.generated is None
