"""The access language's text and tree are two forms of one thing, whatever the input."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.blueprint.access import conjoin, negate, parse, render, simplify
from archwright.blueprint.access_ast import (
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
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
)
from archwright.blueprint.access_lexer import MAX_LENGTH
from archwright.blueprint.access_parser import RESERVED
from archwright.diagnostics import Place

NAMES = st.one_of(
    st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True),
    st.sampled_from(["owner", "public", "role", "old", "new", "may", "self", "parent", "select"]),
).filter(lambda name: name not in RESERVED)
COLUMNS = st.builds(Column, NAMES, st.sampled_from(["", "old", "new"]))
TEXTS = st.builds(
    Text, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8) | st.just("'; --")
)
INTEGERS = st.builds(Integer, st.integers(-(2**63), 2**63 - 1))
OPERATORS: list[CompareOp] = ["=", "!=", "<", "<=", ">", ">="]
PATHS = st.builds(Path, NAMES) | st.builds(Path, NAMES, NAMES.filter(lambda n: n != "owner"))
ATOMS: st.SearchStrategy[Expr] = st.one_of(
    st.sampled_from([Public(), Member(), Nobody(), Owner()]),
    st.builds(Self, COLUMNS),
    st.builds(HasRole, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
    st.builds(Related, NAMES, PATHS),
    st.builds(Parent, NAMES, st.sampled_from(["select", "update", "delete"])),
    st.builds(Predicate, NAMES, st.lists(COLUMNS, max_size=2).map(tuple)),
    st.builds(
        Compare,
        COLUMNS,
        st.sampled_from(OPERATORS),
        st.one_of(TEXTS, INTEGERS, st.builds(Boolean, st.booleans()), st.just(Now()), COLUMNS),
    ),
    st.builds(OneOf, COLUMNS, st.lists(TEXTS | INTEGERS, min_size=1, max_size=3).map(tuple)),
    st.builds(IsNull, COLUMNS, st.booleans()),
)


def _grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, inner) | st.builds(And, several) | st.builds(Or, several)


EXPRESSIONS = st.recursive(ATOMS, _grow, max_leaves=12)


@given(EXPRESSIONS)
def test_text_and_tree_are_one(expr: Expr) -> None:
    text = render(expr)
    if len(text) > MAX_LENGTH:
        return
    assert parse(text, Place()) == (expr, [])


@given(st.text(max_size=60) | st.text("()'\"; .,=<>notadrwelbic\x00", max_size=60))
def test_no_text_ends_in_a_traceback(text: str) -> None:
    expr, found = parse(text, Place("x"))
    assert (expr is None) == bool(found)
    for diagnostic in found:
        assert diagnostic.code.startswith("AW-21")
        assert 1 <= diagnostic.place.column <= len(text) + 1
        str(diagnostic).encode()


@given(EXPRESSIONS)
@settings(max_examples=50)
def test_folding_is_done_in_one_go(expr: Expr) -> None:
    once = simplify(expr)
    assert simplify(once) == once
    assert simplify(negate(negate(expr))) == once
    assert conjoin(once, once) == once
