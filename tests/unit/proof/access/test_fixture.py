"""The fixture world of the spike packs, without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.blueprint.access import parse
from archwright.diagnostics import Place
from archwright.proof.access.cast import make_cast
from archwright.proof.access.fixture import Fixture, make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import Meaning, judges, meanings
from archwright.proof.access.touched import touched
from archwright.proof.access.values import NOW
from archwright.proof.oracle import Persona, World, evaluate
from subjects.packed import BUILT_IN, GADGET, RECIPE, Packed, compiled

BOTH = ("Recipe", "Gadget")


@pytest.fixture(scope="module")
def packed() -> Packed:
    names = ("likes", "blocks", "reports", "ranking", "stock", "booking", "privacy")
    return compiled({"auth": (), "profiles": (), **dict.fromkeys(names, BOTH)}, [RECIPE, GADGET])


@pytest.fixture(scope="module")
def layout(packed: Packed) -> Layout:
    architecture = packed.architecture
    return Layout(architecture.schema, architecture.scope, meanings(packed.app, architecture.scope))


@pytest.fixture(scope="module")
def fixture(layout: Layout) -> Fixture:
    return make_fixture(layout)


def world(layout: Layout, fixture: Fixture) -> World:
    rows = {name: dict(enumerate(listed)) for name, listed in fixture.rows.items()}
    made = World(layout.scope, rows, NOW, judges(layout.meanings, lambda: made))
    return made


def test_the_cast_has_everybody_the_rules_speak_of(fixture: Fixture) -> None:
    assert [p.name for p in fixture.cast.players] == [
        "anonymous",
        "member",
        "owner",
        "blocked_with",
        "admin",
        "moderator",
        "service",
    ]
    assert len(fixture.cast.subjects) == 2  # one whose things are open, one whose are not
    assert len(set(fixture.cast.members)) == len(fixture.cast.members)


def test_the_same_world_every_time(layout: Layout, fixture: Fixture) -> None:
    again = make_fixture(layout)
    assert again.rows == fixture.rows
    assert again.cast == fixture.cast


def test_few_rows_and_no_key_twice(layout: Layout, fixture: Fixture) -> None:
    assert set(fixture.rows) == set(layout.tables)
    for name, rows in fixture.rows.items():
        assert 0 < len(rows) <= 40
        key = layout.tables[name].primary_key
        assert len({tuple(r.get(c) for c in key) for r in rows}) == len(rows)


def test_rows_tell_the_rules_cases_apart(layout: Layout, fixture: Fixture) -> None:
    """For each member and each select rule with a choice there is a row either way."""
    here = world(layout, fixture)
    for name in ("recipes", "recipe_bookings", "recipe_reservations", "reports", "recipe_likes"):
        for player in fixture.cast.players:
            if player.name not in {"member", "owner"}:
                continue
            rule = layout.scope.tables[name].select
            seen = {
                evaluate(rule, here, player.persona, name, row) is True
                for row in fixture.rows[name]
            }
            assert seen == {True, False}, (name, player.name)


def test_a_row_is_open_to_all_but_the_one_whom_a_condition_takes_out(
    layout: Layout, fixture: Fixture
) -> None:
    here = world(layout, fixture)
    rule = layout.scope.tables["recipes"].select
    players = {p.name: p.persona for p in fixture.cast.players}
    seen = [
        {n for n, p in players.items() if evaluate(rule, here, p, "recipes", row) is True}
        for row in fixture.rows["recipes"]
    ]
    assert any("member" in row and "blocked_with" not in row for row in seen)


def test_nobody_is_related_by_accident(layout: Layout, fixture: Fixture) -> None:
    named = {n: m for m, n in fixture.cast.names.items()}
    pairs = {(row["blocker_id"], row["blocked_id"]) for row in fixture.rows["blocks"]}
    cast = set(fixture.cast.asking) | set(fixture.cast.subjects)
    inside = {pair for pair in pairs if set(pair) <= cast}
    blocked = named["blocked_with"]
    assert inside == {(blocked, subject) for subject in fixture.cast.subjects}


def test_only_those_who_hold_a_role_have_its_row(fixture: Fixture) -> None:
    named = fixture.cast.names
    held = {(named[row["user_id"]], row["role"]) for row in fixture.rows["user_roles"]}
    assert held == {("admin", "admin"), ("moderator", "moderator")}


def test_members_are_known_by_key_and_by_rule(layout: Layout) -> None:
    assert layout.by_member == {"profiles": "id", "member_privacy": "user_id"}
    assert layout.is_member("recipes", "owner_id")
    assert layout.is_member("reports", "decided_by")
    assert not layout.is_member("recipe_likes", "recipe_id")
    assert layout.reference("recipe_likes", "recipe_id") == ("recipes", "id")
    assert layout.plain_key("recipe_stock") is None
    assert layout.plain_key("recipes") == "id"


def test_identity_is_the_key_where_a_client_may_read_it(layout: Layout) -> None:
    assert layout.identity("blocks") == ("blocker_id", "blocked_id")
    tables = dict(layout.scope.tables)
    tables["blocks"] = replace(tables["blocks"], readable=frozenset({"created_at"}))
    other = Layout(layout.schema, replace(layout.scope, tables=tables), layout.meanings)
    assert other.identity("blocks") == ("created_at",)


def test_tables_come_after_what_their_rules_read(layout: Layout) -> None:
    order = list(layout.order)
    assert order.index("recipes") < order.index("recipe_bookings")
    assert order.index("blocks") < order.index("recipes")
    assert order.index("member_privacy") < order.index("gadgets")


def test_predicates_mean_a_row_that_matches(layout: Layout, fixture: Fixture) -> None:
    assert isinstance(layout.meanings["open_member"], Meaning)
    here = world(layout, fixture)
    answers = {
        row["is_open"]: here.predicates["open_member"](Persona(), (row["user_id"],))
        for row in fixture.rows["member_privacy"]
    }
    assert answers == {True: True, False: False}
    assert here.predicates["open_member"](Persona(), (None,)) is False


def test_what_a_phase_touches(layout: Layout) -> None:
    assert touched(layout, None) == set(layout.tables)
    assert touched(layout, layout) == set()
    without = replace(
        layout.schema,
        functions=tuple(f for f in layout.schema.functions if f.ref.name != "has_role"),
    )
    before = Layout(without, layout.scope, layout.meanings)
    assert touched(layout, before) == set()  # a new helper alone changes no rule
    changed = tuple(
        replace(f, sql=f.sql + " ") if f.ref.name == "has_role" else f
        for f in layout.schema.functions
    )
    before = Layout(replace(layout.schema, functions=changed), layout.scope, layout.meanings)
    assert touched(layout, before) == set(layout.tables)


def test_a_relation_with_a_condition_has_someone_whom_it_refuses(packed: Packed) -> None:
    architecture = packed.architecture
    where, _ = parse("created_at < now", Place())
    relation = replace(architecture.scope.relations["blocked_with"], where=where, either=False)
    scope = replace(architecture.scope, relations={"blocked_with": relation})
    cast = make_cast(Layout(architecture.schema, scope, {}), 1)
    names = [p.name for p in cast.players]
    assert names[3:6] == ["blocked_with", "not yet blocked_with", "other end of blocked_with"]


def test_what_is_nobodys_any_more_is_there_for_all_to_see() -> None:
    """A comment of a deleted account stays; rules about its author must not hide it."""
    features = {"auth": (), "profiles": (), "videos": (), "comments": ("Video",)}
    packed = compiled({**features, "blocks": ("Video", "VideoComment")}, [], [BUILT_IN / "blocks"])
    architecture = packed.architecture
    layout = Layout(
        architecture.schema, architecture.scope, meanings(packed.app, architecture.scope)
    )
    made = make_fixture(layout)
    here, rule = world(layout, made), layout.scope.tables["video_comments"].select
    players = {p.name: p.persona for p in made.cast.players}
    seen = [
        {n for n, p in players.items() if evaluate(rule, here, p, "video_comments", row) is True}
        for row in made.rows["video_comments"]
        if row["author_id"] is None
    ]
    assert {"anonymous", "member", "owner", "admin"} <= set.union(*seen)
    assert any("member" not in names for names in seen)
