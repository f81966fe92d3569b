"""Somebody's database, local or hosted: connected to for reading, with mistakes told plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from archwright.adapters.postgres.address import PLACE, Address, read_address
from archwright.diagnostics import Diagnostic, DiagnosticError, Place

OLDEST = 15
PATIENCE = 10
"""Seconds until a server that does not answer is taken for none."""
_LONGEST = "60s"
# What libpq says, and what that means: code, message, hint. The first that fits is taken.
_MEANT = (
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "AW-6203",
        "does not accept the user or the password",
        "Look at both once more; in a URL @ : / ? # of a password are written as %40 %3A %2F %3F "
        "%23.",
    ),
    (
        ("no pg_hba.conf entry", "requires SSL", "SSL connection is required"),
        "AW-6203",
        "does not let this user in from here",
        "A hosted database may want ?sslmode=require, or your address on its list.",
    ),
    (
        ("does not support SSL", "SSL error", "certificate verify failed"),
        "AW-6202",
        "cannot be spoken to in the way that sslmode says",
        "Try another sslmode: disable for a local server, require for a hosted one.",
    ),
    (
        ("invalid response to", "closed the connection unexpectedly", "but received"),
        "AW-6204",
        "does not speak as PostgreSQL does",
        "Look at host and port: PostgreSQL mostly listens on 5432, a pooler on 6543.",
    ),
    (
        ("does not exist",),
        "AW-6203",
        "does not know the user or the database",
        "Look at both once more.",
    ),
    (
        ("too many connections", "too many clients", "remaining connection slots"),
        "AW-6202",
        "has no connection left",
        "Try again later.",
    ),
)


@contextmanager
def reading(url: str) -> Iterator[Any]:
    """Connect for reading only; nothing that is done here is kept.

    Raises ``DiagnosticError``: AW-6201 the URL cannot be read, AW-6202 the server cannot be
    reached or is lost, AW-6203 it lets the user not in, AW-6204 it is no PostgreSQL, AW-6205 it is
    too old, AW-6206 what is read is refused. None of them holds the password, nor what caused it.
    """
    address = read_address(url)
    connection = _connect(address)
    try:
        connection.execute("set transaction read only")
        connection.execute(f"set local statement_timeout = '{_LONGEST}'")
        _check_version(connection, address)
        yield connection
    except psycopg.Error as error:
        raise DiagnosticError(_failed(error, address)) from None
    finally:
        connection.close()


def _connect(address: Address) -> psycopg.Connection:
    given: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "dbname": address.name or None,
        "user": address.user or None,
        "password": address.password or None,
        "connect_timeout": PATIENCE,
        **dict(address.options),
    }
    known = {key: value for key, value in given.items() if value is not None}
    try:
        # a pooler may hand the next statement to another server
        return psycopg.connect("", prepare_threshold=None, **known)
    except (psycopg.Error, UnicodeError, ValueError) as error:
        raise DiagnosticError(_refused(str(error), address)) from None


def _refused(said: str, address: Address) -> Diagnostic:
    """Return what a failed connection means; what libpq said itself is not shown."""
    lowered = said.lower()
    for signs, code, what, hint in _MEANT:
        if any(sign.lower() in lowered for sign in signs):
            return Diagnostic(code, f"the server {what}: {address}", Place(PLACE), hint)
    hint = "Is the host right, does the server run, and may this machine reach it?"
    return Diagnostic("AW-6202", f"the server cannot be reached: {address}", Place(PLACE), hint)


def _failed(error: psycopg.Error, address: Address) -> Diagnostic:
    if error.sqlstate is None:
        text = f"the connection was lost: {address}"
        return Diagnostic("AW-6202", text, Place(PLACE), "Try again.")
    if isinstance(error, psycopg.errors.QueryCanceled):
        text = f"the catalogue could not be read within {_LONGEST}: {address}"
        return Diagnostic("AW-6206", text, Place(PLACE), "Try again when less is going on there.")
    said = scrubbed(error.diag.message_primary or type(error).__name__, address)
    text = f"the catalogue cannot be read: {said} [{error.sqlstate}]"
    return Diagnostic("AW-6206", text, Place(PLACE), "Call as the owner of the app's tables.")


def scrubbed(text: str, address: Address) -> str:
    """Return a text of the server's without the password, should it ever be in it."""
    return text.replace(address.password, "***") if address.password else text


def _check_version(connection: Any, address: Address) -> None:
    row = connection.execute("select current_setting('server_version_num')").fetchone()
    version = int(row[0]) // 10000
    if version < OLDEST:
        text = f"the server is PostgreSQL {version}, and {OLDEST} is the oldest that is read"
        hint = f"Upgrade it, or import a dump instead ({address})."
        raise DiagnosticError(Diagnostic("AW-6205", text, Place(PLACE), hint))
