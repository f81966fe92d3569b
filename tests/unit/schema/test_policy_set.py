"""Policies and grants of whole tables."""

from __future__ import annotations

from dataclasses import replace

from archwright.blueprint.access import Scope, TableAccess, parse
from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.schema.model import Grant, Policy, Ref
from archwright.schema.policy_set import grants, policies


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


NOTES = TableAccess(
    "notes",
    {"id": "uuid", "author_id": "uuid", "body": "text", "likes": "bigint"},
    owner="author_id",
    select=read("owner or body is not null"),
    insert=read("owner"),
    update=read("owner and new.body is not null"),
    insertable=frozenset({"body", "author_id"}),
    updatable=frozenset({"body"}),
)
REF = Ref("public", "notes")
MINE = "author_id = (select auth.uid())"


def scope(table: TableAccess) -> Scope:
    return Scope({"notes": table})


def test_policies_by_operation_and_role() -> None:
    assert policies(scope(NOTES), "notes") == (
        Policy("guests may select", REF, "select", ("anon",), "body is not null"),
        Policy(
            "members may select", REF, "select", ("authenticated",), f"{MINE} or body is not null"
        ),
        Policy("members may insert", REF, "insert", ("authenticated",), None, MINE),
        Policy(
            "members may update",
            REF,
            "update",
            ("authenticated",),
            MINE,
            f"{MINE} and body is not null",
        ),
    )


def test_one_policy_where_guests_and_members_are_the_same() -> None:
    open_table = replace(NOTES, select=read("body is not null"))
    assert policies(scope(open_table), "notes")[0] == Policy(
        "anyone may select", REF, "select", ("anon", "authenticated"), "body is not null"
    )


def test_what_the_phase_lacks_leaves_the_policy() -> None:
    early = replace(NOTES, select=read("related(follows, owner) or role(admin) or owner"))
    assert [p.using for p in policies(scope(early), "notes") if p.command == "select"] == [MINE]


def test_grants_by_column() -> None:
    service = tuple(
        Grant(REF, "service_role", operation)
        for operation in ("select", "insert", "update", "delete")
    )
    assert grants(scope(NOTES), "notes") == (
        Grant(REF, "anon", "select"),
        Grant(REF, "authenticated", "select"),
        Grant(REF, "authenticated", "insert", ("author_id", "body")),
        Grant(REF, "authenticated", "update", ("body",)),
        *service,
    )
    shut = replace(NOTES, insertable=frozenset(), readable=frozenset({"id"}))
    assert grants(scope(shut), "notes") == (
        Grant(REF, "anon", "select", ("id",)),
        Grant(REF, "authenticated", "select", ("id",)),
        Grant(REF, "authenticated", "update", ("body",)),
        *service,
    )


def test_a_table_of_nobody_is_the_services_alone() -> None:
    private = Scope({"logs": TableAccess("logs", {"id": "uuid"}, schema="private")})
    assert policies(private, "logs") == ()
    assert {g.role for g in grants(private, "logs")} == {"service_role"}
    assert {str(g.table) for g in grants(private, "logs")} == {"private.logs"}
