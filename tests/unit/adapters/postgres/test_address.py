"""URLs of databases are read strictly, and nothing of them that may be secret is ever shown."""

from __future__ import annotations

import pytest

from archwright.adapters.postgres.address import is_url, read_address
from archwright.diagnostics import DiagnosticError

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("url", "host", "port", "name", "user", "password"),
    [
        ("postgres://h", "h", 5432, "", "", ""),
        ("postgresql://u:secret@h:6543/db?sslmode=require", "h", 6543, "db", "u", "secret"),
        (
            "postgresql://a%40b:p%40s%2Fs%3A@db.x.co/my%20db",
            "db.x.co",
            5432,
            "my db",
            "a@b",
            "p@s/s:",
        ),
        ("postgresql://u:a:bc@h/db", "h", 5432, "db", "u", "a:bc"),
        ("postgresql://u@[::1]:5433/db", "::1", 5433, "db", "u", ""),
        ("  postgresql:///db  ", "localhost", 5432, "db", "", ""),
    ],
)
def test_read(url: str, host: str, port: int, name: str, user: str, password: str) -> None:
    found = read_address(url)
    assert (found.host, found.port, found.name) == (host, port, name)
    assert (found.user, found.password) == (user, password)
    assert password == "" or password not in f"{found!r} {found}".replace(name, "")


def test_options_of_others_are_left_out() -> None:
    found = read_address("postgresql://h/d?pgbouncer=true&sslmode=disable&connect_timeout=300")
    assert found.options == (("sslmode", "disable"),)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{SECRET}@x@h/db",
        f"postgresql://u:x/{SECRET}@h/db",
        f"postgresql://u:x?{SECRET}@h/db",
        f"postgresql://u:x#{SECRET}@h/db",
        f"postgresql://u: {SECRET}@h/db",
        f"postgresql://u:{SECRET}@h:port/db",
        f"postgresql://u:{SECRET}@h:99999/db",
        f"postgresql://u:{SECRET}@h/db?passfile=/x",
        f"postgresql://h/db?password={SECRET}",
        f"postgresql://h/db?service={SECRET}",
        f"postgresql://u:{SECRET}@h/db\nx",
        f"mysql://u:{SECRET}@h/db",
        f"host=h password={SECRET}",
        "",
    ],
)
def test_what_cannot_be_read_is_not_shown(url: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        read_address(url)
    (problem,) = caught.value.diagnostics
    assert problem.code == "AW-6201"
    assert problem.hint
    assert SECRET not in f"{problem!r} {caught.value!r}"


def test_is_url() -> None:
    assert is_url("postgresql://x")
    assert is_url("Postgres://x")
    assert not is_url("postgres.sql")
