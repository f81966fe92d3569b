"""From SQLSTATE to status."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from archwright.stack.rest.errors import from_postgres


def raised(code: str, message: str = "m", detail: str | None = None) -> psycopg.Error:
    class Diagnosed(psycopg.Error):
        sqlstate = code

        @property
        def diag(self) -> Any:
            fields = {"message_primary": message, "message_detail": detail, "message_hint": None}
            return type("Diag", (), fields)()

    return Diagnosed()


@pytest.mark.parametrize(
    ("code", "message", "status"),
    [
        ("08006", "m", 503), ("09000", "m", 500), ("0L000", "m", 403), ("0P000", "m", 403),
        ("23503", "m", 409), ("23505", "m", 409), ("23502", "m", 400), ("25006", "m", 405),
        ("25001", "m", 500), ("21000", "m", 500), ("21000", "DELETE requires a WHERE clause", 400),
        ("22023", "role \"x\" does not exist", 401), ("22023", "other", 400),
        ("28000", "m", 403), ("40001", "m", 500), ("42883", "function xmlagg(x)", 406),
        ("42883", "m", 404), ("42P01", "m", 404), ("42P17", "m", 500), ("53300", "m", 503),
        ("53400", "m", 500), ("54001", "m", 500), ("57014", "m", 500), ("57P01", "m", 503),
        ("P0001", "m", 400), ("P0002", "m", 500), ("PT402", "m", 402), ("PTxyz", "m", 500),
        ("PT099", "m", 500), ("XX000", "m", 500), ("99999", "m", 400),
    ],
)  # fmt: skip
def test_statuses(code: str, message: str, status: int) -> None:
    assert from_postgres(raised(code, message), anonymous=False).status == status


def test_a_missing_right_is_401_for_nobody() -> None:
    nobody = from_postgres(raised("42501"), anonymous=True)
    assert (nobody.status, nobody.headers) == (401, {"www-authenticate": "Bearer"})
    member = from_postgres(raised("42501"), anonymous=False)
    assert (member.status, member.headers) == (403, {})


def test_errors_without_a_code() -> None:
    lost = from_postgres(psycopg.OperationalError("gone"), anonymous=True)
    assert (lost.status, lost.code, lost.details) == (503, "PGRST001", "gone")
    nul = from_postgres(psycopg.DataError("NUL"), anonymous=True)
    assert (nul.status, nul.code) == (400, "22021")
    full = from_postgres(PoolTimeout("full"), anonymous=True)
    assert (full.status, full.code) == (504, "PGRST003")


@pytest.mark.parametrize(
    ("message", "detail"),
    [
        ("nope", "{}"), ("[]", "{}"), ('{"code": "a"}', "{}"),
        ('{"code": "a", "message": "b"}', None), ('{"code": "a", "message": "b"}', "nope"),
        ('{"code": "a", "message": "b"}', '{"status": 99, "headers": {}}'),
        ('{"code": "a", "message": "b"}', '{"status": 400}'),
    ],
)  # fmt: skip
def test_malformed_raises(message: str, detail: str | None) -> None:
    found = from_postgres(raised("PGRST", message, detail), anonymous=True)
    assert (found.status, found.code) == (500, "PGRST121")
