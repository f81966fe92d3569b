"""The copy of one's data holds every row that names a member: proven on rows of every table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.compiler import Compiled
from archwright.proof.access.bench import Bench, open_bench
from archwright.proof.access.fixture import Fixture, make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.schema.model import Ref, Schema

pytestmark = pytest.mark.live

MEMBERS = (Ref("auth", "users"), Ref("public", "profiles"))

# Columns that name a member in rows that others wrote, and show as their own rules have it.
OF_OTHERS = {
    ("blocks", "blocked_id"),
    ("moderation_actions", "moderator_id"),
    ("moderation_actions", "owner_id"),
    ("mutes", "muted_id"),
    ("notification_actors", "actor_id"),
    ("notifications", "actor_id"),
    ("reports", "profile_id"),
    ("reports", "resolved_by"),
    ("video_comment_mentions", "profile_id"),
    ("video_mentions", "profile_id"),
}

# Ids that are no references, and why that is so.
UNBOUND = {
    ("audit_log", "actor_id"): "the log outlives accounts",
    ("audit_log", "row_id"): "the log outlives rows",
    ("moderation_actions", "subject_id"): "a decision outlives what it was about",
    ("reports", "subject_id"): "beside it stands a reference for each kind",
}


@pytest.fixture(scope="module")
def layout(flagship: Compiled) -> Layout:
    made = flagship.architecture
    return Layout(made.schema, made.scope, meanings(flagship.app, made.scope))


@pytest.fixture(scope="module")
def fixture(layout: Layout) -> Fixture:
    return make_fixture(layout)


@pytest.fixture(scope="module")
def bench(
    database: EmbeddedPostgres, flagship_database: str, layout: Layout, fixture: Fixture
) -> Iterator[Bench]:
    """A database with rows of every table, some of them for each persona and member column."""
    with (
        database.scratch(flagship_database) as name,
        open_bench(database, name, layout, fixture) as opened,
    ):
        yield opened


def member_columns(schema: Schema) -> set[tuple[str, str]]:
    """Return the columns that refer to a member."""
    return {
        (table.ref.name, column)
        for table in schema.tables
        for key in table.foreign_keys
        for column, to in zip(key.columns, key.to, strict=True)
        if key.table in MEMBERS and to == "id"
    }


def exported(bench: Bench, member: str) -> dict[str, list[dict[str, Any]]]:
    claims = json.dumps({"role": "authenticated", "sub": member})
    bench.connection.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
    bench.connection.execute("set local role authenticated")
    row = bench.connection.execute("select public.export_my_data()").fetchone()
    bench.connection.execute("reset role")
    assert row is not None
    tables: dict[str, list[dict[str, Any]]] = row[0]["tables"]
    return tables


def test_the_export_knows_every_column_that_names_a_member(
    bench: Bench, flagship: Compiled
) -> None:
    found = bench.connection.execute("select table_name, column_name from private.member_columns()")
    assert set(found.fetchall()) == member_columns(flagship.architecture.schema)


def test_nothing_names_a_member_without_a_reference(flagship: Compiled) -> None:
    loose = {
        (table.ref.name, column.name)
        for table in flagship.architecture.schema.tables
        for column in table.columns
        if column.type == "uuid"
        and column.name not in {"id", *(c for k in table.foreign_keys for c in k.columns)}
    }
    assert loose == set(UNBOUND)


def test_every_row_of_a_member_is_in_the_copy(
    bench: Bench, flagship: Compiled, fixture: Fixture
) -> None:
    member = fixture.cast.subjects[0]
    tables = exported(bench, member)
    columns = member_columns(flagship.architecture.schema)
    assert set(tables) == {table for table, _ in columns}
    missing, unseen = set(), set()
    for table, column in columns:
        count = bench.connection.execute(
            f"select count(*) from public.{table} where {column} = %s".encode(), (member,)
        ).fetchone()
        assert count is not None
        if not count[0]:
            unseen.add((table, column))
        held = [row for row in tables[table] if row.get(column) == member]
        if len(held) < count[0]:
            missing.add((table, column))
    assert missing <= OF_OTHERS
    assert unseen - OF_OTHERS == {("user_roles", "user_id")}  # only who has a role has such rows


def test_the_copy_of_a_member_without_rows_of_a_table_has_none_of_others(
    bench: Bench, flagship: Compiled, fixture: Fixture
) -> None:
    member = fixture.cast.bystanders[0]
    columns = member_columns(flagship.architecture.schema)
    for table, rows in exported(bench, member).items():
        mine = [column for of, column in columns if of == table]
        assert all(member in {row.get(column) for column in mine} for row in rows), table
