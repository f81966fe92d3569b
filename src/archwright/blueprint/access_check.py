"""Checks an access expression against what is there: names, kinds of value, row versions."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from archwright.blueprint.access_ast import (
    OWNER,
    Atom,
    Boolean,
    Column,
    Compare,
    Expr,
    HasRole,
    Integer,
    IsNull,
    Now,
    OneOf,
    Owner,
    Parent,
    Path,
    Predicate,
    Related,
    Self,
    Text,
    atoms,
    columns_of,
    versions_of,
)
from archwright.blueprint.access_scope import Operation, Relation, Scope, TableAccess
from archwright.blueprint.access_text import render
from archwright.diagnostics import Diagnostic, Place

_INTEGERS = frozenset({"smallint", "integer", "int", "bigint"})
_NUMBERS = _INTEGERS | {"numeric", "decimal", "real", "double precision"}
_TIMES = frozenset({"timestamptz", "timestamp with time zone", "date"})
_TEXTS = frozenset({"text", "citext", "extensions.citext", "varchar"})
_ORDERED = ("<", "<=", ">", ">=")


def check(
    expr: Expr, scope: Scope, table: str, operation: Operation, place: Place
) -> list[Diagnostic]:
    """Return AW-2113 to AW-2119 for names that are not there and values that do not fit."""
    here = scope.tables[table]
    found: list[Diagnostic] = []
    for atom in dict.fromkeys(atoms(expr)):
        if operation != "update" and versions_of(atom):
            found.append(
                Diagnostic(
                    "AW-2113",
                    f"`{render(atom)}` speaks of old or new, which only an update rule has",
                    place,
                    "leave the prefix out",
                )
            )
        for code, message in _atom(atom, scope, here):
            found.append(Diagnostic(code, f"`{render(atom)}`: {message}", place))
    return found


def check_relation(relation: Relation, scope: Scope, place: Place) -> list[Diagnostic]:
    """Return AW-2114, AW-2115 and AW-2119 for a relation that cannot be built."""
    table = scope.tables.get(relation.table)
    if table is None:
        message = f"relation {relation.name}: there is no table {relation.table}"
        return [Diagnostic("AW-2115", message, place)]
    found = [
        Diagnostic("AW-2114", f"relation {relation.name}: {message}", place)
        for column in (relation.me, relation.other)
        for message in _not_a_member(column, table)
    ]
    if relation.where is None:
        return found
    for atom in atoms(relation.where):
        if not isinstance(atom, Compare | OneOf | IsNull):
            message = f"relation {relation.name}: `{render(atom)}` does not speak of the join row"
            found.append(Diagnostic("AW-2115", message, place))
    return found + check(relation.where, scope, relation.table, "select", place)


def _atom(atom: Atom, scope: Scope, here: TableAccess) -> Iterator[tuple[str, str]]:
    missing = [c.name for c in columns_of(atom) if c.name not in here.columns]
    for name in dict.fromkeys(missing):
        yield "AW-2114", f"{here.name} has no column {name}"
    if isinstance(atom, HasRole | Predicate):
        yield from _declared(atom, scope)
    elif isinstance(atom, Parent):
        yield from _foreign_key(atom.column, scope, here)
    elif isinstance(atom, Related):
        if atom.relation not in scope.relations:
            yield "AW-2115", f"there is no relation {atom.relation}"
        yield from _path(atom.path, scope, here)
    elif isinstance(atom, Owner):
        yield from _path(Path(OWNER), scope, here)
    elif not missing:
        for message in _misfits(atom, scope, here):
            yield "AW-2119", message


def _declared(atom: HasRole | Predicate, scope: Scope) -> Iterator[tuple[str, str]]:
    if isinstance(atom, HasRole):
        for name in atom.names:
            if name not in scope.roles:
                yield "AW-2116", f"there is no role {name}"
        return
    rule = scope.predicates.get(atom.name)
    if rule is None:
        yield "AW-2117", f"there is no predicate {atom.name}"
    elif rule.arguments != len(atom.arguments):
        yield "AW-2117", f"{atom.name} takes {rule.arguments} columns, not {len(atom.arguments)}"


def _path(path: Path, scope: Scope, here: TableAccess) -> Iterator[tuple[str, str]]:
    table = here
    if path.hop:
        faults = list(_foreign_key(path.hop, scope, here))
        yield from faults
        if faults:
            return
        table = scope.tables[here.foreign_keys[path.hop].table]
    if path.column == OWNER:
        if not table.owner:
            yield "AW-2114", f"{table.name} has no owner"
        return
    for message in _not_a_member(path.column, table):
        yield "AW-2114", message


def _foreign_key(column: str, scope: Scope, here: TableAccess) -> Iterator[tuple[str, str]]:
    key = here.foreign_keys.get(column)
    if key is None:
        yield "AW-2118", f"{column} of {here.name} is not a foreign key"
    elif key.table not in scope.tables:
        yield "AW-2118", f"{column} points at {key.table}, which is not there"


def _not_a_member(column: str, table: TableAccess) -> Iterator[str]:
    kind = table.columns.get(column)
    if kind is None:
        yield f"{table.name} has no column {column}"
    elif kind != "uuid":
        yield f"{column} of {table.name} holds {kind}, not a member"


def _misfits(atom: Atom, scope: Scope, here: TableAccess) -> Iterator[str]:
    if isinstance(atom, Self):
        yield from _not_a_member(atom.column.name, here)
    elif isinstance(atom, OneOf):
        for value in atom.values:
            yield from _misfit(atom.column, value, scope, here)
    elif isinstance(atom, Compare):
        kind = here.columns[atom.left.name]
        if atom.op in _ORDERED and kind not in _NUMBERS | _TIMES:
            # Texts sort by the database's collation and enums by declaration: never in a rule.
            yield f"{kind} has no order that a rule may use"
        yield from _misfit(atom.left, atom.right, scope, here)


def _misfit(
    column: Column,
    value: Text | Integer | Boolean | Now | Column,
    scope: Scope,
    here: TableAccess,
) -> Iterator[str]:
    kind = here.columns[column.name]
    match value:
        case Column(name):
            fits = here.columns[name] == kind or {here.columns[name], kind} <= _NUMBERS
        case Now():
            fits = kind in _TIMES
        case Boolean():
            fits = kind == "boolean"
        case Integer():
            fits = kind in _NUMBERS
        case Text(text):
            fits = _fits_text(kind, text, scope)
    if not fits:
        yield f"{column.name} holds {kind}, which does not compare with this value"


def _fits_text(kind: str, text: str, scope: Scope) -> bool:
    if kind == "uuid":
        try:
            return str(UUID(text)) == text
        except ValueError:
            return False
    return kind in _TEXTS or text in scope.enums.get(kind, ())
