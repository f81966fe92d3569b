"""The embedded PostgreSQL: what the bootstrap gives, clones, pgTAP, and a server that is killed."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from archwright.adapters.postgres import cluster
from archwright.adapters.postgres.binaries import system_folder
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.diagnostics import DiagnosticError

pytestmark = pytest.mark.live

ANNA = "00000000-0000-4000-8000-00000000000a"


@pytest.fixture
def owner(database: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    """Connect to a scratch database as migrations do."""
    with database.scratch() as name, database.connect(name) as connection:
        yield connection


def one(connection: psycopg.Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_migrations_run_without_superuser(owner: psycopg.Connection) -> None:
    assert one(owner, "select current_user") == "postgres"
    assert one(owner, "select current_setting('is_superuser')") == "off"
    flags = owner.execute(
        "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles "
        "where rolname = current_user"
    ).fetchone()
    assert flags == (False, True, True, True)


def test_a_new_table_is_closed_to_api_roles_until_granted(owner: psycopg.Connection) -> None:
    owner.execute("create table secret (id int)")
    for role in (b"anon", b"authenticated", b"service_role"):
        with pytest.raises(errors.InsufficientPrivilege), owner.transaction():  # noqa: PT012
            owner.execute(b"set local role " + role)
            owner.execute("select * from secret")


def test_row_level_security_sees_the_claims(owner: psycopg.Connection) -> None:
    owner.execute(
        f"""
        insert into auth.users (id, email) values ('{ANNA}', 'anna@example.com');
        create table note (id int, owner uuid references auth.users (id) on delete cascade);
        insert into note values (1, '{ANNA}'), (2, null);
        alter table note enable row level security;
        grant select on note to authenticated;
        create policy own on note for select to authenticated using ((select auth.uid()) = owner);
        select set_config('request.jwt.claims',
          '{{"sub": "{ANNA}", "role": "authenticated", "email": "anna@example.com"}}', true);
        set local role authenticated;
    """.encode()
    )
    assert owner.execute("select id from note").fetchall() == [(1,)]
    assert one(owner, "select auth.role()") == "authenticated"
    assert one(owner, "select auth.email()") == "anna@example.com"
    assert one(owner, "select auth.jwt() ->> 'sub'") == ANNA


def test_accounts_may_be_hooked_but_not_changed(owner: psycopg.Connection) -> None:
    owner.execute("""
        create table profile (id uuid primary key references auth.users (id));
        create function welcome() returns trigger language plpgsql security definer
          set search_path = '' as $$
        begin insert into public.profile values (new.id); return new; end $$;
        create trigger welcome after insert on auth.users for each row execute function welcome();
    """)
    owner.execute("insert into auth.users (id) values (%s)", [ANNA])
    assert one(owner, "select count(*) from profile") == 1
    with pytest.raises(errors.InsufficientPrivilege):
        owner.execute("alter table auth.users add column extra text")


def test_storage_has_its_path_functions_and_guards(owner: psycopg.Connection) -> None:
    assert one(owner, "select storage.foldername('a/b/c.tar.gz')") == ["a", "b"]
    assert one(owner, "select storage.filename('a/b/c.tar.gz')") == "c.tar.gz"
    assert one(owner, "select storage.extension('a/b/c.tar.gz')") == "gz"
    owner.execute("""
        insert into storage.buckets (id, name, public) values ('videos', 'videos', true);
        create policy own on storage.objects for insert to authenticated
          with check (bucket_id = 'videos' and (storage.foldername(name))[1] = 'mine');
        set local role authenticated;
        insert into storage.objects (bucket_id, name) values ('videos', 'mine/a.mp4');
    """)
    with pytest.raises(errors.InsufficientPrivilege), owner.transaction():
        owner.execute("insert into storage.objects (bucket_id, name) values ('videos', 'b.mp4')")
    owner.execute("reset role")
    with pytest.raises(errors.InsufficientPrivilege, match="Use the Storage API"):
        owner.execute("delete from storage.objects")


def test_realtime_broadcasts_from_a_trigger(owner: psycopg.Connection) -> None:
    owner.execute("""
        create table message (id int, room text);
        create function tell() returns trigger language plpgsql security definer
          set search_path = '' as $$
        begin
          perform realtime.broadcast_changes('room:' || new.room, tg_op, tg_op, tg_table_name,
            tg_table_schema, new, old);
          return null;
        end $$;
        create trigger tell after insert on message for each row execute function tell();
        create policy listen on realtime.messages for select to authenticated
          using (realtime.topic() = topic);
        insert into message values (7, 'kitchen');
        alter publication supabase_realtime add table message;
    """)
    row = owner.execute("select topic, event, private, payload from realtime.messages").fetchone()
    assert row is not None
    assert row[:3] == ("room:kitchen", "INSERT", True)
    assert row[3]["record"] == {"id": 7, "room": "kitchen"}
    assert one(owner, "select realtime.topic()") is None


def test_extensions_are_there_and_publishing_is_possible(owner: psycopg.Connection) -> None:
    found = owner.execute(
        "select extname from pg_extension where extnamespace = 'extensions'::regnamespace"
    ).fetchall()
    wanted = {"pgcrypto", "uuid-ossp", "citext", "pg_trgm", "btree_gist", "unaccent"}
    assert wanted <= {name for (name,) in found}
    assert one(owner, "select current_setting('wal_level')") == "logical"


def test_clones_are_apart(database: EmbeddedPostgres) -> None:
    with database.scratch() as first:
        with database.connect(first) as connection:
            connection.execute("create table kept (id int)")
        with database.scratch(first) as second:
            with database.connect(second) as connection:
                connection.execute("insert into kept values (1)")
                assert one(
                    connection, "select tableowner from pg_tables where tablename='kept'"
                ) == ("postgres")
            with database.connect(first) as connection:
                assert one(connection, "select count(*) from kept") == 0
    with database.connect("postgres", superuser=True) as connection:
        left = connection.execute("select datname from pg_database").fetchall()
        assert not {first, second} & {name for (name,) in left}


def test_drop_ends_connections(database: EmbeddedPostgres) -> None:
    name = database.clone("archwright_bootstrap")
    with pytest.raises(psycopg.OperationalError), database.connect(name) as connection:  # noqa: PT012
        database.drop(name)
        connection.execute("select 1")
    with pytest.raises(psycopg.OperationalError), database.connect(name):
        pass


def test_pgtap_can_be_asked_for_twice(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        database.install_pgtap(name)
        database.install_pgtap(name)
        with database.connect(name) as connection:
            connection.execute("create extension if not exists pgtap with schema extensions")
            connection.execute("set search_path = extensions, public")
            assert one(connection, "select plan(1)") == "1..1"
            assert one(connection, "select has_schema('auth')").startswith("ok 1")


def test_a_killed_server_is_a_diagnostic_and_can_be_had_anew(toolchain: PinnedToolchain) -> None:
    with EmbeddedPostgres(toolchain) as database:
        with pytest.raises(DiagnosticError) as caught, database.scratch() as name:  # noqa: PT012
            pid = database.pid
            assert pid is not None
            with database.connect(name) as connection:
                connection.execute("select 1")
                os.kill(pid, signal.SIGKILL)
                connection.execute("select pg_sleep(20)")
        assert caught.value.diagnostics[0].code == "AW-6104"
        with pytest.raises(DiagnosticError, match="AW-6104"):
            database.clone("archwright_bootstrap")
        assert database.pid is None
        database.close()
        with database.scratch() as name, database.connect(name) as connection:
            assert one(connection, "select 1") == 1


def test_a_taken_port_is_avoided(
    toolchain: PinnedToolchain, monkeypatch: pytest.MonkeyPatch
) -> None:
    free_port = cluster._free_port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = iter([taken.getsockname()[1]])
        monkeypatch.setattr(cluster, "_free_port", lambda: next(ports, None) or free_port())
        with EmbeddedPostgres(toolchain) as database:
            assert str(taken.getsockname()[1]) not in database.url("postgres")
            assert next(ports, None) is None


def test_no_port_at_all_is_a_diagnostic(
    toolchain: PinnedToolchain, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(cluster, "_free_port", lambda: taken.getsockname()[1])
        with pytest.raises(DiagnosticError, match="AW-6106"):
            EmbeddedPostgres(toolchain).url("postgres")


def test_a_broken_installation_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("initdb", "postgres"):
        (tmp_path / "bin" / name).write_text("#!/bin/sh\necho no disk >&2\nexit 1\n")
        (tmp_path / "bin" / name).chmod(0o755)
    with pytest.raises(DiagnosticError, match="AW-6102") as caught:
        cluster.Cluster(tmp_path).start()
    assert "no disk" in str(caught.value)


class SystemOnly:
    """A toolchain without PostgreSQL packages but with pgTAP's files."""

    def __init__(self, toolchain: PinnedToolchain, folder: Path) -> None:
        name = "@electric-sql"
        (folder / name).symlink_to(toolchain.node_modules() / name)
        self._folder = folder

    def node_modules(self) -> Path:
        return self._folder


@pytest.mark.skipif(system_folder() is None, reason="no PostgreSQL on this system")
def test_a_system_postgresql_serves_as_well(toolchain: PinnedToolchain, tmp_path: Path) -> None:
    tools: Any = SystemOnly(toolchain, tmp_path)
    with EmbeddedPostgres(tools) as database, database.scratch() as name:
        for _ in range(2):
            database.install_pgtap(name)
        with database.connect(name) as connection:
            assert one(connection, "select extensions.plan(3)") == "1..3"
            assert one(connection, "select auth.uid()") is None
