"""SQL fragments of manifests: each is what it claims to be, and nothing can be hidden behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pglast
from pglast.parser import ParseError, scan

_OPEN = frozenset({"ASCII_40", "ASCII_91"})
_CLOSE = frozenset({"ASCII_41", "ASCII_93"})
_COMMA, _SEMICOLON = "ASCII_44", "ASCII_59"
_COMMENTS = frozenset({"SQL_COMMENT", "C_COMMENT"})
_STATEMENTS = frozenset({"SELECT", "VALUES", "WITH", "TABLE"})


@lru_cache(maxsize=4096)
def expression_error(sql: str) -> str | None:
    """Say why ``sql`` is not one SQL expression; None where it is."""
    wrong = _contained(sql)
    if wrong:
        return wrong
    try:
        pglast.parse_sql(f"select ({sql}\n)")
    except ParseError as error:
        return str(error.args[0])
    return None


@lru_cache(maxsize=4096)
def index_column_error(sql: str) -> str | None:
    """Say why ``sql`` is not one index column (``created_at desc``, ``lower(title)``)."""
    wrong = _contained(sql)
    if wrong:
        return wrong
    try:
        pglast.parse_sql(f"create index i on t ({sql}\n)")
    except ParseError as error:
        return str(error.args[0])
    return None


def only_statement(sql: str) -> tuple[Any, str]:
    """Parse text that must be one statement: (its tree, the text without closing marks).

    Comments before and in the statement stay; what follows it goes. Raises ``ValueError`` that
    says what is wrong.
    """
    if "\x00" in sql:
        raise ValueError("not SQL: a character that text may not contain")
    try:
        statements = pglast.parse_sql(sql)
        tokens = [t for t in scan(sql) if t.name not in _COMMENTS]
    except ParseError as error:
        raise ValueError(f"not SQL: {error.args[0]}") from error
    if len(statements) != 1:
        raise ValueError(f"expected one statement, found {len(statements)}")
    while tokens[-1].name == _SEMICOLON:
        tokens.pop()
    return statements[0].stmt, sql[: tokens[-1].end + 1].lstrip()


def keyword_end(sql: str, *words: str) -> int | None:
    """Return where the first tokens ``words`` end, comments aside; None if sql begins otherwise."""
    tokens = [t for t in scan(sql) if t.name not in _COMMENTS][: len(words)]
    if [sql[t.start : t.end + 1].lower() for t in tokens] != list(words):
        return None
    return int(tokens[-1].end) + 1


def _contained(sql: str) -> str | None:
    """Say what in ``sql`` could reach beyond the brackets that it will stand in."""
    if "\x00" in sql:
        return "a character that text may not contain"
    try:
        found = next(_reaching(sql), None)
    except ParseError as error:
        return str(error.args[0])
    return found


def _reaching(sql: str) -> Iterator[str]:
    depth = 0
    tokens = scan(sql)
    if not tokens:
        yield "it is empty"
    for number, token in enumerate(tokens):
        if token.name in _COMMENTS or token.name == _SEMICOLON:
            yield "an expression has no comment and no semicolon"
        if token.name == "PARAM":
            yield "an expression has no parameter"
        if token.name in _STATEMENTS and number == 0:
            yield "a query stands in brackets"
        if token.name == _COMMA and depth == 0:
            yield "expected one expression"
        depth += (token.name in _OPEN) - (token.name in _CLOSE)
        if depth < 0:
            yield "a bracket is closed that was not opened"
    if depth:
        yield "a bracket is not closed"
