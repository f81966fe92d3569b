"""Functions as Supabase's type generator sees them: overloads, computed columns, errors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from archwright.schema.model import Argument, Function, Schema, Table
from archwright.schema.sql_text import ident
from archwright.schema.typescript_types import (
    Known,
    bare,
    catalogue_name,
    collation,
    column_type,
    quoted,
    relation,
    typescript,
)

_ROWS = re.compile(r"\brows\s+(\d+)", re.IGNORECASE)
_DEFAULT_ROWS = 1000
_UNNAMED = frozenset({"json", "jsonb", "text"})
_ADVICE = (
    "Try renaming the parameters or the function itself in the database"
    " so function overloading can be resolved"
)
# Object identifiers of built-in types: candidates are listed by them. Others come after, by name.
_IDENTIFIERS = {
    "bool": 16,
    "bytea": 17,
    "int8": 20,
    "int2": 21,
    "int4": 23,
    "text": 25,
    "json": 114,
    "float4": 700,
    "float8": 701,
    "bpchar": 1042,
    "varchar": 1043,
    "date": 1082,
    "time": 1083,
    "timestamp": 1114,
    "timestamptz": 1184,
    "interval": 1186,
    "numeric": 1700,
    "uuid": 2950,
    "jsonb": 3802,
}


@dataclass(frozen=True, slots=True)
class Overloads:
    """The functions of one name, in the generator's order."""

    name: str
    functions: tuple[Function, ...]


def exposed(schema: Schema, names: Known) -> tuple[Overloads, ...]:
    """Return the functions of ``public`` that a client could call, by name."""
    found = [
        f
        for f in schema.functions
        if f.ref.schema == "public" and f.returns != "trigger" and _callable(names, f)
    ]
    found.sort(key=lambda f: (collation(f.ref.name), collation(_arguments(f)), f.returns))
    groups = groupby(found, key=lambda f: f.ref.name)
    return tuple(Overloads(name, tuple(functions)) for name, functions in groups)


def computed(names: Known, functions: tuple[Overloads, ...]) -> dict[str, list[Function]]:
    """Return, by table, the functions that act as columns of it, in order of their names.

    A column of the same name wins, and so does the first of several overloads.
    """
    found: dict[str, dict[str, Function]] = {}
    for overloads in functions:
        for function in overloads.functions:
            table = _only_argument(names, function)
            if table is not None and table.column(overloads.name) is None:
                found.setdefault(table.ref.name, {}).setdefault(overloads.name, function)
    return {table: list(columns.values()) for table, columns in found.items()}


def entry(names: Known, overloads: Overloads) -> str:
    """Return a member of ``Functions``: a union over the overloads."""
    texts = [_overload(names, f, overloads) for f in overloads.functions]
    return f"{quoted(overloads.name)}:\n" + " |\n".join(texts)


def result(names: Known, function: Function) -> str:
    """Return the type of one result, without ``[]``."""
    if function.returns_table:
        columns = sorted(function.returns_table, key=lambda c: collation(c.name))
        inner = ",".join(f"{quoted(c.name)}: {typescript(names, c.type)}" for c in columns)
        return f"{{\n              {inner}\n            }}"
    table = names.row(function.returns)
    if table is None:
        return typescript(names, function.returns)
    rows = sorted(table.columns, key=lambda c: collation(c.name))
    inner = ",\n".join(f"{quoted(c.name)}: {column_type(names, table, c)}" for c in rows)
    return f"{{\n              {inner}\n            }}"


def _overload(names: Known, function: Function, overloads: Overloads) -> str:
    arguments = sorted(function.arguments, key=lambda a: collation(a.name))
    given = ",".join(
        f"{quoted(a.name)}{'?' if a.has_default else ''}: {_argument(names, a)}" for a in arguments
    )
    shown = f"{{ {given} }}" if given else "Record<PropertyKey, never>"
    error = _error(names, function, overloads.functions)
    value = result(names, function) if error is None else f"{{ error: true }} & {quoted(error)}"
    options, one = _setof(names, function)
    many = "[]" if error is None and function.returns_set and not one else ""
    space = " " * 26
    return f"{{ Args: {shown}; Returns: {value}{many}\n{space}{options} }}"


def _argument(names: Known, argument: Argument) -> str:
    text = typescript(names, argument.type)
    table = names.row(argument.type)
    if argument.name and table is not None:
        return f"Omit<{text}, {relation(table.ref.name)}['ComputedFields']>"
    return text


def _setof(names: Known, function: Function) -> tuple[str, bool]:
    """Return ``SetofOptions`` where rows of a table come back, and whether it is one row."""
    table = None if function.returns_table else names.row(function.returns)
    if table is None:
        return "", False
    source = _only_argument(names, function)
    match = _ROWS.search(function.sql.split("$", 1)[0])
    rows = int(match.group(1)) if match else _DEFAULT_ROWS
    one = not function.returns_set or rows <= 1
    lines = (
        f"from: {quoted(ident(source.ref.name) if source else '*')}",
        f"to: {quoted(table.ref.name)}",
        f"isOneToOne: {str(one).lower()}",
        f"isSetofReturn: {str(function.returns_set).lower()}",
    )
    return "SetofOptions: {\n" + "".join(f"        {x}\n" for x in lines) + "      }", one


def _only_argument(names: Known, function: Function) -> Table | None:
    """Return the table whose row the function takes, if it takes nothing else."""
    if len(function.arguments) != 1 or function.returns_table:
        return None
    return names.row(function.arguments[0].type)


def _callable(names: Known, function: Function) -> bool:
    """Tell whether PostgREST can pass the arguments: by name, or one row or document unnamed."""
    arguments = function.arguments
    if all(a.name or (a.has_default and catalogue_name(a.type) in _UNNAMED) for a in arguments):
        return True
    if len(arguments) != 1:
        return False
    kind = arguments[0].type
    return catalogue_name(kind) in _UNNAMED or names.row(kind) is not None


def _error(names: Known, function: Function, overloads: tuple[Function, ...]) -> str | None:
    """Return why a call could not be resolved, in the generator's words."""
    where = str(function.ref)
    others = [f for f in overloads if f is not function and len(f.arguments) == 1]
    if not function.arguments:
        for other in others:
            if other.arguments[0].name == "" and other.arguments[0].has_default:
                kind = catalogue_name(other.returns)
                return (
                    "Could not choose the best candidate function between:"
                    f" {where}(), {where}( => {kind}). {_ADVICE}"
                )
        return None
    if len(function.arguments) != 1:
        return None
    only = function.arguments[0]
    if only.name:
        return _ambiguous(where, only, [f.arguments[0] for f in others])
    if names.row(only.type) is not None:
        return (
            f"the function {where} with parameter or with a single unnamed json/jsonb parameter,"
            " but no matches were found in the schema cache"
        )
    return None


def _ambiguous(where: str, only: Argument, others: list[Argument]) -> str | None:
    rivals = [a for a in others if a.name == only.name and a.type != only.type]
    if not rivals:
        return None
    kinds = sorted((catalogue_name(a.type) for a in [only, *rivals]), key=_by_identifier)
    calls = ", ".join(f"{where}({only.name} => {kind})" for kind in kinds)
    return f"Could not choose the best candidate function between: {calls}. {_ADVICE}"


def _by_identifier(kind: str) -> tuple[int, str]:
    return (_IDENTIFIERS.get(kind, 1 << 32), kind)


def _arguments(function: Function) -> str:
    """Return the arguments as PostgreSQL prints them, as far as their order depends on it."""
    return ", ".join(
        f"{a.name} {bare(a.type)}".strip() + (" DEFAULT" if a.has_default else "")
        for a in function.arguments
    )
