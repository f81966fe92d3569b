"""The compiled policies on a real PostgreSQL against the oracle, for random rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archwright.blueprint.access import Scope, check, render
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
from archwright.schema.policy_functions import called_rows, guard, row_functions
from archwright.schema.policy_set import grants, policies
from archwright.schema.relation_functions import relation_functions
from subjects.albums import (
    CHANGES,
    NEW_VIDEOS,
    PERSONAS,
    ROWS,
    SCOPES,
    SETUP,
    TRUTHS,
    VIDEOS,
    read,
    with_rules,
)

pytestmark = pytest.mark.live


@dataclass(frozen=True)
class Bench:
    """A database with the fixture rows, and the oracle's world of the same rows."""

    connection: psycopg.Connection[Any]

    def world(self, scope: Scope) -> World:
        found = self.connection.execute("select now()").fetchone()
        assert found is not None
        rows = {table: {row["id"]: row for row in listed} for table, listed in ROWS.items()}
        return World(scope, rows, found[0], TRUTHS)

    def apply(self, scope: Scope, *, many: bool = False) -> list[str]:
        """Make what the rules become; with ``many`` everybody is related to too many to list."""
        found = [
            sql.function(function).replace("> 1000", ">= 0" if many else "> 1000")
            for r in scope.relations.values()
            if r.table in scope.tables
            for function in relation_functions(r, scope)
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


@given(SCOPES, st.booleans())
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_policies_and_oracle_agree(bench: Bench, scope: Scope, many: bool) -> None:
    with bench.connection.transaction(force_rollback=True):
        statements = bench.apply(scope, many=many)
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


@pytest.mark.parametrize("many", [False, True])
def test_the_typical_rules_agree(bench: Bench, many: bool) -> None:
    for name, table in TYPICAL.tables.items():
        for operation in ("select", "insert", "update", "delete"):
            assert check(table.rule(operation), TYPICAL, name, operation, Place()) == []
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL, many=many)
        assert bench.disagreements(TYPICAL) == []


def test_a_mutant_of_who_is_asked_row_by_row_is_noticed(bench: Bench) -> None:
    backwards = """create or replace function private.follows_has(member uuid)
      returns boolean language sql stable security definer set search_path = ''
      as $$ select exists (select from public.follows
        where followee_id = (select auth.uid()) and follower_id = $1) $$"""
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL)
        bench.connection.execute(backwards.encode())
        assert bench.disagreements(TYPICAL) == []  # few are listed
    with bench.connection.transaction(force_rollback=True):
        bench.apply(TYPICAL, many=True)
        bench.connection.execute(backwards.encode())
        assert bench.disagreements(TYPICAL)


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
