"""Splits an access expression into tokens; hostile text ends in a fault, never in a traceback."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MAX_LENGTH = 2000
MAX_NAME = 63  # bytes of a PostgreSQL identifier

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<name>[a-z_][a-z0-9_]*)"
    r"|(?P<integer>-?[0-9]+)"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<symbol><=|>=|!=|[=<>(),.])"
)


class Kind(StrEnum):
    """What a token is."""

    NAME = "name"
    INTEGER = "integer"
    TEXT = "text"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``value`` is unquoted for text; ``at`` counts characters from 0."""

    kind: Kind
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and at which character from 0."""

    code: str
    message: str
    at: int
    hint: str = ""


def tokenize(text: str) -> list[Token] | Fault:
    """Return the tokens with an END token last, or the first fault."""
    if len(text) > MAX_LENGTH:
        return Fault(
            "AW-2102",
            f"the access expression has {len(text)} characters; {MAX_LENGTH} are allowed",
            0,
            "move a part of it into a named relation or predicate",
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return _strange(text, at)
        kind, value = str(found.lastgroup), found.group()
        if kind != "space":
            token = _token(kind, value, at)
            if isinstance(token, Fault):
                return token
            tokens.append(token)
        at = found.end()
    return [*tokens, Token(Kind.END, "", len(text))]


def _token(kind: str, value: str, at: int) -> Token | Fault:
    if kind == "text":
        inner = value[1:-1].replace("''", "'")
        bad = next((c for c in inner if unicodedata.category(c) in ("Cc", "Cs")), None)
        if bad is not None:
            return Fault("AW-2104", f"a text literal holds the character {bad!a}", at)
        return Token(Kind.TEXT, inner, at)
    if kind == "name" and len(value) > MAX_NAME:
        return Fault("AW-2104", f"a name has {len(value)} characters; {MAX_NAME} are allowed", at)
    if kind == "integer" and not -(2**63) <= _integer(value) < 2**63:
        return Fault("AW-2112", "a number is larger than the database can hold", at)
    return Token(Kind(kind), value, at)


def _integer(value: str) -> int:
    return int(value) if len(value) <= 20 else 2**63


def _strange(text: str, at: int) -> Fault:
    sign = text[at]
    if sign == "'":
        return Fault("AW-2105", "a text literal is not closed", at, "end it with a single quote")
    if sign == '"':
        hint = "put texts in single quotes; names need none"
    elif sign.isascii() and sign.isupper():
        hint = "names and words are written in lower case"
    else:
        hint = "names are a-z, 0-9 and _; texts stand in single quotes"
    return Fault("AW-2104", f"the character {sign!a} has no meaning here", at, hint)
