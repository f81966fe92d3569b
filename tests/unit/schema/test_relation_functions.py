"""Who is related to the caller, as three functions."""

from __future__ import annotations

import pglast

from archwright.blueprint.access import Relation, Scope, TableAccess, parse
from archwright.blueprint.access_ast import Column, Compare, Expr, Text
from archwright.diagnostics import Place
from archwright.schema.model import Argument, Function
from archwright.schema.relation_functions import relation_functions

FOLLOWS = TableAccess("follows", {"a": "uuid", "b": "uuid", "state": "text"}, schema="private")
SCOPE = Scope({"follows": FOLLOWS}, {})
HEAD = "language sql\nstable\nsecurity definer\nset search_path = ''\nas $$\n"
MINE = "link.a = (select auth.uid()) and link.b is not null"


def of(where: Expr | None = None, *, either: bool = False) -> dict[str, Function]:
    relation = Relation("knows", "follows", "a", "b", where, either=either)
    found = {f.ref.name: f for f in relation_functions(relation, SCOPE)}
    assert list(found) == ["knows_has", "knows_ids", "knows_many"]
    assert {f.callers for f in found.values()} == {("authenticated",)}
    for function in found.values():
        assert len(pglast.parse_sql(function.sql)) == 1
    return found


def test_a_relation_lists_members_without_nulls() -> None:
    found = of()["knows_ids"]
    assert found.returns_set
    assert found.sql == (
        f"create or replace function private.knows_ids()\nreturns setof uuid\n{HEAD}"
        f"  select link.b\n  from private.follows link\n  where {MINE};\n$$"
    )


def test_a_relation_counts_no_further_than_it_must() -> None:
    found = of()["knows_many"]
    assert (found.returns, found.returns_set) == ("boolean", False)
    assert found.sql == (
        f"create or replace function private.knows_many()\nreturns boolean\n{HEAD}"
        "  select count(*) > 1000\n  from (\n    (\n      select\n"
        f"      from private.follows link\n      where {MINE}\n      limit 1001\n    )\n"
        "  ) links;\n$$"
    )


def test_a_relation_tells_of_one_member() -> None:
    found = of()["knows_has"]
    assert found.arguments == (Argument("member", "uuid"),)
    assert found.sql == (
        f"create or replace function private.knows_has(member uuid)\nreturns boolean\n{HEAD}"
        "  select\n    exists (\n      select\n      from private.follows link\n"
        f"      where {MINE}\n      and link.b = $1\n    );\n$$"
    )


def test_a_relation_in_both_directions_and_with_a_condition() -> None:
    where, _ = parse("state = 'accepted' or state = 'old friend of the family for ages'", Place())
    found = of(where, either=True)
    for function in found.values():
        assert function.sql.count("link.state = 'accepted'") == 2
    assert "\n  union\n" in found["knows_ids"].sql
    assert "select link.a\n" in found["knows_ids"].sql
    assert "\n    union all\n" in found["knows_many"].sql
    assert "and link.a = $1" in found["knows_has"].sql
    assert "and link.b = $1" in found["knows_has"].sql


def test_the_body_may_hold_dollar_quotes() -> None:
    for function in of(Compare(Column("state"), "=", Text("$$; drop table x; $x$"))).values():
        assert "as $xx$\n" in function.sql
