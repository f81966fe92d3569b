"""Changes of a database in use, on the real one: rows, traffic, interruptions, failures."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.diagnostics import Diagnostic
from archwright.migrate.compare import differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files
from archwright.migrate.in_use import in_use
from archwright.migrate.operations.base import Operation
from archwright.migrate.reversal import reversed_plan
from archwright.ports import Toolchain
from archwright.proof.database import apply
from archwright.schema.model import (
    Check,
    Column,
    ForeignKey,
    Grant,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Unique,
)

pytestmark = pytest.mark.live
OURS = ("public",)
ITEMS, STORES = Ref("public", "items"), Ref("public", "stores")
ID = Column("id", "bigint")


def shop(items: Sequence[Column] = (), **parts: object) -> Schema:
    columns = (ID, Column("store_id", "bigint", not_null=False), *items)
    table = replace(Table(ITEMS, columns, ("id",)), **parts)  # type: ignore[arg-type]
    stores = Table(STORES, (ID, Column("code", "text", not_null=False)), ("id",))
    policy = Policy("read", ITEMS, "select", ("anon",), "id > 0")
    grants = (Grant(ITEMS, "anon", "select"),)
    return Schema(tables=(table, stores), policies=(policy,), grants=grants)


NAME = Column("name", "text", not_null=False)
OLD = shop([NAME])


def grown() -> Schema:
    """Return the shop with one of each step: required, key, check, index, unique, computed."""
    items = (
        replace(NAME, not_null=True, default="'none'"),
        Column("token", "uuid", default="gen_random_uuid()"),
    )
    made = shop(
        items,
        checks=(Check("items_name_check", "char_length(name) < 100"),),
        foreign_keys=(ForeignKey("items_store_id_fkey", ("store_id",), STORES, ("id",)),),
        uniques=(Unique("items_token_key", ("token",)),),
    )
    stores = made.tables[1]
    stores = replace(stores, uniques=(Unique("stores_code_key", ("code",), nulls_equal=False),))
    index = Index("items_name_idx", ITEMS, ("name", "id desc"), where="name <> ''")
    return replace(made, tables=(made.tables[0], stores), indexes=(index,))


ROWS = """
insert into public.stores select i, 's' || i from generate_series(1, 20) as i;
insert into public.items (id, store_id, name)
  select i, i % 20 + 1, case when i % 3 > 0 then 'n' || i end from generate_series(1, 2000) as i;
"""


@contextmanager
def filled(database: EmbeddedPostgres, schema: Schema = OLD) -> Iterator[str]:
    with database.scratch() as name:
        assert not run(database, name, diff(Schema(), schema))
        with database.connect(name) as connection:
            connection.execute(ROWS)
        yield name


def files(old: Schema, new: Schema, waits: str = "2s") -> tuple[MigrationFile, ...]:
    return to_files(in_use(diff(old, new), old, new), 10, "change", waits=waits)


def run(database: EmbeddedPostgres, name: str, operations: Iterable[Operation]) -> list[Diagnostic]:
    return apply(database, name, to_files(list(operations), 1))


def look(database: EmbeddedPostgres, name: str) -> dict[tuple[str, str], str]:
    with database.connect(name) as connection:
        return snapshot(connection, OURS)


def fresh(database: EmbeddedPostgres, schema: Schema) -> dict[tuple[str, str], str]:
    with database.scratch() as name:
        assert not run(database, name, diff(Schema(), schema))
        return look(database, name)


def test_each_stage_has_a_file(database: EmbeddedPostgres) -> None:
    made = files(OLD, grown())
    assert [f.name for f in made] == [
        "change",
        "change_fill",
        "change_index_1",
        "change_index_2",
        "change_index_3",
        "change_attach",
        "change_refill",
        "change_validate",
        "change_settle",
    ]
    with filled(database) as name:
        before = look(database, name)
        assert not apply(database, name, made)
        assert not differences(look(database, name), fresh(database, grown()))
        with database.connect(name) as connection:
            query = "select count(*), count(distinct token), count(name) from public.items"
            assert connection.execute(query).fetchone() == (2000, 2000, 2000)
        steps = in_use(diff(OLD, grown()), OLD, grown())
        back = reversed_plan(steps, OLD)
        assert not run(database, name, back.operations)
        assert not differences(look(database, name), before)
        with database.connect(name) as connection:
            query = "select count(*), sum(store_id) from public.items"
            assert connection.execute(query).fetchone() == (2000, 21000)


def test_an_interrupted_run_goes_on(database: EmbeddedPostgres) -> None:
    """A unique index over duplicates is left invalid; once they are gone the file runs again."""
    new = replace(
        OLD,
        indexes=(Index("items_store_idx", ITEMS, ("store_id",), unique=True),),
    )
    (file,) = files(OLD, new)
    oid = "'public.items_store_idx'::regclass"
    invalid = f"select indisvalid from pg_index where indexrelid = {oid}"
    with filled(database) as name:
        (found,) = apply(database, name, [file])
        assert "could not create unique index" in found.message
        assert found.place.line == 1 + file.sql[: file.sql.index("create unique")].count("\n")
        with database.connect(name) as connection:
            assert connection.execute(invalid).fetchone() == (False,)
            connection.execute("delete from public.items where id > 19")
        for _ in range(2):  # once more does no harm
            assert not apply(database, name, [file])
            with database.connect(name) as connection:
                assert connection.execute(invalid).fetchone() == (True,)
        assert not differences(look(database, name), fresh(database, new))


def test_a_changed_index_is_there_throughout(database: EmbeddedPostgres) -> None:
    def schema(where: str) -> Schema:
        return replace(OLD, indexes=(Index("items_name_idx", ITEMS, ("name",), where=where),))

    old, new = schema("id > 1"), schema("id > 2")
    built, settled = files(old, new)
    with filled(database, old) as name:
        assert not apply(database, name, [built])
        with database.connect(name) as connection:
            query = "select count(*) from pg_indexes where indexname like 'items_name_idx%'"
            assert connection.execute(query).fetchone() == (2,)
        assert not apply(database, name, [settled])
        assert not differences(look(database, name), fresh(database, new))


@pytest.mark.parametrize(
    ("change", "stage"),
    [
        ({"checks": (Check("c", "id < 2000"),)}, "change_validate"),
        ({"uniques": (Unique("u", ("store_id",)),)}, "change_index"),
    ],
)
def test_rows_that_contradict_stop_it_and_harm_nobody(
    database: EmbeddedPostgres, change: dict[str, object], stage: str
) -> None:
    new = shop([NAME], **change)
    with filled(database) as name:
        (found,) = apply(database, name, files(OLD, new))
        assert stage in found.place.source
        with database.connect(name) as connection:
            assert connection.execute("select count(*) from public.items").fetchone() == (2000,)
            connection.execute("delete from public.items where id = 2000 or id > 19")
        remaining = [f for f in files(OLD, new) if f.name >= stage or stage == "change_index"]
        assert not apply(database, name, remaining)
        assert not differences(look(database, name), fresh(database, new))


def test_a_failing_file_leaves_no_trace(database: EmbeddedPostgres) -> None:
    """A required column without a value for the rows fails after other statements of its file."""
    new = shop([NAME, Column("owner_id", "uuid")], comment="Later")
    with filled(database) as name:
        before = look(database, name)
        (found,) = apply(database, name, files(OLD, new))
        assert "contains null values" in found.message
        assert not differences(look(database, name), before)


def test_who_holds_the_table_is_not_waited_for(database: EmbeddedPostgres) -> None:
    new = shop([NAME, Column("note", "text", not_null=False)])
    with filled(database) as name, database.connect(name) as other:
        other.execute("select from public.items for update limit 1")
        (found,) = apply(database, name, files(OLD, new, waits="100ms"))
        assert "lock timeout" in found.message
        assert "run it again" in found.hint
        other.rollback()
        assert not apply(database, name, files(OLD, new))


def test_access_is_replaced_without_a_gap(database: EmbeddedPostgres) -> None:
    """Who reads all the while sees the rows of the old rule or of the new, never more, never none.

    The policy's command changes, so that it is dropped and made anew, and grants get columns.
    """
    columns = tuple(Grant(ITEMS, "anon", "select", (c,)) for c in ("id",))
    policy = Policy("read", ITEMS, "all", ("anon",), "id > 1000", "false")
    new = replace(OLD, policies=(policy,), grants=columns)
    seen: set[int] = set()
    failures: list[str] = []
    done = threading.Event()

    def read(name: str) -> None:
        with psycopg.connect(database.url(name), autocommit=True) as connection:
            connection.execute("set role anon")
            while not done.is_set():
                try:
                    row = connection.execute("select count(id) from public.items").fetchone()
                    seen.add(row[0] if row else -1)
                except psycopg.Error as error:
                    failures.append(str(error))

    with filled(database) as name:
        reader = threading.Thread(target=read, args=(name,))
        reader.start()
        try:
            for _ in range(5):
                assert not apply(database, name, files(OLD, new))
                assert not apply(database, name, files(new, OLD))
        finally:
            done.set()
            reader.join()
    assert not failures
    assert seen <= {2000, 1000}
    assert 2000 in seen


def test_the_supabase_cli_pushes_the_files(
    database: EmbeddedPostgres, toolchain: Toolchain, tmp_path: Path
) -> None:
    """It runs them as ``apply`` does: what allows no transaction by itself."""
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (tmp_path / "supabase" / "config.toml").write_text('project_id = "shop"\n')
    for file in [*to_files(diff(Schema(), OLD), 1), *files(OLD, grown())]:
        (folder / file.filename).write_text(file.sql)
    with database.scratch() as name:
        arguments = ["db", "push", f"--remote={database.url(name)}", "--yes"]
        done = toolchain.tool("supabase", arguments, tmp_path, timeout=60.0)
        assert done.code == 0, done.stderr
        assert not differences(look(database, name), fresh(database, grown()))
