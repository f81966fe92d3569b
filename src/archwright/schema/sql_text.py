"""The smallest pieces of SQL text: identifiers, literals, names, wrapped expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent, indent

from archwright.blueprint.names import MAX_IDENTIFIER_BYTES, RESERVED_SQL
from archwright.schema.model import Ref

WIDTH = 100
PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


def ident(name: str) -> str:
    """Return an identifier, in double quotes only where PostgreSQL needs them."""
    if PLAIN.fullmatch(name) and name not in RESERVED_SQL:
        return name
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Return a string literal; a backslash makes it an escape string, whatever the settings."""
    quoted = value.replace("'", "''")
    if "\\" in quoted:
        return "e'" + quoted.replace("\\", "\\\\") + "'"
    return f"'{quoted}'"


def name(ref: Ref) -> str:
    """Return a schema-qualified name, quoted where needed."""
    return f"{ident(ref.schema)}.{ident(ref.name)}"


def names(values: Iterable[str]) -> str:
    """Return identifiers joined by commas."""
    return ", ".join(ident(v) for v in values)


def roles(values: Iterable[str]) -> str:
    """Return role names joined by commas; the pseudo-role ``public`` stays bare."""
    return ", ".join(ident(v) for v in values)


def constraint_name(table: str, suffix: str) -> str:
    """Return the name that PostgreSQL itself gives a constraint of a table: at most 63 bytes."""
    room = MAX_IDENTIFIER_BYTES - len(suffix) - 1
    return f"{table.encode()[:room].decode(errors='ignore')}_{suffix}"


def parenthesised(expression: str) -> str:
    """Return ``(expression)`` on one line, or indented on lines of its own where it is long."""
    text = dedent(expression).strip()
    if "\n" not in text and len(text) <= WIDTH - 24:
        return f"({text})"
    return f"(\n{indent(text, '  ')}\n)"


def signature(schema_and_name: Ref, types: Iterable[str]) -> str:
    """Return ``schema.name(type, type)`` with quoting."""
    return f"{name(schema_and_name)}({', '.join(types)})"


def dollars(body: str) -> str:
    """Return a body between dollar quotes that do not occur in it, each on a line of its own."""
    tag = "$$"
    while tag in body:
        tag = f"${tag[1:-1]}x$"
    return f"{tag}\n{body}\n{tag}"
