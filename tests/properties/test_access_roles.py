"""Cutting a rule to a phase, a role or a row changes none of what it grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archwright.blueprint.access import (
    OPERATIONS,
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    parse,
    simplify,
)
from archwright.blueprint.access_ast import And, Expr, Not, Or
from archwright.diagnostics import Place
from archwright.proof.oracle import Persona, World, evaluate, update_parts
from archwright.proof.oracle_verdicts import privileged
from archwright.schema.policy_roles import (
    ClientRole,
    for_role,
    operation_roles,
    update_check,
    update_guard,
    update_using,
)


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


ATOMS = """public; member; nobody; owner; self(editor); self(gone); role(admin); role(chef)
    related(knows, owner); related(knows, editor); related(knows, gone); related(gone, owner)
    related(knows, up.owner); related(knows, up.editor); related(knows, up.gone)
    related(knows, far.owner); parent(up may select); parent(up may update); parent(up may delete)
    parent(far may select); predicate(calm, n); predicate(vip); predicate(unheard)
    predicate(calm, gone); n = 1; n > 1; n is null; n is not null; gone is null; gone is not null
    gone = 1; n in (1, 2)""".replace("\n", ";").split(";")
VERSIONED = ["old.n = 1", "new.n = 1", "old.n = new.n", "old.n < n", "self(old.editor)"]


def rules(texts: list[str]) -> st.SearchStrategy[Expr]:
    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(And, several) | st.builds(Or, several)

    return st.recursive(st.sampled_from([read(t.strip()) for t in texts]), grow, max_leaves=6)


PLAIN, UPDATES = rules(ATOMS), rules([*ATOMS, *VERSIONED])
COLUMNS = {"id": "integer", "author": "uuid", "editor": "uuid", "n": "integer", "up": "integer"}
KEYS = {"up": ForeignKey("tops"), "far": ForeignKey("nowhere")}
PEOPLE = [None, "ann", "bob"]
PERSONAS = [Persona(), Persona("ann"), Persona("bob", frozenset({"admin", "chef"}))]
ROW = st.fixed_dictionaries(
    {
        "id": st.just(0),
        "author": st.sampled_from(PEOPLE),
        "editor": st.sampled_from(PEOPLE),
        "n": st.sampled_from([None, 1, 2]),
        "up": st.sampled_from([None, 7, 8]),
    }
)
TOPS = {
    7: {"id": 7, "author": "ann", "editor": "bob", "n": 1, "up": None},
    8: {"id": 8, "author": None, "editor": "ann", "n": None, "up": 7},
}


def scope_of(things: dict[str, Expr], tops: dict[str, Expr]) -> Scope:
    def table(name: str, given: dict[str, Expr]) -> TableAccess:
        base = TableAccess(name, COLUMNS, owner="author", foreign_keys=KEYS)
        return replace(base, **given)  # type: ignore[arg-type]

    return Scope(
        {
            "things": table("things", things),
            "tops": table("tops", tops),
            "links": TableAccess("links", {"a": "uuid", "b": "uuid"}),
        },
        {
            "knows": Relation("knows", "links", "a", "b"),
            "gone": Relation("gone", "nowhere", "a", "b"),
        },
        {"calm": PredicateRule("calm", 1, anonymous=True), "vip": PredicateRule("vip")},
        frozenset({"admin"}),
    )


SCOPES = st.builds(
    scope_of,
    st.fixed_dictionaries(
        {
            "select": PLAIN,
            "insert": PLAIN,
            "update": UPDATES,
            "update_check": PLAIN,
            "delete": PLAIN,
        }
    ),
    st.fixed_dictionaries({"select": PLAIN, "update": UPDATES, "delete": PLAIN}),
)


def world(scope: Scope) -> World:
    truths: dict[str, Any] = {
        "calm": lambda _, values: None if values[0] is None else values[0] < 2,
        "vip": lambda persona, _: persona.user == "ann",
    }
    links = {1: {"a": "ann", "b": "bob"}, 2: {"a": "ann", "b": None}}
    rows: Any = {"tops": TOPS, "links": links}
    return World(scope, rows, datetime(2026, 1, 1, tzinfo=UTC), truths)


@given(SCOPES, ROW, st.sampled_from(PERSONAS))
def test_a_rule_cut_to_phase_and_role_grants_the_same(
    scope: Scope, row: dict[str, Any], persona: Persona
) -> None:
    here = world(scope)
    role: ClientRole = "anon" if persona.user is None else "authenticated"
    for operation in ("select", "insert", "delete"):
        rule = scope.tables["things"].rule(operation)
        granted = evaluate(rule, here, persona, "things", row) is True
        for cut in (simplify(rule, scope.known("things")), for_role(rule, role, scope, "things")):
            assert (evaluate(cut, here, persona, "things", row) is True) == granted


@given(SCOPES, ROW, ROW, st.sampled_from(PERSONAS))
def test_the_parts_of_an_update_rule_grant_what_the_rule_does(
    scope: Scope, old: dict[str, Any], new: dict[str, Any], persona: Persona
) -> None:
    here, table = world(scope), scope.tables["things"]
    reach, leave = update_parts(here, persona, "things", old, new)
    using = evaluate(update_using(table), here, persona, "things", old)
    check = evaluate(update_check(table), here, persona, "things", new)
    guard = update_guard(table)
    kept = guard is None or evaluate(guard, here, persona, "things", new, old, new) is True
    assert (using is True) == (reach is True)
    assert (using is True and check is True and kept) == (reach is True and leave is True)


@given(SCOPES)
def test_compiler_and_oracle_agree_on_who_needs_a_privilege(scope: Scope) -> None:
    for table in ("things", "tops"):
        for operation in OPERATIONS:
            roles = operation_roles(scope, table, operation)
            assert ("anon" in roles) == privileged(scope, Persona(), table, operation)
            assert ("authenticated" in roles) == privileged(scope, PERSONAS[1], table, operation)
