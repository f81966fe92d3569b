"""Parses the access language: ``not`` binds tighter than ``and``, ``and`` tighter than ``or``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from archwright.blueprint.access_ast import (
    OWNER,
    And,
    Boolean,
    Column,
    Compare,
    CompareOp,
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
    ParentAction,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
)
from archwright.blueprint.access_lexer import Fault, Kind, Token, tokenize
from archwright.diagnostics import Diagnostic, Place

MAX_DEPTH = 50
RESERVED = frozenset({"and", "or", "not", "in", "is", "null", "true", "false", "now"})

_WORDS: dict[str, Expr] = {
    "public": Public(),
    "member": Member(),
    "nobody": Nobody(),
    "owner": Owner(),
}
_OPERATORS: dict[str, CompareOp] = {
    "=": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
}
_ACTIONS: dict[str, ParentAction] = {"select": "select", "update": "update", "delete": "delete"}
_ATOMS = "public, member, nobody, owner, self, role, related, parent, predicate or a comparison"
_T = TypeVar("_T")


class _Stop(Exception):
    """Leaves the recursion with a fault; never crosses ``parse``."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def parse(text: str, place: Place) -> tuple[Expr | None, list[Diagnostic]]:
    """Parse one expression; on a mistake return None and a diagnostic (AW-2101 to AW-2112).

    The diagnostic's column counts from 1 inside ``text``, or from ``place.column`` where that is
    known.
    """
    found = _parsed(text)
    return (None, [_diagnostic(found, place)]) if isinstance(found, Fault) else (found, [])


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Expr | Fault:
    """Parse once per content; a fault knows its character but not its place."""
    tokens = tokenize(text)
    if isinstance(tokens, Fault):
        return tokens
    try:
        return _Parser(tokens).whole()
    except _Stop as stop:
        return stop.fault


def _diagnostic(fault: Fault, place: Place) -> Diagnostic:
    message = f"{fault.message} (at character {fault.at + 1})"
    where = replace(place, column=(place.column or 1) + fault.at)
    return Diagnostic(fault.code, message, where, fault.hint)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    def whole(self) -> Expr:
        if self.peek().kind is Kind.END:
            raise _Stop(Fault("AW-2101", "the access expression is empty", 0, "write `nobody`"))
        expr = self.any_of()
        if self.at_symbol(")"):
            raise self.stop("AW-2107", "a closing parenthesis has no opening one")
        if self.peek().kind is not Kind.END:
            raise self.stop("AW-2106", f"expected `and`, `or` or the end, not {self.shown()}")
        return expr

    def any_of(self) -> Expr:
        items = self.chain("or", self.all_of)
        return items[0] if len(items) == 1 else Or(items)

    def all_of(self) -> Expr:
        items = self.chain("and", self.negation)
        return items[0] if len(items) == 1 else And(items)

    def chain(self, word: str, part: Callable[[], Expr]) -> tuple[Expr, ...]:
        items = [part()]
        while self.take_word(word):
            items.append(part())
        return tuple(items)

    def negation(self) -> Expr:
        if self.take_word("not"):
            return Not(self.deeper(self.negation))
        if self.at_symbol("("):
            opening = self.next()
            expr = self.deeper(self.any_of)
            self.close(opening)
            return expr
        return self.atom()

    def deeper(self, part: Callable[[], Expr]) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.stop("AW-2103", f"the expression is nested more than {MAX_DEPTH} deep")
        expr = part()
        self.depth -= 1
        return expr

    def atom(self) -> Expr:
        token = self.peek()
        if token.kind is not Kind.NAME or token.value in RESERVED:
            raise self.stop("AW-2106", f"expected {_ATOMS}, not {self.shown()}")
        following = self.tokens[self.position + 1]
        if following.kind is Kind.SYMBOL and following.value == "(":
            return self.call()
        # A word may also be a column (`role = 'x'`, `public = true`): what follows decides.
        if token.value in _WORDS and not _compares(following):
            return _WORDS[self.next().value]
        return self.comparison()

    def call(self) -> Expr:
        name, opening = self.next(), self.next()
        parsers: dict[str, Callable[[], Expr]] = {
            "self": lambda: Self(self.column()),
            "role": lambda: HasRole(self.listed(self.name)),
            "related": self.related,
            "parent": self.parent,
            "predicate": self.predicate,
        }
        if name.value not in parsers:
            raise self.stop(
                "AW-2108",
                f"`{name.value}(...)` is not known",
                name,
                "a pack's own test is written predicate(name)",
            )
        expr = parsers[name.value]()
        self.close(opening)
        return expr

    def related(self) -> Expr:
        relation = self.name()
        self.symbol(",", "a comma and the path to the member")
        first = self.name()
        if not self.take_symbol("."):
            return Related(relation, Path(first))
        if first == OWNER:
            raise self.stop("AW-2110", "`owner` points at a member, a path cannot go on from there")
        second = self.name()
        if self.at_symbol("."):
            raise self.stop(
                "AW-2110", "a path has at most one hop", hint="declare the rest as a relation"
            )
        return Related(relation, Path(second, hop=first))

    def parent(self) -> Expr:
        column = self.name()
        if not self.take_word("may"):
            raise self.stop("AW-2106", f"expected `may` after parent({column}, not {self.shown()}")
        token = self.peek()
        if token.kind is not Kind.NAME or token.value not in _ACTIONS:
            raise self.stop("AW-2111", f"expected select, update or delete, not {self.shown()}")
        return Parent(column, _ACTIONS[self.next().value])

    def predicate(self) -> Expr:
        name = self.name()
        arguments = self.listed(self.column) if self.take_symbol(",") else ()
        return Predicate(name, arguments)

    def comparison(self) -> Expr:
        start = self.peek()
        column = self.column()
        if self.take_word("is"):
            negated = self.take_word("not")
            if not self.take_word("null"):
                raise self.stop("AW-2106", f"expected `null` after `is`, not {self.shown()}")
            return IsNull(column, negated)
        negated = self.take_word("not")
        if self.take_word("in"):
            opening = self.symbol("(", "a list in parentheses after `in`")
            one_of = OneOf(column, self.listed(self.listed_value))
            self.close(opening)
            return Not(one_of) if negated else one_of
        token = self.peek()
        if negated or token.kind is not Kind.SYMBOL or token.value not in _OPERATORS:
            raise self.stop(
                "AW-2109",
                f"`{column.name}` is not a complete condition",
                start,
                f"compare it, for example `{column.name} = true` or `{column.name} is not null`",
            )
        return Compare(column, _OPERATORS[self.next().value], self.operand())

    def operand(self) -> Text | Integer | Boolean | Now | Column:
        token = self.peek()
        if token.kind is Kind.TEXT:
            return Text(self.next().value)
        if token.kind is Kind.INTEGER:
            return Integer(int(self.next().value))
        if token.kind is Kind.NAME:
            if token.value in ("true", "false"):
                return Boolean(self.next().value == "true")
            if self.take_word("now"):
                return Now()
            if token.value == "null":
                raise self.stop("AW-2110", "nothing equals null", hint="write `is null`")
            return self.column()
        raise self.stop("AW-2106", f"expected a value or a column, not {self.shown()}")

    def listed_value(self) -> Text | Integer:
        token = self.peek()
        if token.kind is Kind.TEXT:
            return Text(self.next().value)
        if token.kind is Kind.INTEGER:
            return Integer(int(self.next().value))
        raise self.stop("AW-2110", f"a list holds texts or whole numbers, not {self.shown()}")

    def column(self) -> Column:
        name = self.name()
        if not self.take_symbol("."):
            return Column(name)
        if name == "old":
            return Column(self.name(), "old")
        if name == "new":
            return Column(self.name(), "new")
        raise self.stop(
            "AW-2110", f"`{name}.` is not known here", hint="only old. and new. stand before a name"
        )

    def listed(self, part: Callable[[], _T]) -> tuple[_T, ...]:
        items = [part()]
        while self.take_symbol(","):
            items.append(part())
        return tuple(items)

    def name(self) -> str:
        token = self.peek()
        if token.kind is not Kind.NAME or token.value in RESERVED:
            raise self.stop("AW-2106", f"expected a name, not {self.shown()}")
        return self.next().value

    def close(self, opening: Token) -> None:
        if self.take_symbol(")"):
            return
        if self.peek().kind is Kind.END:
            raise self.stop("AW-2107", "a parenthesis is not closed", opening)
        raise self.stop("AW-2106", f"expected `)`, not {self.shown()}")

    def symbol(self, sign: str, what: str) -> Token:
        if not self.at_symbol(sign):
            raise self.stop("AW-2106", f"expected {what}, not {self.shown()}")
        return self.next()

    def peek(self) -> Token:
        return self.tokens[self.position]

    def next(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def at_symbol(self, sign: str) -> bool:
        token = self.peek()
        return token.kind is Kind.SYMBOL and token.value == sign

    def take_symbol(self, sign: str) -> bool:
        found = self.at_symbol(sign)
        self.position += found
        return found

    def take_word(self, word: str) -> bool:
        token = self.peek()
        found = token.kind is Kind.NAME and token.value == word
        self.position += found
        return found

    def shown(self) -> str:
        token = self.peek()
        if token.kind is Kind.END:
            return "the end"
        return f"`{token.value[:40]}`" if token.kind is not Kind.TEXT else "a text"

    def stop(self, code: str, message: str, token: Token | None = None, hint: str = "") -> _Stop:
        return _Stop(Fault(code, message, (token or self.peek()).at, hint))


def _compares(token: Token) -> bool:
    if token.kind is Kind.SYMBOL:
        return token.value in _OPERATORS
    return token.kind is Kind.NAME and token.value in ("in", "is", "not")
