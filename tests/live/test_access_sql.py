"""The compiled policies on a real PostgreSQL against the oracle, for random rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archwright.blueprint.access import (
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    check,
    parse,
    render,
)
from archwright.blueprint.access_ast import And, Expr, Not, Or
from archwright.diagnostics import Place
from archwright.ports import Database
from archwright.proof import oracle
from archwright.proof.oracle import Persona, World
from archwright.proof.oracle_verdicts import (
    Verdict,
    may_delete,
    may_insert,
    may_select,
    may_update,
)
from archwright.schema import render as sql
from archwright.schema.policy_functions import called_rows, guard, relation_function, row_functions
from archwright.schema.policy_set import grants, policies

pytestmark = pytest.mark.live

ANN, BOB, CAT, DAN = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abcd")
ALBUM = [f"a0000000-0000-4000-8000-00000000000{n}" for n in range(4)]
VIDEO = [f"b0000000-0000-4000-8000-00000000000{n}" for n in range(9)]
PAST, FUTURE = (
    datetime.fromisoformat("2000-01-01T00:00+00:00"),
    datetime.fromisoformat("2990-01-01T00:00+00:00"),
)

SETUP = f"""
create schema private;
grant usage on schema private to anon, authenticated;
create type public.video_state as enum ('draft', 'ready');
create table public.follows (
  id integer primary key, follower_id uuid, followee_id uuid, state text
);
create table public.albums (
  id uuid primary key, owner_id uuid, parent_id uuid, open boolean, n integer
);
create table public.videos (
  id uuid primary key, author_id uuid, editor_id uuid, album_id uuid, state public.video_state,
  n integer, m integer, pinned boolean, at timestamptz, day date
);
alter table public.follows enable row level security;
alter table public.albums enable row level security;
alter table public.videos enable row level security;
create function private.has_role(name text) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select name = 'moderator' and (select auth.uid()) = '{CAT}' or false $$;
create function private.calm(n integer) returns boolean
  language sql stable as $$ select n < 5 $$;
create function private.vip() returns boolean
  language sql stable as $$ select nullif((select auth.uid()), '{BOB}') is null $$;
grant execute on function private.vip(), private.has_role(text) to authenticated;
grant execute on function private.calm(integer) to anon, authenticated;
"""

FOLLOWS: list[dict[str, Any]] = [
    {"id": 1, "follower_id": ANN, "followee_id": BOB, "state": "accepted"},
    {"id": 2, "follower_id": BOB, "followee_id": CAT, "state": "asked"},
    {"id": 3, "follower_id": CAT, "followee_id": ANN, "state": None},
    {"id": 4, "follower_id": BOB, "followee_id": None, "state": "accepted"},
    {"id": 5, "follower_id": CAT, "followee_id": BOB, "state": "accepted"},
]
ALBUMS: list[dict[str, Any]] = [
    {"id": ALBUM[0], "owner_id": ANN, "parent_id": None, "open": True, "n": 1},
    {"id": ALBUM[1], "owner_id": BOB, "parent_id": ALBUM[0], "open": False, "n": 9},
    {"id": ALBUM[2], "owner_id": None, "parent_id": ALBUM[1], "open": None, "n": None},
    {"id": ALBUM[3], "owner_id": CAT, "parent_id": VIDEO[0], "open": False, "n": 3},
]


def video(number: int, **given: Any) -> dict[str, Any]:
    return {
        "id": VIDEO[number],
        "author_id": None,
        "editor_id": None,
        "album_id": None,
        "state": None,
        "n": None,
        "m": None,
        "pinned": None,
        "at": None,
        "day": None,
        **given,
    }


VIDEOS = [
    video(0),
    video(1, author_id=ANN, album_id=ALBUM[0], state="ready", n=1, m=2, pinned=True, at=PAST),
    video(2, author_id=BOB, editor_id=ANN, album_id=ALBUM[1], state="draft", n=7, m=7, at=FUTURE),
    video(3, author_id=CAT, editor_id=CAT, album_id=ALBUM[2], state="ready", day=date(2000, 1, 1)),
    video(4, author_id=BOB, editor_id=DAN, album_id=ALBUM[3], state="ready", pinned=False),
    video(8, editor_id=BOB, album_id=ALBUM[0], n=4, m=5, pinned=False, day=date(2990, 1, 1)),
]
NEW_VIDEOS = [
    video(5, author_id=ANN, album_id=ALBUM[0], state="draft", n=1, m=0),
    video(6, author_id=BOB, editor_id=ANN, album_id=ALBUM[1], state="ready", pinned=True, n=9),
    video(7),
]
CHANGES: list[dict[str, Any]] = [
    {"state": "ready"},
    {"n": 8},
    {"author_id": CAT, "album_id": ALBUM[3]},
    {"pinned": None, "n": 2},
]
PERSONAS = {
    "anonymous": Persona(),
    "ann": Persona(ANN),
    "bob": Persona(BOB),
    "moderator": Persona(CAT, frozenset({"moderator"})),
    "stranger": Persona(DAN),
}
ROWS: dict[str, list[dict[str, Any]]] = {"follows": FOLLOWS, "albums": ALBUMS, "videos": VIDEOS}


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


BASE = Scope(
    tables={
        "follows": TableAccess(
            "follows",
            {"id": "integer", "follower_id": "uuid", "followee_id": "uuid", "state": "text"},
        ),
        "albums": TableAccess(
            "albums",
            {
                "id": "uuid",
                "owner_id": "uuid",
                "parent_id": "uuid",
                "open": "boolean",
                "n": "integer",
            },
            owner="owner_id",
            foreign_keys={"parent_id": ForeignKey("albums")},
        ),
        "videos": TableAccess(
            "videos",
            {
                "id": "uuid",
                "author_id": "uuid",
                "editor_id": "uuid",
                "album_id": "uuid",
                "state": "video_state",
                "n": "integer",
                "m": "integer",
                "pinned": "boolean",
                "at": "timestamptz",
                "day": "date",
            },
            owner="author_id",
            foreign_keys={"album_id": ForeignKey("albums")},
        ),
    },
    relations={
        "follows": Relation(
            "follows", "follows", "follower_id", "followee_id", read("state = 'accepted'")
        ),
        "friends": Relation("friends", "follows", "follower_id", "followee_id", either=True),
        "gone": Relation("gone", "blocks", "a", "b"),
    },
    predicates={
        "calm": PredicateRule("calm", 1, anonymous=True),
        "vip": PredicateRule("vip"),
    },
    roles=frozenset({"moderator", "admin"}),
    enums={"video_state": ("draft", "ready")},
)
TRUTHS = {
    "calm": lambda _, values: None if values[0] is None else values[0] < 5,
    "vip": lambda persona, _: persona.user == BOB,
}

COMMON = ["public", "member", "nobody", "owner", "role(moderator)", "role(admin, moderator)"]
ALBUM_ATOMS = [
    *COMMON,
    "self(owner_id)",
    "open = true",
    "open != true",
    "n > 2",
    "n is null",
    "parent_id is null",
    "related(friends, owner)",
    "related(follows, parent_id.owner)",
    "parent(parent_id may select)",
    "parent(parent_id may update)",
    "parent(parent_id may delete)",
    "predicate(calm, n)",
]
VIDEO_ATOMS = [
    *COMMON,
    "self(editor_id)",
    "related(follows, owner)",
    "related(friends, editor_id)",
    "related(friends, album_id.owner_id)",
    "related(gone, owner)",
    "parent(album_id may select)",
    "parent(album_id may update)",
    "parent(album_id may delete)",
    "predicate(calm, n)",
    "predicate(vip)",
    "state = 'ready'",
    "state != 'ready'",
    "state in ('ready', 'draft')",
    "pinned = true",
    "pinned = false",
    "n <= 4",
    "n in (1, 7)",
    "n < m",
    "at < now",
    "day >= now",
    "m is not null",
    "dropped is null",
    "dropped = 3",
]
UPDATE_ATOMS = [
    *VIDEO_ATOMS,
    "old.state = 'draft'",
    "new.state = 'ready'",
    "old.n < new.n",
    "self(old.author_id)",
    "new.pinned is null",
    "predicate(calm, new.n)",
]
ALBUM_UPDATE_ATOMS = [*ALBUM_ATOMS, "new.open = true", "old.n > 2"]


def rules(texts: list[str]) -> st.SearchStrategy[Expr]:
    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(And, several) | st.builds(Or, several)

    return st.recursive(st.sampled_from([read(t) for t in texts]), grow, max_leaves=5)


SCOPES = st.builds(
    lambda albums, videos: with_rules({"albums": albums, "videos": videos}),
    st.fixed_dictionaries(
        {
            "select": rules(ALBUM_ATOMS),
            "update": rules(ALBUM_UPDATE_ATOMS),
            "delete": rules(ALBUM_ATOMS),
        }
    ),
    st.fixed_dictionaries(
        {
            "select": rules(VIDEO_ATOMS),
            "insert": rules(VIDEO_ATOMS),
            "update": rules(UPDATE_ATOMS),
            "update_check": rules(VIDEO_ATOMS),
            "delete": rules(VIDEO_ATOMS),
        }
    ),
)


def with_rules(given: dict[str, dict[str, Any]]) -> Scope:
    tables = dict(BASE.tables)
    for name, chosen in given.items():
        tables[name] = replace(tables[name], **chosen)
    return replace(BASE, tables=tables)


@dataclass(frozen=True)
class Bench:
    """A database with the fixture rows, and the oracle's world of the same rows."""

    connection: psycopg.Connection[Any]

    def world(self, scope: Scope) -> World:
        found = self.connection.execute("select now()").fetchone()
        assert found is not None
        rows = {table: {row["id"]: row for row in listed} for table, listed in ROWS.items()}
        return World(scope, rows, found[0], TRUTHS)

    def apply(self, scope: Scope) -> list[str]:
        found = [
            sql.function(relation_function(r, scope))
            for r in scope.relations.values()
            if r.table in scope.tables
        ]
        called = [called_rows(scope, t) for t in scope.tables]
        found += [sql.function(f) for f in row_functions(scope, called)]
        for table in ("albums", "videos"):
            found += [sql.policy(p) for p in policies(scope, table)]
            found.append(sql.grants(grants(scope, table)))
            guarded = guard(scope, table)
            if guarded:
                found += [sql.function(guarded[0]), sql.trigger(guarded[1])]
        for statement in found:
            self.connection.execute(statement.encode())
        return found

    def ask(self, persona: Persona, statement: str, values: list[Any]) -> Verdict:
        """Run one statement as a persona and undo it; every error but 42501 is a defect."""
        role = "anon" if persona.user is None else "authenticated"
        claims = {} if persona.user is None else {"sub": persona.user, "role": role}
        try:
            with self.connection.transaction(force_rollback=True):
                self.connection.execute(
                    "select set_config('request.jwt.claims', %s, true), "
                    "set_config('role', %s, true)",
                    [json.dumps(claims), role],
                )
                done = self.connection.execute(statement.encode(), values).rowcount
        except psycopg.errors.InsufficientPrivilege:
            return Verdict.DENIED
        return Verdict.ALLOWED if done else Verdict.NO_ROWS

    def disagreements(self, scope: Scope) -> list[str]:
        world = self.world(scope)
        found = []
        for who, persona in PERSONAS.items():
            for what, statement, values, expected in _questions(world, persona):
                seen = self.ask(persona, statement, values)
                if seen is not expected:
                    found.append(f"{who} {what}: oracle {expected}, database {seen}")
        return found


def _questions(world: World, persona: Persona) -> Iterator[tuple[str, str, list[Any], Verdict]]:
    for table in ("albums", "videos"):
        for row in ROWS[table]:
            verdict = may_select(world, persona, table, row)
            yield f"select {table}", f"select from {table} where id = %s", [row["id"]], verdict
    for row in VIDEOS:
        verdict = may_delete(world, persona, "videos", row)
        yield "delete videos", "delete from videos where id = %s", [row["id"]], verdict
        for change in CHANGES:
            verdict = may_update(
                world, persona, "videos", row, {**row, **change}, frozenset(change)
            )
            sets = ", ".join(f"{column} = %s" for column in change)
            text = f"update videos set {sets} where id = %s"
            yield f"update videos {change}", text, [*change.values(), row["id"]], verdict
    for row in NEW_VIDEOS:
        marks = ", ".join(["%s"] * len(row))
        text = f"insert into videos ({', '.join(row)}) values ({marks})"
        verdict = may_insert(world, persona, "videos", row)
        yield "insert videos", text, list(row.values()), verdict
        verdict = may_insert(world, persona, "videos", row, returning=True)
        yield "insert returning", f"{text} returning id", list(row.values()), verdict


@pytest.fixture(scope="module")
def bench(database: Database) -> Iterator[Bench]:
    with database.scratch() as name, database.connect(name) as connection:
        connection.execute(SETUP.encode())
        for table, rows in ROWS.items():
            for row in rows:
                marks = ", ".join(["%s"] * len(row))
                text = f"insert into {table} values ({marks})"
                connection.execute(text.encode(), list(row.values()))
        connection.commit()
        yield Bench(connection)
        connection.rollback()


@given(SCOPES)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_policies_and_oracle_agree(bench: Bench, scope: Scope) -> None:
    with bench.connection.transaction(force_rollback=True):
        statements = bench.apply(scope)
        found = bench.disagreements(scope)
    shown = {
        n: [f"{o}: {render(t.rule(o))}" for o in ("select", "insert", "update", "delete")]
        for n, t in scope.tables.items()
    }
    assert found == [], f"{shown}\n" + "\n".join(statements)


TYPICAL = with_rules(
    {
        "albums": {
            "select": read("owner or open = true or parent(parent_id may select)"),
            "update": read("owner or parent(parent_id may update)"),
        },
        "videos": {
            "select": read(
                "owner or role(moderator) or state = 'ready' and not related(friends, editor_id)"
                " and (pinned = true or related(follows, owner) or parent(album_id may select))"
            ),
            "insert": read("owner and parent(album_id may update)"),
            "update": read("owner and (role(moderator) or old.state = new.state)"),
            "delete": read("owner or parent(album_id may update)"),
        },
    }
)

ANY_VIDEO = 'create policy "hole" on public.videos'
SQL_MUTANTS = {
    "a dropped policy": 'drop policy "members may select" on public.videos',
    "using (true)": f"{ANY_VIDEO} for select to authenticated using (true)",
    "a policy for the wrong member": (
        f"{ANY_VIDEO} for select to authenticated using (editor_id = (select auth.uid()))"
    ),
    "a policy for guests": f"{ANY_VIDEO} for select to anon using (state is null)",
    "a wide insert": f"{ANY_VIDEO} for insert to authenticated with check (true)",
    "a wide update": f"{ANY_VIDEO} for update to authenticated using (true) with check (true)",
    "a wide delete": f"{ANY_VIDEO} for delete to authenticated using (state = 'ready')",
    "a widened grant": "grant delete on public.videos to anon",
    "a withdrawn grant": "revoke insert on public.videos from authenticated",
    "row security off": "alter table public.albums disable row level security",
    "a dropped guard": "drop trigger videos_update_guard on public.videos",
    "a relation read backwards": """create or replace function private.follows_ids()
      returns setof uuid language sql stable security definer set search_path = ''
      as $$ select follower_id from public.follows where followee_id = (select auth.uid()) $$""",
    "a relation without its condition": """create or replace function private.friends_ids()
      returns setof uuid language sql stable security definer set search_path = ''
      as $$ select followee_id from public.follows where follower_id = (select auth.uid()) $$""",
}


def test_the_typical_rules_agree(bench: Bench) -> None:
    for name, table in TYPICAL.tables.items():
        for operation in ("select", "insert", "update", "delete"):
            assert check(table.rule(operation), TYPICAL, name, operation, Place()) == []
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL)
        assert bench.disagreements(TYPICAL) == []


@pytest.mark.parametrize("mutant", SQL_MUTANTS.values(), ids=list(SQL_MUTANTS))
def test_a_mutant_of_the_sql_is_noticed(bench: Bench, mutant: str) -> None:
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL)
        bench.connection.execute(mutant.encode())
        found = bench.disagreements(TYPICAL)
    assert found
    assert all("oracle" in line for line in found)


ORACLE_MUTANTS = {
    "unknown grants": ("_all", lambda values: all(v is not False for v in list(values))),
    "and for or": ("_any", lambda values: all(list(values))),
    "unknown is false": (
        "_compare",
        lambda left, op, right: (left == right) is (op == "="),
    ),
}


@pytest.mark.parametrize("mutant", ORACLE_MUTANTS.values(), ids=list(ORACLE_MUTANTS))
def test_a_mutant_of_the_oracle_is_noticed(
    bench: Bench, mutant: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL)
        monkeypatch.setattr(oracle, mutant[0], mutant[1])
        assert bench.disagreements(TYPICAL)
