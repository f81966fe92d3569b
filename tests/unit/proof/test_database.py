"""The database gate without a server: what it makes of answers; real ones are in tests/live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.migrate.files import MigrationFile
from archwright.proof.database import DatabaseGate, PhaseDatabases, apply
from archwright.proof.gate import Evidence
from subjects.canned import Canned, said
from subjects.small_app import subject

Answer = Callable[[str], Any]


class Rows:
    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self.rows[0] if self.rows else None


class Server:
    """A database port that asks ``answer`` for the rows of each statement."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.alive: list[str] = []
        self.made = 0

    @contextmanager
    def scratch(self, template: str | None = None) -> Iterator[str]:
        self.made += 1
        name = f"{template or 'bootstrap'}+{self.made}"
        self.alive.append(name)
        yield name
        self.alive.remove(name)

    @contextmanager
    def connect(self, name: str, *, superuser: bool = False) -> Iterator[Any]:
        yield self

    def execute(self, query: Any, params: Any = None) -> Rows:
        return Rows(self.answer(str(query)) or [])

    def rollback(self) -> None:
        """Do nothing."""

    def url(self, name: str, *, superuser: bool = False) -> str:
        return f"postgresql://postgres:secret@127.0.0.1:1/{name}"

    def clone(self, source: str) -> str:
        raise AssertionError

    def drop(self, name: str) -> None:
        raise AssertionError

    def install_pgtap(self, name: str) -> None:
        raise AssertionError

    def commit(self) -> None:
        raise AssertionError

    def close(self) -> None:
        raise AssertionError


def healthy(query: str) -> Any:
    return [(1, 2, 3, 4, 5)] if "count(*)" in query else None


def check(
    answer: Answer, tmp_path: Path, advice: str = '{"results": []}', **given: Any
) -> Evidence:
    tools = Canned(said(advice, code=given.pop("code", 0)))
    server = Server(answer)
    return DatabaseGate().check(subject(tmp_path, {}, postgres=server, toolchain=tools, **given))


def test_counts_become_facts(tmp_path: Path) -> None:
    evidence = check(healthy, tmp_path)
    assert evidence.passed
    assert evidence.facts == {
        "migrations": 0,
        "tables": 1,
        "policies": 2,
        "indexes": 3,
        "foreign_keys": 4,
        "triggers": 5,
        "function_bodies": 0,
        "plpgsql_check": False,
    }


def test_function_bodies_are_read_where_the_extension_is_there(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(query: str) -> Any:
        asked.append(query)
        if "pg_available_extensions" in query:
            return [()]
        if "plpgsql_check_function_tb" in query:
            return [
                ("f()", 3, "RETURN", "42703", "no such column", None),
                ("g()", None, None, "42P01", "no such table", "look"),
            ]
        return healthy(query)

    evidence = check(answer, tmp_path)
    assert [(d.message, d.hint) for d in evidence.diagnostics] == [
        ("function f(), line 3 (RETURN): no such column [42703]", ""),
        ("function g(): no such table [42P01]", "look"),
    ]
    assert any(query.startswith("create extension plpgsql_check") for query in asked)


def test_advice_by_level(tmp_path: Path) -> None:
    advice = (
        '{"results": [{"name": "a", "level": "ERROR", "detail": "bad", "remediation": "mend"},'
        ' {"name": "b", "level": "WARN", "title": "odd"}]}'
    )
    evidence = check(healthy, tmp_path, advice, last=True)
    assert [(str(d.severity), d.message, d.hint) for d in evidence.diagnostics] == [
        ("error", "bad [a]", "mend"),
        ("warning", "odd [b]", ""),
    ]
    assert evidence.facts["advisors"] == 2


@pytest.mark.parametrize(("said_", "code"), [("no", 0), ("{}", 0), ('{"results": []}', 1)])
def test_advisors_that_fail(tmp_path: Path, said_: str, code: int) -> None:
    (found,) = check(healthy, tmp_path, said_, code=code, last=True).diagnostics
    assert found.code == "AW-5190"


def test_a_catalogue_that_cannot_be_read(tmp_path: Path) -> None:
    def answer(query: str) -> Any:
        raise psycopg.errors.InsufficientPrivilege("permission denied for pg_policy")

    (found,) = check(answer, tmp_path).diagnostics
    assert found.code == "AW-5190"
    assert "permission denied for pg_policy" in found.message


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    def answer(query: str) -> Any:
        raise DiagnosticError(Diagnostic("AW-6104", "PostgreSQL was ended from outside"))

    server = Server(answer)
    with PhaseDatabases(server) as databases, pytest.raises(DiagnosticError):
        databases.prepare(None, [MigrationFile("1", "a", "select 1")])
    (found,) = check(answer, tmp_path).diagnostics
    assert (found.code, "ended from outside" in found.message) == ("AW-5190", True)


def test_databases_are_dropped_at_the_end() -> None:
    server = Server(healthy)
    with PhaseDatabases(server) as databases:
        one = databases.prepare(None, [])
        two = databases.prepare(one.name, [MigrationFile("1", "a", "select 1")])
        assert server.alive == [one.name, two.name]
        databases.drop(one.name)
        assert server.alive == [two.name]
    assert server.alive == []


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("select 1;\n\n-- why\n  select boom;\n", 4),
        ("create tabel x;", 0),
        ("select 1;\nselect 2;", 0),
    ],
)
def test_the_failing_statement_is_found_without_a_position(sql: str, line: int) -> None:
    """As for a constraint that existing rows break: the server names no position."""
    whole = sql

    def answer(query: str) -> Any:
        if query == whole or "boom" in query:
            raise psycopg.errors.CheckViolation("broken")

    (found,) = apply(Server(answer), "x", [MigrationFile("1", "a", sql)])
    assert found.place.line == line
    assert found.message == "broken [23514]"
    assert found.place.source == "supabase/migrations/1_a.sql"
