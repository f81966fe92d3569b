"""What the declared rules mean, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from archwright.blueprint.access import (
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    parse,
)
from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.proof.oracle import Persona, World, evaluate, update_parts, withheld

ANN, BOB, CAT = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abc")
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


FOLLOWS: dict[Any, dict[str, Any]] = {
    1: {"a": ANN, "b": BOB, "state": "accepted"},
    2: {"a": UUID(ANN), "b": CAT, "state": "asked"},
    3: {"a": ANN, "b": None, "state": "accepted"},
    4: {"a": CAT, "b": ANN, "state": None},
}
ALBUMS: dict[Any, dict[str, Any]] = {
    "x": {"id": "x", "owner_id": ANN, "open": True, "up": None},
    "y": {"id": "y", "owner_id": BOB, "open": False, "up": "x"},
    "z": {"id": "z", "owner_id": BOB, "open": False, "up": "z"},
}
SCOPE = Scope(
    tables={
        "follows": TableAccess("follows", {"a": "uuid", "b": "uuid", "state": "text"}),
        "albums": TableAccess(
            "albums",
            {"id": "text", "owner_id": "uuid", "open": "boolean", "up": "text"},
            owner="owner_id",
            foreign_keys={"up": ForeignKey("albums")},
            select=read("owner or open = true or parent(up may select)"),
            update=read("owner and new.open = true"),
            delete=read("open = true"),
        ),
        "things": TableAccess(
            "things",
            {
                "author_id": "uuid",
                "album": "text",
                "lost": "text",
                "n": "integer",
                "m": "numeric",
                "word": "text",
                "tag": "extensions.citext",
                "on": "boolean",
                "at": "timestamptz",
                "day": "date",
            },
            owner="author_id",
            foreign_keys={"album": ForeignKey("albums"), "lost": ForeignKey("nowhere")},
        ),
    },
    relations={
        "knows": Relation("knows", "follows", "a", "b"),
        "follows": Relation("follows", "follows", "a", "b", read("state = 'accepted'")),
        "friends": Relation("friends", "follows", "a", "b", either=True),
        "gone": Relation("gone", "nowhere", "a", "b"),
    },
    predicates={"calm": PredicateRule("calm", 1, anonymous=True), "vip": PredicateRule("vip")},
    roles=frozenset({"admin"}),
)
WORLD = World(
    SCOPE,
    {"follows": FOLLOWS, "albums": ALBUMS},
    NOW,
    {
        "calm": lambda _, values: None if values[0] is None else values[0] < 5,
        "vip": lambda persona, _: persona.user == ANN,
    },
)
GUEST, ME, OTHER = Persona(), Persona(ANN), Persona(BOB)
ADMIN = Persona(CAT, frozenset({"admin", "chef"}))


def truth(text: str, persona: Persona = ME, **row: Any) -> bool | None:
    return evaluate(read(text), WORLD, persona, "things", row)


@pytest.mark.parametrize(
    ("text", "guest", "me"),
    [
        ("public", True, True),
        ("nobody", False, False),
        ("member", False, True),
        ("owner", None, True),
        ("not owner", None, False),
        ("self(author_id)", None, True),
        ("self(gone)", None, None),
        ("role(admin)", False, False),
        ("predicate(vip)", False, True),
        ("predicate(calm, n)", True, True),
        ("not predicate(calm, m)", None, None),
        ("predicate(calm, gone)", None, None),
        ("predicate(unheard)", False, False),
    ],
)
def test_atoms_about_the_caller(text: str, guest: bool | None, me: bool | None) -> None:
    assert truth(text, GUEST, author_id=ANN, n=1) is guest
    assert truth(text, ME, author_id=UUID(ANN), n=1) is me


def test_roles_must_be_held_and_declared() -> None:
    assert truth("role(admin)", ADMIN) is True
    assert truth("role(chef)", ADMIN) is False
    assert truth("role(chef, admin)", ADMIN) is True
    assert truth("role(admin)", Persona(None, frozenset({"admin"}))) is False


def test_roles_are_withheld_while_a_predicate_holds() -> None:
    rules = {
        "late": PredicateRule("late", withholds=frozenset({"roles"})),
        "away": PredicateRule("away", withholds=frozenset({"uploads"})),
    }
    scope = replace(SCOPE, predicates=rules)
    holding = {"late": lambda persona, _: persona == ADMIN, "away": lambda _, __: True}
    world = World(scope, {}, NOW, holding)
    other = Persona(BOB, frozenset({"admin"}))
    for persona, held in ((ADMIN, False), (other, True), (Persona(None, ADMIN.roles), False)):
        assert evaluate(read("role(admin)"), world, persona, "things", {}) is held
        assert evaluate(read("not role(admin)"), world, persona, "things", {}) is not held
    assert withheld(world, other, "uploads")
    assert not withheld(world, GUEST, "uploads")


def test_a_role_is_held_by_those_that_include_it() -> None:
    ranks = ("helper", "editor", "chief", "cook")
    inclusions = {"helper": ("editor", "nobody"), "editor": ("chief",), "chief": ("helper",)}
    scope = replace(SCOPE, roles=frozenset(ranks), inclusions=inclusions)
    world = replace(WORLD, scope=scope)
    for rank, expected in zip(ranks, (True, True, True, False), strict=True):
        persona = Persona(CAT, frozenset({rank}))
        assert evaluate(read("role(helper)"), world, persona, "things", {}) is expected
        assert evaluate(read("role(cook)"), world, persona, "things", {}) is (rank == "cook")
    lost = Persona(CAT, frozenset({"nobody"}))
    assert evaluate(read("role(helper)"), world, lost, "things", {}) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n = 3", True),
        ("n != 3", False),
        ("n < 3", False),
        ("n <= 3", True),
        ("n > 2", True),
        ("n >= 4", False),
        ("n = m", True),
        ("n in (1, 3)", True),
        ("n in (1, 2)", False),
        ("word in ('a', 'b')", None),
        ("word = 'a'", None),
        ("not word = 'a'", None),
        ("word is null", True),
        ("n is not null", True),
        ("gone is null", True),
        ("gone = 3", None),
        ("tag = 'Hello'", True),
        ("tag != 'HELLO'", False),
        ("tag in ('x', 'HELLO')", True),
        ("on = true", False),
        ("on != true", True),
        ("at < now", True),
        ("day < now", False),
        ("day = now", True),
        ("word = now", None),
    ],
)
def test_atoms_about_values(text: str, expected: bool | None) -> None:
    row = {"n": 3, "m": Decimal(3), "word": None, "tag": "hello", "on": False}
    at = datetime(2026, 4, 30, tzinfo=UTC)
    assert truth(text, ME, **row, at=at, day=date(2026, 5, 1)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("public and word = 'a'", None),
        ("nobody and word = 'a'", False),
        ("nobody or word = 'a'", None),
        ("public or word = 'a'", True),
        ("not (nobody or word = 'a')", None),
        ("not nobody and not (word = 'a' and nobody)", True),
    ],
)
def test_three_valued_logic(text: str, expected: bool | None) -> None:
    assert truth(text) is expected


def test_relations() -> None:
    assert truth("related(knows, owner)", author_id=BOB) is True
    assert truth("related(knows, author_id)", author_id=ANN) is False
    assert truth("related(follows, owner)", author_id=CAT) is False
    assert truth("related(knows, owner)", author_id=CAT) is True
    assert truth("related(knows, owner)", OTHER, author_id=ANN) is False
    assert truth("related(friends, owner)", OTHER, author_id=ANN) is True
    assert truth("related(gone, owner)", author_id=BOB) is False
    assert truth("related(unheard, owner)", author_id=BOB) is False
    assert truth("not related(knows, owner)", GUEST, author_id=BOB) is True


def test_nobody_is_related_to_nobody() -> None:
    for who in (ME, OTHER, GUEST):
        assert truth("related(knows, owner)", who, author_id=None) is False
        assert truth("not related(knows, owner)", who, author_id=None) is True
    assert truth("related(knows, gone)", OTHER) is None


def test_members_beyond_a_foreign_key() -> None:
    text = "related(knows, album.owner_id)"
    # Bob's album y is open to Ann, because she owns x, to which it belongs.
    assert truth(text, album="y") is True
    assert truth("related(knows, album.owner)", album="y") is True
    assert truth(text, album="x") is False
    assert truth(text, album="none such") is False
    assert truth(text, album=None) is False
    assert truth("related(knows, lost.owner_id)", lost="x") is False
    assert truth("related(knows, n.owner_id)", n=3) is False


def test_what_the_caller_cannot_see_is_no_evidence() -> None:
    hidden = {"w": {"id": "w", "owner_id": BOB, "open": False, "up": None}}
    world = replace(WORLD, rows={**WORLD.rows, "albums": hidden})
    for text, expected in (
        ("related(knows, album.owner)", False),
        ("not related(knows, album.owner)", True),
        ("parent(album may select)", False),
        ("parent(album may delete)", False),
    ):
        assert evaluate(read(text), world, ME, "things", {"album": "w"}) is expected


def test_parents() -> None:
    assert truth("parent(album may select)", GUEST, album="y") is True
    assert truth("parent(album may select)", album=None) is False
    assert truth("parent(lost may select)", lost="x") is False
    assert truth("parent(album may delete)", GUEST, album="x") is True
    assert truth("parent(album may delete)", album="y") is False
    # Only what the rule says of the old row counts: there is no new one.
    assert truth("parent(album may update)", OTHER, album="y") is True
    assert truth("parent(album may update)", ME, album="y") is False
    assert truth("parent(album may update)", GUEST, album="x") is False


def test_rows_in_a_circle_are_a_fault_of_the_fixture() -> None:
    with pytest.raises(ValueError, match="circle"):
        truth("parent(album may select)", ME, album="z")


def test_old_and_new_rows() -> None:
    def judged(text: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool | None:
        row = new if new is not None else old
        assert row is not None
        return evaluate(read(text), WORLD, ME, "things", row, old, new)

    assert judged("old.n < new.n", {"n": 1}, {"n": 2}) is True
    assert judged("old.n < n", {"n": 3}, {"n": 2}) is False
    # What speaks of a row that is not at hand is taken as granted, under `not` too.
    assert judged("old.n < new.n", {"n": 3}, None) is True
    assert judged("not old.n < new.n", {"n": 1}, None) is True
    assert judged("not new.n = 1", {"n": 1}, None) is True
    assert judged("new.n = 1", None, {"n": 2}) is False
    assert judged("predicate(calm, new.n)", None, {"n": 9}) is False


def test_an_update_must_reach_the_old_row_and_may_leave_the_new() -> None:
    table = replace(
        SCOPE.tables["things"],
        update=read("owner and (old.n = new.n or n = 7)"),
        update_check=read("word is not null"),
    )
    world = replace(WORLD, scope=replace(SCOPE, tables={**SCOPE.tables, "things": table}))

    def parts(old: dict[str, Any], new: dict[str, Any]) -> tuple[bool | None, bool | None]:
        return update_parts(world, ME, "things", old, new)

    mine = {"author_id": ANN, "n": 1, "word": "a"}
    assert parts(mine, mine) == (True, True)
    assert parts(mine, {**mine, "n": 2}) == (True, False)
    assert parts(mine, {**mine, "n": 7}) == (True, True)
    assert parts(mine, {**mine, "word": None}) == (True, False)
    assert parts(mine, {**mine, "author_id": BOB}) == (True, False)
    assert parts({**mine, "author_id": BOB}, mine) == (False, True)
