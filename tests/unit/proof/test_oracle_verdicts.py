"""How an operation ends, by the declared rules: done, done to no row, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from archwright.blueprint.access import Operation, Scope, TableAccess, parse
from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.proof.oracle import Persona, World
from archwright.proof.oracle_verdicts import (
    Verdict,
    may_delete,
    may_insert,
    may_select,
    may_update,
    may_use_column,
    privileged,
)

ANN, BOB = "ann", "bob"


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


NOTES = TableAccess(
    "notes",
    {"id": "integer", "author_id": "uuid", "body": "text", "likes": "integer", "state": "text"},
    owner="author_id",
    select=read("owner and state = 'kept' or state = 'ready'"),
    insert=read("owner"),
    update=read("owner and (new.state = 'ready' or state = 'kept' or state = 'lost')"),
    delete=read("owner"),
    readable=frozenset({"id", "author_id", "body", "state"}),
    insertable=frozenset({"id", "author_id", "body", "state"}),
    updatable=frozenset({"author_id", "body", "state"}),
)
MINE: dict[str, Any] = {"id": 1, "author_id": ANN, "body": "x", "state": "ready"}
HIDDEN = {**MINE, "state": "draft"}
GUEST, ME, OTHER, SERVICE = Persona(), Persona(ANN), Persona(BOB), Persona(service=True)


def world(table: TableAccess = NOTES) -> World:
    return World(Scope({"notes": table}), {}, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("persona", "column", "operations"),
    [
        (GUEST, "body", {"select"}),
        (GUEST, "likes", set()),
        (ME, "body", {"select", "insert", "update"}),
        (ME, "id", {"select", "insert"}),
        (ME, "likes", set()),
        (ME, "unheard", set()),
        (SERVICE, "likes", {"select", "insert", "update"}),
    ],
)
def test_columns_are_for_those_who_have_the_privilege(
    persona: Persona, column: str, operations: set[str]
) -> None:
    asked: tuple[Operation, ...] = ("select", "insert", "update")
    scope = Scope({"notes": NOTES})
    assert {o for o in asked if may_use_column(scope, persona, "notes", column, o)} == operations


def test_select() -> None:
    for persona in (GUEST, ME, OTHER, SERVICE):
        assert may_select(world(), persona, "notes", MINE) is Verdict.ALLOWED
    assert may_select(world(), ME, "notes", HIDDEN) is Verdict.NO_ROWS
    assert may_select(world(), SERVICE, "notes", HIDDEN) is Verdict.ALLOWED
    assert may_select(world(), ME, "notes", MINE, frozenset({"body"})) is Verdict.ALLOWED
    assert may_select(world(), ME, "notes", MINE, frozenset({"likes"})) is Verdict.DENIED
    members = world(replace(NOTES, select=read("member")))
    assert may_select(members, GUEST, "notes", MINE) is Verdict.DENIED
    assert may_select(members, OTHER, "notes", MINE) is Verdict.ALLOWED


def test_insert() -> None:
    assert may_insert(world(), ME, "notes", MINE) is Verdict.ALLOWED
    assert may_insert(world(), OTHER, "notes", MINE) is Verdict.DENIED
    assert may_insert(world(), GUEST, "notes", MINE) is Verdict.DENIED
    assert may_insert(world(), SERVICE, "notes", HIDDEN) is Verdict.ALLOWED
    assert may_insert(world(), ME, "notes", {**MINE, "likes": 9}) is Verdict.DENIED
    columns = frozenset({"author_id"})
    assert may_insert(world(), ME, "notes", {**MINE, "likes": 9}, columns) is Verdict.ALLOWED


def test_a_row_that_is_returned_must_be_visible() -> None:
    assert may_insert(world(), ME, "notes", HIDDEN) is Verdict.ALLOWED
    assert may_insert(world(), ME, "notes", HIDDEN, returning=True) is Verdict.DENIED
    assert may_insert(world(), ME, "notes", MINE, returning=True) is Verdict.ALLOWED


def test_update() -> None:
    def outcome(persona: Persona, old: dict[str, Any], **change: Any) -> Verdict:
        return may_update(world(), persona, "notes", old, {**old, **change})

    assert outcome(ME, MINE, body="y") is Verdict.ALLOWED
    assert outcome(SERVICE, HIDDEN, likes=3) is Verdict.ALLOWED
    assert outcome(OTHER, MINE, body="y") is Verdict.NO_ROWS
    assert outcome(ME, HIDDEN, state="ready") is Verdict.NO_ROWS
    assert outcome(ME, MINE, state="lost") is Verdict.DENIED  # it would vanish
    assert outcome(ME, MINE, state="kept") is Verdict.ALLOWED
    assert outcome(ME, MINE, state="draft") is Verdict.DENIED
    assert outcome(ME, MINE, author_id=BOB) is Verdict.DENIED
    assert outcome(ME, MINE, likes=3) is Verdict.DENIED
    assert outcome(GUEST, MINE, body="y") is Verdict.DENIED
    named = frozenset({"likes"})
    assert may_update(world(), ME, "notes", MINE, MINE, named) is Verdict.DENIED


def test_delete() -> None:
    assert may_delete(world(), ME, "notes", MINE) is Verdict.ALLOWED
    assert may_delete(world(), OTHER, "notes", MINE) is Verdict.NO_ROWS
    assert may_delete(world(), ME, "notes", HIDDEN) is Verdict.NO_ROWS
    assert may_delete(world(), GUEST, "notes", MINE) is Verdict.DENIED
    assert may_delete(world(), SERVICE, "notes", HIDDEN) is Verdict.ALLOWED


def test_naming_a_row_needs_the_right_to_read() -> None:
    blind = world(replace(NOTES, select=read("nobody")))
    assert may_delete(blind, ME, "notes", MINE) is Verdict.DENIED
    assert may_update(blind, ME, "notes", MINE, {**MINE, "body": "y"}) is Verdict.DENIED
    assert may_insert(blind, ME, "notes", MINE) is Verdict.ALLOWED
    assert may_insert(blind, ME, "notes", MINE, returning=True) is Verdict.DENIED


@pytest.mark.parametrize(
    ("operation", "change"),
    [
        ("select", {"readable": frozenset()}),
        ("insert", {"insertable": frozenset()}),
        ("update", {"updatable": frozenset()}),
        ("update", {"update": read("owner and new.state is null and nobody")}),
        ("update", {"update_check": read("nobody")}),
        ("delete", {"delete": read("role(unheard)")}),
    ],
)
def test_no_privilege_where_there_is_nothing_to_grant(
    operation: Operation, change: dict[str, Any]
) -> None:
    assert privileged(Scope({"notes": NOTES}), ME, "notes", operation)
    changed = Scope({"notes": replace(NOTES, **change)})
    assert not privileged(changed, ME, "notes", operation)
