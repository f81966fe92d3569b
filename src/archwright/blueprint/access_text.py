"""Writes an access expression back as canonical text: ``parse(render(e)) == e``."""

from __future__ import annotations

from typing import assert_never

from archwright.blueprint.access_ast import (
    And,
    Boolean,
    Column,
    Compare,
    Expr,
    HasRole,
    Integer,
    IsNull,
    Member,
    Nobody,
    Not,
    Now,
    OneOf,
    Or,
    Owner,
    Parent,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
)


def render(expr: Expr) -> str:
    """Return canonical text, with parentheses only where the tree needs them."""
    match expr:
        case Or(items):
            text = " or ".join(_inside(item, Or) for item in items)
        case And(items):
            text = " and ".join(_inside(item, Or, And) for item in items)
        case Not(item):
            text = f"not {_inside(item, Or, And)}"
        case Compare(left, op, right):
            text = f"{column_text(left)} {op} {_value(right)}"
        case OneOf(column, values):
            text = f"{column_text(column)} in ({', '.join(_value(v) for v in values)})"
        case IsNull(column, negated):
            text = f"{column_text(column)} is {'not ' if negated else ''}null"
        case Self() | HasRole() | Related() | Parent() | Predicate():
            text = _call(expr)
        case Public() | Member() | Nobody() | Owner():
            text = type(expr).__name__.lower()
        case _:
            assert_never(expr)
    return text


def column_text(column: Column) -> str:
    """Return ``name``, ``old.name`` or ``new.name``."""
    return f"{column.version}.{column.name}" if column.version else column.name


def path_text(path: Path) -> str:
    """Return ``column`` or ``hop.column``."""
    return f"{path.hop}.{path.column}" if path.hop else path.column


def _inside(expr: Expr, *looser: type[Or | And]) -> str:
    text = render(expr)
    return f"({text})" if isinstance(expr, looser) else text


def _call(expr: Self | HasRole | Related | Parent | Predicate) -> str:
    match expr:
        case Self(column):
            return f"self({column_text(column)})"
        case HasRole(names):
            return f"role({', '.join(names)})"
        case Related(relation, path):
            return f"related({relation}, {path_text(path)})"
        case Parent(column_name, action):
            return f"parent({column_name} may {action})"
        case Predicate(name, arguments):
            return f"predicate({', '.join((name, *map(column_text, arguments)))})"
        case _:
            assert_never(expr)


def _value(value: Text | Integer | Boolean | Now | Column) -> str:
    match value:
        case Text(text):
            return "'" + text.replace("'", "''") + "'"
        case Integer(number):
            return str(number)
        case Boolean(truth):
            return "true" if truth else "false"
        case Now():
            return "now"
        case Column():
            return column_text(value)
        case _:
            assert_never(value)
