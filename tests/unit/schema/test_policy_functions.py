"""Functions that access rules call, and the guard of update rules."""

from __future__ import annotations

import pglast

from archwright.blueprint.access import ForeignKey, Relation, Scope, TableAccess, parse
from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.schema.model import Function
from archwright.schema.policy_functions import called_rows, guard, row_functions


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


def scope(**rules: str) -> Scope:
    folders = TableAccess(
        "folders",
        {"id": "uuid", "owner_id": "uuid", "parent_id": "uuid", "state": "text"},
        owner="owner_id",
        foreign_keys={"parent_id": ForeignKey("folders")},
        **{key: read(text) for key, text in rules.items()},  # type: ignore[arg-type]
    )
    follows = TableAccess("follows", {"a": "uuid", "b": "uuid", "state": "text"}, schema="private")
    return Scope({"folders": folders, "follows": follows}, {"knows": KNOWS})


KNOWS = Relation("knows", "follows", "a", "b")


def _rows(of: Scope) -> tuple[Function, ...]:
    return row_functions(of, [called_rows(of, table) for table in of.tables])


def test_rules_without_a_circle_need_no_function() -> None:
    assert _rows(scope(select="owner", update="owner")) == ()


def test_the_functions_of_circular_rules() -> None:
    found = _rows(
        scope(
            select="owner or state = 'open' or parent(parent_id may select)",
            update="owner or parent(parent_id may update)",
            delete="related(knows, parent_id.owner)",
        )
    )
    assert [(f.ref.name, f.callers) for f in found] == [
        ("may_select_folders", ("anon", "authenticated")),
        ("knows_of_folders_owner_id", ("authenticated",)),
        ("may_update_folders", ("authenticated",)),
    ]
    assert "then private.knows_has(target.owner_id)\n" in found[1].sql
    assert "target.owner_id in (select private.knows_ids())\n" in found[1].sql
    assert "private.may_update_folders(target.parent_id)" in found[2].sql
    for function in found:
        assert function.signature.endswith("(uuid)")
        assert "security invoker" in function.sql
        pglast.parse_sql(function.sql)


def test_functions_that_functions_call_are_there_too() -> None:
    found = _rows(
        scope(
            select="public",
            update="parent(parent_id may delete)",
            delete="state = 'a' or parent(parent_id may select)",
        )
    )
    assert [(f.ref.name, f.callers) for f in found] == [
        ("anon_delete_folders", ("anon",)),
        ("may_delete_folders", ("authenticated",)),
        ("may_select_folders", ("anon", "authenticated")),
    ]


def test_no_guard_where_policies_say_it_all() -> None:
    assert guard(scope(update="owner and new.state = 'a'"), "folders") is None
    assert guard(scope(update="nobody and old.state = new.state"), "folders") is None


def test_the_guard_checks_what_ties_the_rows_by_role() -> None:
    found = guard(scope(update="(owner or state = 'wiki') and old.state = new.state"), "folders")
    assert found is not None
    function, trigger = found
    assert trigger.sql == (
        "create trigger folders_update_guard\n  before update on public.folders\n"
        "  for each row execute function private.guard_folders_update()"
    )
    assert function.callers == ()
    assert function.sql.count("old.state = new.state") == 2
    assert "current_user = 'anon'" in function.sql
    assert "current_user = 'authenticated'" in function.sql
    assert "owner_id" not in function.sql
    assert "errcode = '42501'" in function.sql
    pglast.parse_sql(function.sql)
    pglast.parse_sql(trigger.sql)
