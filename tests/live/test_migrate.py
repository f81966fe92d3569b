"""Migrations on a real database: old ones plus the new one are a fresh schema, and rows stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, seed, settings

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.migrate.compare import Snapshot, differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.operations.base import Operation
from archwright.schema.model import Column, Enum, Function, Grant, Policy, Schema, Table
from schemas.random_schemas import schemas
from schemas.sample import CLIPS, sample

pytestmark = pytest.mark.live


def run(database: EmbeddedPostgres, name: str, operations: Iterable[Operation]) -> None:
    """Run each file as Supabase does: one transaction, as the owner."""
    for file in to_files(list(operations), 1):
        with database.connect(name) as connection:
            try:
                connection.execute(file.sql)
            except Exception as error:
                error.add_note(file.sql)
                raise


def look(database: EmbeddedPostgres, name: str) -> Snapshot:
    with database.connect(name) as connection:
        return snapshot(connection)


def fresh(database: EmbeddedPostgres, schema: Schema) -> Snapshot:
    with database.scratch() as name:
        run(database, name, diff(Schema(), schema))
        return look(database, name)


def assert_evolves(database: EmbeddedPostgres, old: Schema, new: Schema) -> None:
    with database.scratch() as name:
        run(database, name, diff(Schema(), old))
        run(database, name, diff(old, new))
        found = differences(look(database, name), fresh(database, new))
    assert not found, "\n".join(map(str, found))


@dataclass(frozen=True)
class Made:
    """A database with the sample in it, to be cloned, and what is in it."""

    name: str
    snapshot: Snapshot


@pytest.fixture(scope="module")
def made(database: EmbeddedPostgres) -> Iterator[Made]:
    with database.scratch() as name:
        run(database, name, diff(Schema(), sample()))
        yield Made(name, look(database, name))


@seed(20260101)
@settings(
    max_examples=6,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(schemas(), schemas())
def test_random_schemas_evolve(database: EmbeddedPostgres, old: Schema, new: Schema) -> None:
    assert_evolves(database, old, new)


def test_everything_comes_and_goes(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        before = look(database, name)
        run(database, name, diff(Schema(), sample()))
        assert len(look(database, name)) > len(before) + 100
        run(database, name, diff(sample(), Schema()))
        after = look(database, name)
    # A comment that was there before ours cannot be known.
    assert [d.name for d in differences(before, after)] == ["public"]


def _edit(schema: Schema, change: str) -> Schema:
    """Return the sample changed in one way that others depend on."""
    clips = schema.table("clips")
    assert clips is not None

    def with_clips(table: Table) -> Schema:
        return replace(schema, tables=tuple(table if t == clips else t for t in schema.tables))

    def functions(change_one: dict[str, Function]) -> Schema:
        return replace(
            schema, functions=tuple(change_one.get(f.signature, f) for f in schema.functions)
        )

    signatures = {f.signature: f for f in schema.functions}
    ready = signatures["private.is_ready(text)"]
    match change:
        case "enum values reordered and one removed":
            enums = (*schema.enums[:2], Enum("visibility", ("private", "public")))
            return replace(schema, enums=enums)
        case "enum value in the middle, used at once":
            values = ("public", "unlisted", "followers", "private")
            enums = (*schema.enums[:2], Enum("visibility", values))
            columns = tuple(
                replace(c, default="'unlisted'") if c.name == "visibility" else c
                for c in clips.columns
            )
            return replace(with_clips(replace(clips, columns=columns)), enums=enums)
        case "argument renamed under a check and a policy":
            sql = ready.sql.replace("p_text", "p_body")
            arguments = (replace(ready.arguments[0], name="p_body"),)
            return functions({ready.signature: replace(ready, sql=sql, arguments=arguments)})
        case "column retyped under a generated column, a check, a trigger and a policy":
            columns = tuple(
                replace(c, type="character varying(3000)") if c.name == "caption" else c
                for c in clips.columns
            )
            return with_clips(replace(clips, columns=columns))
        case "key replaced under foreign keys":
            columns = (*clips.columns, Column("number", "bigint", default="0"))
            keys = tuple(
                replace(k, name="clips_parent_key") if k.name == "clips_parent_id_fkey" else k
                for k in clips.foreign_keys
            )
            return with_clips(replace(clips, columns=columns, foreign_keys=keys))
        case "policy commands and roles changed":
            read = Policy("read", CLIPS, "select", ("authenticated",), "true")
            write = Policy("write own", CLIPS, "all", ("authenticated",), "true", "true")
            return replace(schema, policies=(read, write, *schema.policies[2:]))
        case "grants narrowed and widened":
            grants = (
                Grant(CLIPS, "anon", "select", ("caption", "id")),
                Grant(CLIPS, "authenticated", "select"),
                Grant(CLIPS, "authenticated", "update"),
            )
            return replace(schema, grants=grants)
        case "trigger and its function changed on a platform table":
            handle = signatures["private.handle_new_user()"]
            sql = handle.sql.replace("md5(new.id::text)", "'u' || md5(new.id::text)")
            trigger = schema.triggers[0]
            later = replace(trigger, sql=trigger.sql.replace("insert on", "insert or update on"))
            edited = functions({handle.signature: replace(handle, sql=sql, callers=("anon",))})
            return replace(edited, triggers=(later, *schema.triggers[1:]))
        case _:
            raise AssertionError(change)


@pytest.mark.parametrize(
    "change",
    [
        "enum values reordered and one removed",
        "enum value in the middle, used at once",
        "argument renamed under a check and a policy",
        "column retyped under a generated column, a check, a trigger and a policy",
        "key replaced under foreign keys",
        "policy commands and roles changed",
        "grants narrowed and widened",
        "trigger and its function changed on a platform table",
    ],
)
def test_the_sample_evolves_and_back(database: EmbeddedPostgres, made: Made, change: str) -> None:
    edited = _edit(sample(), change)
    assert edited != sample()
    with database.scratch(made.name) as name:
        run(database, name, diff(sample(), edited))
        assert not differences(look(database, name), fresh(database, edited))
        run(database, name, diff(edited, sample()))
        assert not differences(look(database, name), made.snapshot)


ROWS = """
insert into auth.users (id) values ('00000000-0000-0000-0000-000000000001');
insert into public.channels (owner_id) select id from public.people;
insert into public.clips (channel_id, owner_id, caption, visibility)
  select id, owner_id, 'kept', 'private' from public.channels;
"""


def test_rows_are_kept(database: EmbeddedPostgres, made: Made) -> None:
    old = sample()
    clips = old.table("clips")
    assert clips is not None
    columns = (
        *(replace(c, type="bigint") if c.name == "duration_ms" else c for c in clips.columns),
        Column("title", "text"),
        Column("tags", "text[]"),
        Column("slug", "uuid", default="gen_random_uuid()"),
    )
    tables = tuple(replace(t, columns=columns) if t == clips else t for t in old.tables)
    enums = (*old.enums[:2], Enum("visibility", ("private", "public")))
    new = replace(old, tables=tables, enums=enums)
    with database.scratch(made.name) as name:
        with database.connect(name) as connection:
            connection.execute(ROWS)
        run(database, name, diff(old, new))
        with database.connect(name) as connection:
            query = "select caption, visibility, title, tags, slug is not null from public.clips"
            assert connection.execute(query).fetchall() == [("kept", "private", "", [], True)]
        assert not differences(look(database, name), fresh(database, new))


def test_a_difference_is_found(database: EmbeddedPostgres, made: Made) -> None:
    """The comparison itself must be able to see each kind of object."""
    broken = {
        "alter table public.clips disable row level security": "table",
        "alter table public.clips alter column caption drop not null": "column",
        "grant update (views) on public.clips to anon": "column",
        "alter table public.clips drop constraint clips_caption_check": "constraint",
        "drop index public.clips_feed_idx": "index",
        "grant execute on function public.tag_names() to public": "function",
        "drop trigger clips_touch on public.clips": "trigger",
        "alter policy read on public.clips using (true)": "policy",
        "alter type public.mood add value 'sad'": "type",
        "update storage.buckets set public = true": "bucket",
        "grant usage on schema private to anon": "schema",
        "comment on column public.clips.views is 'seen'": "column",
    }
    for statement, kind in broken.items():
        with database.connect(made.name) as connection:
            connection.execute(statement.encode())
            found = differences(made.snapshot, snapshot(connection))
            connection.rollback()
        assert [d.kind for d in found] == [kind], statement
