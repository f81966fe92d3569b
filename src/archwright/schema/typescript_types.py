"""PostgreSQL's types in TypeScript, and the order of names, as Supabase's generator has them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from archwright.schema.model import Column, Schema, Table

_TYPMOD = re.compile(r"\s*\([\d,\s]*\)")
# What format_type prints, and the name that pg_type has; other types are called the same in both.
_CATALOGUE = {
    "bigint": "int8",
    "boolean": "bool",
    "character": "bpchar",
    "character varying": "varchar",
    "double precision": "float8",
    "integer": "int4",
    "real": "float4",
    "smallint": "int2",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
}
_TYPESCRIPT = {
    **dict.fromkeys(("int2", "int4", "int8", "float4", "float8", "numeric"), "number"),
    **dict.fromkeys(("bytea", "bpchar", "varchar", "date", "text", "citext", "time"), "string"),
    **dict.fromkeys(("timetz", "timestamp", "timestamptz", "uuid", "vector", "interval"), "string"),
    **dict.fromkeys(("json", "jsonb"), "Json"),
    "bool": "boolean",
    "record": "Record<string, unknown>",
    "void": "undefined",
}
# How a JavaScript collator for English orders what may stand in a name or a signature.
_ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
_RANK = {c: i for i, c in enumerate(_ORDER)}
_STRINGIFY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def quoted(value: object) -> str:
    """Return what ``JSON.stringify`` returns."""
    return _STRINGIFY(value)


@lru_cache(maxsize=4096)
def collation(text: str) -> tuple[tuple[int, ...], str]:
    """Return a sort key that orders as the generator's collator does."""
    return tuple(_RANK.get(c.lower(), len(_RANK) + ord(c)) for c in text), text.swapcase()


@lru_cache(maxsize=1024)
def bare(type_name: str) -> str:
    """Return a type without length and without a schema that is on the search path."""
    text = _TYPMOD.sub("", type_name).strip().replace('"', "")
    return text.removeprefix("public.").removeprefix("extensions.")


def catalogue_name(type_name: str) -> str:
    """Return the type's name in ``pg_type``; an array's begins with an underscore."""
    text = bare(type_name)
    if text.endswith("[]"):
        return "_" + catalogue_name(text.removesuffix("[]"))
    return _CATALOGUE.get(text, text)


@dataclass(frozen=True, slots=True)
class Known:
    """What a type's name can mean in a schema: an enumeration, or a row of a ``public`` table."""

    enums: frozenset[str]
    tables: Mapping[str, Table]

    def row(self, type_name: str) -> Table | None:
        """Return the table whose row type this is."""
        return self.tables.get(bare(type_name))


def known(schema: Schema) -> Known:
    """Return what a type's name can mean in a schema."""
    tables = {t.ref.name: t for t in schema.tables if t.ref.schema == "public"}
    return Known(frozenset(e.name for e in schema.enums), tables)


def typescript(names: Known, type_name: str) -> str:
    """Return the TypeScript type, unformatted."""
    name = bare(type_name)
    if name.endswith("[]"):
        return f"({typescript(names, name.removesuffix('[]'))})[]"
    builtin = _TYPESCRIPT.get(catalogue_name(name))
    if builtin is not None:
        return builtin
    if name in names.enums:
        return f"Database[\"public\"]['Enums'][{quoted(name)}]"
    return f"{relation(name)}['Row']" if names.row(name) else "unknown"


def relation(table: str) -> str:
    """Return how a table's types are reached."""
    return f"Database[\"public\"]['Tables'][{quoted(table)}]"


def nullable(text: str, is_nullable: bool) -> str:
    """Return the type with null where a value may be missing."""
    if text == "Json" and not is_nullable:
        return "NonNullable<Json>"
    return f"{text} | null" if is_nullable and text != "unknown" else text


def column_type(names: Known, table: Table, column: Column) -> str:
    """Return the type of a column's values."""
    name = column.type
    if column.enum is not None:
        name = column.enum + ("[]" if column.type.endswith("[]") else "")
    return nullable(typescript(names, name), not required(table, column))


def required(table: Table, column: Column) -> bool:
    """Tell whether the column refuses null; a primary key always does."""
    return column.not_null or column.name in table.primary_key
