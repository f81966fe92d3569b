"""The access matrix on compiled apps: green as they are, red for every way to break their SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from archwright.blueprint.access_ast import Nobody, Public
from archwright.blueprint.access_scope import OPERATIONS
from archwright.diagnostics import Diagnostic
from archwright.ports import Database
from archwright.proof.access.bench import Bench, open_bench
from archwright.proof.access.columns import column_breaches
from archwright.proof.access.fixture import Fixture, make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.matrix import run_matrix
from archwright.proof.access.predicates import meanings
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.gate import Evidence
from subjects.migrated import Migrated
from subjects.mutants import Mutant, grant_mutants, policy_mutants, row_security_mutants
from subjects.packed import RECIPE, compiled, migrate

pytestmark = pytest.mark.live

FEATURES = {
    "auth": (),
    "profiles": (),
    "likes": ("Recipe",),
    "blocks": ("Recipe",),
    "reports": ("Recipe",),
    "ranking": ("Recipe",),
    "stock": ("Recipe",),
    "booking": ("Recipe",),
}


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled(FEATURES, [RECIPE])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def errors(evidence: Evidence) -> list[Diagnostic]:
    """Return what a gate found, but for the notes on what triggers refuse on purpose."""
    return [d for d in evidence.diagnostics if d.severity != "note"]


def test_the_app_does_what_it_declares(app: Migrated) -> None:
    evidence = app.check()
    assert errors(evidence) == []
    assert evidence.passed
    facts: Any = evidence.facts
    assert facts["personas"] == [
        "anonymous",
        "member",
        "owner",
        "blocked_with",
        "admin",
        "moderator",
        "service",
    ]
    cells = {(c["persona"], c["table"], c["operation"]): c for c in facts["cells"]}
    buckets = app.packed.architecture.schema.buckets
    assert len(cells) == 7 * 4 * (facts["tables"] + len(buckets))
    assert all(c["wrong"] == 0 for c in cells.values())
    assert max(facts["rows"].values()) <= 40
    told = cells["blocked_with", "recipes", "select"]
    assert (told["allowed"] > 0, told["no_rows"] > 0, told["denied"]) == (True, True, 0)
    # Other members see listed recipes of strangers, a blocked member does not.
    assert cells["member", "recipes", "select"]["allowed"] > told["allowed"]
    assert cells["anonymous", "reports", "select"]["denied"] > 0


POLICY = 'policy "members may {}" on public.'
BROKEN = {
    "a dropped policy": (
        "drop " + POLICY.format("delete") + "recipes",
        "owner: delete on recipes",
        "expected allowed, got no rows",
    ),
    "using (true)": (
        "alter " + POLICY.format("select") + "reports using (true)",
        "member: select on reports, row with reporter_id = owner",
        "expected no rows, got allowed",
    ),
    "a widened grant": (
        "grant update on public.reports to anon",
        "anonymous: update on reports (without naming rows)",
        "expected denied, got 0 rows",
    ),
    "the wrong member reads": (
        "create policy wrong on public.blocks for select to authenticated "
        "using (blocked_id = (select auth.uid()))",
        "owner: select on blocks, row with blocker_id = blocked_with",
        "expected no rows, got allowed",
    ),
    "row-level security off": (
        "alter table public.recipe_likes disable row level security",
        "member: select on recipe_likes, row with user_id = owner",
        "expected no rows, got allowed",
    ),
    "with check dropped": (
        "alter " + POLICY.format("insert") + "recipe_bookings with check (true)",
        "owner: insert on recipe_bookings, row with user_id = owner",
        "expected denied, got allowed",
    ),
    "everybody may delete what they cannot see": (
        "alter " + POLICY.format("delete") + "blocks using (true)",
        "member: delete on blocks (without naming rows)",
        "expected 1 rows, got 13 rows",
    ),
    "a relation with everybody": (
        "create or replace function private.blocked_with_ids() returns setof uuid "
        "language sql stable security definer set search_path = '' "
        "as $$ select id from public.profiles $$",
        "member: select on recipes, row with owner_id = owner",
        "expected allowed, got no rows",
    ),
    "a role for everybody": (
        "create or replace function private.has_role(p_role text) returns boolean "
        "language sql stable security definer set search_path = '' as $$ select true $$",
        "member: select on report_log",
        "expected no rows, got allowed",
    ),
    "a role that no longer includes another": (
        "create or replace function private.has_role(p_role text) returns boolean "
        "language sql stable security definer set search_path = '' as $$ select exists ("
        "select 1 from public.user_roles r "
        "where r.user_id = (select auth.uid()) and r.role::text = p_role) $$",
        "admin: select on report_log",
        "expected allowed, got no rows",
    ),
    "a private function to execute": (
        "grant execute on function private.hold_recipe(uuid, integer, uuid) to anon",
        "role anon: execute on function private.hold_recipe",
        "expected denied, got allowed",
    ),
    "a command that nobody may call": (
        "revoke execute on function public.reserve_recipe from authenticated",
        "role authenticated: execute on function reserve_recipe",
        "expected allowed, got denied",
    ),
    "a function that is gone": (
        "drop function public.reserve_recipe",
        "role every role: execute on function public.reserve_recipe",
        "expected there, got not there",
    ),
    "a table to empty": (
        "grant truncate on public.recipes to authenticated",
        "role authenticated: truncate on public.recipes",
        "expected denied, got allowed",
    ),
    "a table of nobody": (
        "create table public.extra (id int); grant select on public.extra to anon",
        "role anon: select on public.extra",
        "no pack declares it",
    ),
    "the guard of updates": (
        "drop trigger recipe_bookings_update_guard on public.recipe_bookings",
        "owner: update on recipe_bookings (set status = ",
        "expected denied, got allowed",
    ),
    "a trigger that fails": (
        "create function private.broken() returns trigger language plpgsql as "
        "$$ begin perform 1 from public.nowhere; return new; end $$; "
        "create trigger broken after insert on public.recipe_likes "
        "for each row execute function private.broken()",
        "insert on recipe_likes as member, blocked_with, admin, moderator: it fails: ",
        "look at the triggers of recipe_likes, declared by likes:Recipe",
    ),
    "a trigger without the right it needs": (
        "create function private.lacking() returns trigger language plpgsql as "
        "$$ begin update public.recipes set like_count = 1; return new; end $$; "
        "create trigger lacking after insert on public.recipe_likes "
        "for each row execute function private.lacking()",
        "it fails: permission denied for table recipes",
        "declared by likes:Recipe",
    ),
}


@pytest.mark.parametrize(("broken", "who", "what"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_rule_is_named(app: Migrated, broken: str, who: str, what: str) -> None:
    said = app.told(broken)
    assert any(who in text and what in text for text in said), "\n".join(said)


def test_a_finding_points_at_the_pack(app: Migrated) -> None:
    evidence = app.check('drop policy "members may select" on public.recipe_bookings')
    found = next(d for d in evidence.diagnostics if "select on recipe_bookings" in d.message)
    assert found.code == "AW-5121"
    assert str(found.place) == "packs/booking/pack.toml (tables.recipe_bookings.access.select)"
    assert found.hint == "table recipe_bookings is declared by booking:Recipe"


def test_a_trigger_may_refuse_more_than_the_rules(app: Migrated) -> None:
    evidence = app.check(
        "create function private.sunday() returns trigger language plpgsql as "
        "$$ begin raise exception 'not on Sundays'; end $$; "
        "create trigger sunday before insert on public.recipe_likes "
        "for each row execute function private.sunday(); "
        "revoke execute on function private.sunday() from public"
    )
    notes = [d for d in evidence.diagnostics if "not on Sundays [P0001]" in d.message]
    assert [d.severity for d in notes] == ["note"]
    assert evidence.passed


def test_what_a_trigger_is_there_to_refuse_is_no_news_and_must_be_refused(app: Migrated) -> None:
    assert app.check().diagnostics == ()
    told = app.told("drop trigger refuse_audit_change on public.audit_log")
    assert told == [
        f"{operation} on audit_log: the trigger refuse_audit_change is to refuse it, and does not "
        "| trigger refuse_audit_change is declared by foundation "
        "| packs/foundation/pack.toml (triggers.refuse_audit_change.refuses)"
        for operation in ("delete", "update")
    ]
    weaker = (
        "drop trigger refuse_audit_change on public.audit_log; create trigger refuse_audit_change "
        "before update on public.audit_log for each row "
        "execute function private.refuse_audit_change()"
    )
    assert [text.split(":")[0] for text in app.told(weaker)] == ["delete on audit_log"]


def test_a_phase_asks_only_about_what_changed(app: Migrated) -> None:
    architecture = app.packed.architecture
    assert app.check(last=False, previous=architecture).skipped == "no access rule changed"
    schema = architecture.schema
    policies = tuple(p for p in schema.policies if p.table.name != "recipe_stock")
    before = replace(architecture, schema=replace(schema, policies=policies))
    assert app.check(last=False, previous=before).facts["tables"] == 1
    tables = {**architecture.scope.tables}
    tables["recipes"] = replace(tables["recipes"], delete=Nobody())
    before = replace(architecture, scope=replace(architecture.scope, tables=tables))
    asked: Any = app.check(last=False, previous=before).facts
    # Whatever asks `parent(recipe_id may ...)` depends on the rules of recipes.
    assert {c["table"] for c in asked["cells"]} == {
        "recipes",
        "recipe_bookings",
        "recipe_likes",
        "recipe_reservations",
        "recipe_stock",
        "reports",
    }


def test_an_app_of_nothing_is_skipped(app: Migrated) -> None:
    scope = replace(app.packed.architecture.scope, tables={})
    bare = replace(app.packed, architecture=replace(app.packed.architecture, scope=scope))
    gate = AccessMatrixGate()
    assert gate.check(bare.subject(app.postgres, app.database)).skipped == "no tables"


@dataclass(frozen=True)
class Opened:
    """A bench that stays open: each mutant lives in a savepoint."""

    layout: Layout
    fixture: Fixture
    bench: Bench

    def notices(self, mutant: Mutant) -> bool:
        """Tell whether the matrix or the privileges of the mutant's table differ."""
        connection: Any = self.bench.connection
        connection.execute("savepoint mutant")
        connection.execute(mutant.sql)
        breaches, _ = column_breaches(self.layout, connection, [mutant.table])
        noticed = bool(breaches)
        if not noticed:
            matrix = run_matrix(self.layout, self.bench, self.fixture.cast, [mutant.table])
            noticed = any(f.table == mutant.table for f in matrix.findings)
        connection.execute("rollback to mutant")
        return noticed


@pytest.fixture(scope="module")
def opened(app: Migrated) -> Iterator[Opened]:
    architecture = app.packed.architecture
    meaning = meanings(app.packed.app, architecture.scope)
    layout = Layout(architecture.schema, architecture.scope, meaning)
    fixture = make_fixture(layout)
    with open_bench(app.postgres, app.database, layout, fixture) as bench:
        yield Opened(layout, fixture, bench)


def test_every_policy_counts(opened: Opened) -> None:
    schema, tables = opened.layout.schema, set(opened.layout.tables)
    mutants = [*policy_mutants(schema, tables), *row_security_mutants(schema, tables)]
    assert len(mutants) > 60
    survivors = {m.label for m in mutants if not opened.notices(m)}
    check = 'check true: policy "members may {}" on public.{}'
    assert survivors == {
        # The owner cannot be written: it is the caller, whatever the policy says.
        check.format("insert", "blocks"),
        check.format("insert", "recipes"),
        # No column that the check judges can be written, and using has judged the row.
        check.format("update", "profiles"),
        check.format("update", "recipe_stock"),
        check.format("update", "recipes"),
        # The update guard holds what the check holds, and more.
        check.format("update", "recipe_bookings"),
        check.format("update", "reports"),
    }


def test_every_grant_counts(opened: Opened) -> None:
    mutants = list(grant_mutants(opened.layout.schema, set(opened.layout.tables)))
    assert len(mutants) > 80
    assert {m.label for m in mutants if not opened.notices(m)} == set()


def test_every_declared_rule_counts(opened: Opened) -> None:
    """The other way round: the SQL stays, and each declared rule becomes another."""
    layout = opened.layout
    survivors = []
    for name, access in layout.scope.tables.items():
        for operation in OPERATIONS:
            other = Nobody() if isinstance(access.rule(operation), Public) else Public()
            given: Any = {operation: other}
            changed = replace(access, **given)
            scope = replace(layout.scope, tables={**layout.scope.tables, name: changed})
            mutant = Layout(layout.schema, scope, layout.meanings)
            matrix = run_matrix(mutant, opened.bench, opened.fixture.cast, [name])
            breaches, _ = column_breaches(mutant, opened.bench.connection, [name])
            if not matrix.findings and not breaches:
                survivors.append((name, operation))
    # No client may write a column of these, so nobody has the privilege whatever the rule.
    writable = {n: (a.insertable, a.updatable) for n, a in layout.scope.tables.items()}
    assert [s for s in survivors if writable[s[0]][s[1] == "update"]] == []


def test_members_differ_by_what_their_row_says(database: Database) -> None:
    """A table with one row for each member: what rules read there is spread over several owners."""
    packed = compiled({"auth": (), "profiles": (), "privacy": ("Recipe",)}, [RECIPE])
    with database.scratch() as name:
        migrate(database, name, packed)
        app = Migrated(packed, name, database, AccessMatrixGate)
        evidence = app.check()
        assert errors(evidence) == []
        facts: Any = evidence.facts
        cells = {(c["persona"], c["table"], c["operation"]): c for c in facts["cells"]}
        seen = cells["anonymous", "recipes", "select"]
        assert seen["allowed"] > 0
        assert seen["no_rows"] > 0
        evidence = app.check(
            "create or replace function private.open_member(p_member uuid) returns boolean "
            "language sql stable security definer set search_path = '' as $$ select exists "
            "(select 1 from public.member_privacy m where m.user_id = p_member) $$"
        )
        assert any(
            "anonymous: select on recipes" in d.message
            and d.message.endswith("expected no rows, got allowed")
            for d in evidence.diagnostics
        )
