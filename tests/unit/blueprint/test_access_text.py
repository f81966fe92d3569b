"""Canonical text of access expressions."""

from __future__ import annotations

import pytest

from archwright.blueprint.access import parse, render
from archwright.diagnostics import Place


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  owner   or(member and  nobody)", "owner or member and nobody"),
        ("(owner or member) and public", "(owner or member) and public"),
        ("owner or (member or public)", "owner or (member or public)"),
        ("not(a=1)", "not a = 1"),
        ("not (a = 1 and owner)", "not (a = 1 and owner)"),
        ("a not in ('x',2)", "not a in ('x', 2)"),
        ("a = 'it''s'", "a = 'it''s'"),
        ("a=true or b=false", "a = true or b = false"),
        ("new.a is not null", "new.a is not null"),
        ("a < now and a >= b", "a < now and a >= b"),
        ("self( x )", "self(x)"),
        ("role(a,b)", "role(a, b)"),
        ("related(r, a.b) and related(r,a)", "related(r, a.b) and related(r, a)"),
        ("parent( a may update )", "parent(a may update)"),
        ("predicate(p,a, old.b) or predicate(q)", "predicate(p, a, old.b) or predicate(q)"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    expr, _ = parse(text, Place())
    assert expr is not None
    assert render(expr) == canonical
