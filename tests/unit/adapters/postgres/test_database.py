from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
import pytest
from psycopg import errors

from archwright.adapters.postgres import database as module
from archwright.adapters.postgres.cluster import Address
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.diagnostics import DiagnosticError
from archwright.ports import Database, StackDatabase


class FakeCluster:
    """A server that can be told to be gone."""

    made: list[FakeCluster] = []  # noqa: RUF012

    def __init__(self, installation: Path) -> None:
        self.alive = False
        self.stopped = 0
        self.bootstrapped = False
        self.address: Address | None = None
        self.made.append(self)

    def start(self) -> None:
        self.alive, self.address = True, Address(5000 + len(self.made), "secret")

    def keep(self) -> None:
        self.bootstrapped = True

    def stop(self) -> None:
        self.alive, self.stopped = False, self.stopped + 1

    def ended(self) -> bool:
        return not self.alive

    @property
    def pid(self) -> int | None:
        return 42 if self.alive else None

    def last_words(self) -> str:
        return "Killed"


class FakeConnection:
    """Notes statements; raises ``error`` at the first one after it is set."""

    statements: list[str] = []  # noqa: RUF012
    error: Exception | None = None

    def __init__(self, url: str = "", **options: Any) -> None:
        self.url, self.broken = url, False

    def __enter__(self) -> FakeConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        return None

    def execute(self, query: Any, params: object = None) -> FakeConnection:
        text = query if isinstance(query, str) else ""
        if isinstance(query, psycopg.sql.Composed):
            text = query.as_string(None)
        self.statements.append(text)
        if FakeConnection.error is not None:
            self.broken = not isinstance(FakeConnection.error, errors.LockNotAvailable)
            raise FakeConnection.error
        return self

    def fetchone(self) -> tuple[int, int]:
        return (1, 0)


class FakeTools:
    def node_modules(self) -> Path:
        return Path("/modules")


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> EmbeddedPostgres:
    FakeCluster.made.clear()
    FakeConnection.statements.clear()
    monkeypatch.setattr(FakeConnection, "error", None)
    monkeypatch.setattr(module, "Cluster", FakeCluster)
    monkeypatch.setattr(module, "find", lambda modules: modules)
    monkeypatch.setattr(psycopg, "connect", FakeConnection)
    tools: Any = FakeTools()
    return EmbeddedPostgres(tools)


def test_it_implements_the_port(database: EmbeddedPostgres) -> None:
    port: Database = database
    assert database.pid is None
    url = "postgresql://supabase_admin:secret@127.0.0.1:5001/x?sslmode=disable"
    assert port.url("x", superuser=True) == url
    assert database.pid == 42


def test_callers_come_in_as_their_own_role(database: EmbeddedPostgres) -> None:
    port: StackDatabase = database
    owner = database.url("x")
    assert port.caller_url("x") == owner.replace("//postgres:", "//authenticator:")


def test_a_named_database_is_made_unless_it_is_there(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.provide("app")
    assert not any('create database "app"' in said for said in FakeConnection.statements)
    monkeypatch.setattr(FakeConnection, "fetchone", lambda self: None)
    database.provide("app")
    assert FakeConnection.statements[-1].startswith('create database "app" template')


def test_what_is_kept_is_not_made_twice(
    monkeypatch: pytest.MonkeyPatch, database: EmbeddedPostgres
) -> None:
    made: list[tuple[Path, str]] = []

    class Kept(FakeCluster):
        def __init__(self, installation: Path, home: Path, stamp: str) -> None:
            super().__init__(installation)
            made.append((home, stamp))
            self.bootstrapped = len(made) > 1

    monkeypatch.setattr(module, "KeptCluster", Kept)
    monkeypatch.setattr(module, "system_version", lambda folder: 17)
    tools: Any = FakeTools()
    with EmbeddedPostgres(tools, Path("/home")) as first:
        first.url("x")
    assert FakeCluster.made[-1].bootstrapped
    assert sum("create database" in said for said in FakeConnection.statements) == 1
    FakeConnection.statements.clear()
    with EmbeddedPostgres(tools, Path("/home")) as second:
        second.url("x")
    assert [said.split(" password")[0] for said in FakeConnection.statements] == [
        'alter role "postgres"',
        'alter role "authenticator"',
    ]
    assert made[0] == made[1]
    assert len(made[0][1]) == 64


def test_the_server_starts_once_and_ends_with_the_block(database: EmbeddedPostgres) -> None:
    with database:
        first, second = database.url("a"), database.url("b")
        assert first.startswith("postgresql://postgres:")
        assert first.replace("/a?", "/b?") == second
    (cluster,) = FakeCluster.made
    assert cluster.stopped == 1
    database.close()
    assert cluster.stopped == 1
    database.url("a")
    assert len(FakeCluster.made) == 2


def test_a_scratch_database_is_made_from_the_bootstrap_and_dropped(
    database: EmbeddedPostgres,
) -> None:
    with database.scratch() as name:
        made = FakeConnection.statements[-1]
    assert made == (f'create database "{name}" template "archwright_bootstrap" owner "postgres"')
    assert FakeConnection.statements[-1] == f'drop database if exists "{name}" with (force)'
    with database.scratch("mine"):
        assert 'template "mine"' in FakeConnection.statements[-1]


def test_a_bootstrap_that_fails_stops_the_server(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeConnection, "error", errors.UndefinedFile("no extension"))
    with pytest.raises(errors.UndefinedFile):
        database.clone("x")
    assert FakeCluster.made[0].stopped == 1
    assert database.pid is None


def test_a_server_that_has_gone_is_a_diagnostic(database: EmbeddedPostgres) -> None:
    database.url("x")
    FakeCluster.made[0].alive = False
    with pytest.raises(DiagnosticError) as caught:
        database.clone("x")
    assert caught.value.diagnostics[0].code == "AW-6104"
    assert "Killed" in str(caught.value)


def test_a_broken_connection_is_a_diagnostic(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.connect("x") as connection:
        monkeypatch.setattr(FakeConnection, "error", psycopg.OperationalError("closed"))
        with pytest.raises(DiagnosticError, match="AW-6104"), database.connect("y") as other:
            other.execute("select 1")
    assert connection is not None


def test_no_diagnostic_hides_a_statement_that_failed(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.url("x")
    for error in (errors.LockNotAvailable("locked"), errors.AdminShutdown("dropped")):
        monkeypatch.setattr(FakeConnection, "error", error)
        with pytest.raises(type(error)), database.connect("x") as connection:
            connection.execute("select 1")


def test_a_scratch_database_of_a_dead_server_is_not_dropped(database: EmbeddedPostgres) -> None:
    with database.scratch():
        FakeCluster.made[0].alive = False
        before = list(FakeConnection.statements)
    assert FakeConnection.statements == before


def test_a_server_that_refuses_connections_is_told_from_one_that_has_gone(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str, **options: Any) -> None:
        raise psycopg.OperationalError("no such database")

    database.url("x")
    monkeypatch.setattr(psycopg, "connect", refuse)
    with pytest.raises(psycopg.OperationalError), database.connect("x"):
        pass


def test_pgtap_is_installed_as_superuser(database: EmbeddedPostgres) -> None:
    database.install_pgtap("x")
    assert "create extension if not exists pgtap" in FakeConnection.statements[-1]
