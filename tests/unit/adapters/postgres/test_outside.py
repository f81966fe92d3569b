"""A database of somebody's that cannot be read is a diagnostic without anything secret in it."""

from __future__ import annotations

import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from archwright.adapters.postgres import outside
from archwright.adapters.postgres.address import read_address
from archwright.diagnostics import Diagnostic, DiagnosticError

ENCODED, SECRET = "s3cr%40t%2Fpass", "s3cr@t/pass"


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Listen on a port, and answer whoever comes with some bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                while True:
                    caller, _ = server.accept()
                    with caller:
                        caller.recv(1024)
                        caller.sendall(answer)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def refused(url: str) -> Diagnostic:
    """Return what connecting comes to, after looking for the password wherever it could be."""
    with pytest.raises(DiagnosticError) as caught, outside.reading(url):
        pass
    (problem,) = caught.value.diagnostics
    told = "".join(traceback.format_exception(caught.value)) + repr(problem)
    for part in (ENCODED, SECRET, "s3cr"):
        assert part not in told
    assert problem.hint
    return problem


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    problem = refused(f"postgresql://u:{ENCODED}@127.0.0.1:{port}/db")
    assert problem.code == "AW-6202"
    assert f"127.0.0.1:{port}" in problem.message


def test_a_host_that_is_none() -> None:
    assert refused(f"postgresql://u:{ENCODED}@no.such.host.invalid/db").code == "AW-6202"


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"\x4a\0\0\0\x0a5.7"])
def test_no_postgresql(answer: bytes) -> None:
    with answering(answer) as port:
        problem = refused(f"postgresql://u:{ENCODED}@127.0.0.1:{port}/db?sslmode=disable")
    assert problem.code == "AW-6204"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('FATAL:  password authentication failed for user "u"', "AW-6203"),
        ('FATAL:  database "x" does not exist', "AW-6203"),
        ("FATAL:  no pg_hba.conf entry for host", "AW-6203"),
        ("server does not support SSL, but SSL was required", "AW-6202"),
        ("FATAL:  sorry, too many clients already", "AW-6202"),
        ("received invalid response to SSL negotiation: H", "AW-6204"),
        (f"something new with {SECRET}", "AW-6202"),
    ],
)
def test_what_libpq_says_is_said_in_our_words(
    monkeypatch: pytest.MonkeyPatch, said: str, code: str
) -> None:
    def connect(*args: object, **given: object) -> None:
        raise psycopg.OperationalError(said)

    monkeypatch.setattr(psycopg, "connect", connect)
    assert refused(f"postgresql://u:{ENCODED}@h/db").code == code


class Told:
    """A connection that gives one answer, or fails with one error."""

    def __init__(self, version: str, error: Exception | None = None) -> None:
        self.version, self.error, self.closed = version, error, False

    def execute(self, query: str) -> Any:
        if self.error is not None and "server_version" not in query and "set" not in query:
            raise self.error
        return self

    def fetchone(self) -> tuple[str]:
        return (self.version,)

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("version", "error", "code"),
    [
        ("120004", None, "AW-6205"),
        ("170004", psycopg.OperationalError(f"lost {SECRET}"), "AW-6202"),
        ("170004", psycopg.errors.QueryCanceled(f"slow {SECRET}"), "AW-6206"),
        ("170004", psycopg.errors.InsufficientPrivilege(f"no {SECRET}"), "AW-6206"),
    ],
)
def test_what_goes_wrong_later(
    monkeypatch: pytest.MonkeyPatch, version: str, error: Exception | None, code: str
) -> None:
    there = Told(version, error)
    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: there)
    url = f"postgresql://u:{ENCODED}@h/db"
    with pytest.raises(DiagnosticError) as caught, outside.reading(url) as connection:
        connection.execute("select 1")
    assert [d.code for d in caught.value.diagnostics] == [code]
    assert "s3cr" not in "".join(traceback.format_exception(caught.value))
    assert there.closed


def test_the_servers_words_lose_the_password() -> None:
    address = read_address(f"postgresql://u:{ENCODED}@h/db")
    assert outside.scrubbed(f"no {SECRET}!", address) == "no ***!"
    assert outside.scrubbed("no", read_address("postgresql://h")) == "no"
