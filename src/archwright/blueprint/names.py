"""What counts as a name: patterns, reserved words, lengths. Names are hostile until they match."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

MAX_IDENTIFIER_BYTES = 63

ENTITY = re.compile(r"[A-Z][A-Za-z0-9]{1,39}")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

# Words that PostgreSQL reserves, or TypeScript does, or that every emitted module already uses.
RESERVED_ENTITIES = frozenset(
    """Array Boolean Component Database Date Error Function Json Map Number Object Promise Record
    Request Response Session Set String Symbol Type User Window""".split()
)
RESERVED_SQL = frozenset(
    """all analyse analyze and any array as asc asymmetric authorization binary both case cast check
    collate collation column concurrently constraint create cross current_catalog current_date
    current_role current_schema current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign freeze from full grant group having ilike in
    initially inner intersect into is isnull join lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
    references returning right select session_user similar some symmetric system_user table
    tablesample then to trailing true union unique user using variadic verbose when where window
    with""".split()
)


def _entity(value: str) -> str:
    if not ENTITY.fullmatch(value):
        raise ValueError("an entity name is PascalCase, 2 to 40 ASCII letters and digits")
    if value in RESERVED_ENTITIES:
        raise ValueError(f"{value} is reserved; choose another name")
    return value


def _snake(value: str) -> str:
    if len(value) > 48 or not SNAKE.fullmatch(value):
        raise ValueError("expected snake_case, at most 48 ASCII characters")
    return value


def _identifier(value: str) -> str:
    if _snake(value) in RESERVED_SQL:
        raise ValueError(f"{value} is a reserved word of SQL; choose another name")
    return value


def _slug(value: str) -> str:
    if len(value) > 48 or not SLUG.fullmatch(value):
        raise ValueError("expected kebab-case, at most 48 ASCII characters")
    return value


def _text(value: str) -> str:
    if any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or ord(c) in _BIDI for c in value):
        raise ValueError("control characters are not allowed here")
    return value


# Characters that reorder text on screen and hide what a line really says.
_BIDI = frozenset({0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x2028})

EntityName = Annotated[str, AfterValidator(_entity)]
SnakeName = Annotated[str, AfterValidator(_snake)]
Identifier = Annotated[str, AfterValidator(_identifier)]
Slug = Annotated[str, AfterValidator(_slug)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(_text)]
Sentence = Annotated[str, StringConstraints(max_length=500), AfterValidator(_text)]
