"""A small pool of connections and the transaction in which a caller's statement runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from .http import Request
from .identity import Caller
from .sql import Sql

Connection = psycopg.Connection[Any]

_ROLE_SETTINGS = """
select coalesce(r.rolname, ''), s.setting
from pg_db_role_setting d left join pg_roles r on r.oid = d.setrole,
     lateral unnest(d.setconfig) as s(setting)
where d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and r.rolname = any (%s)
"""
_ROLES = ["anon", "authenticated", "service_role"]
# what a hosted project starts with; `alter role` in a migration goes before these
_TIMEOUTS = {"anon": "3s", "authenticated": "8s"}


class Pool:
    """Hands out at most ``size`` connections; more callers wait."""

    def __init__(self, url: str, size: int = 4) -> None:
        self._url = url
        self._free: list[Connection] = []
        self._slots = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run one transaction with the rights of the pool's own user."""
        with self._slots:
            connection = self._take()
            try:
                with connection.transaction():
                    yield connection
            finally:
                self._give(connection)

    @contextmanager
    def as_caller(
        self,
        caller: Caller,
        request: Request,
        settings: Mapping[str, Mapping[str, str]],
        *,
        read_only: bool,
    ) -> Iterator[Connection]:
        """Run one transaction as the caller's role, with the settings PostgREST makes."""
        with self.transaction() as connection:
            chosen = {
                "transaction_read_only": "on" if read_only else "off",
                "search_path": '"public", "extensions"',
                "request.method": request.method,
                "request.path": request.path,
                "request.headers": json.dumps(dict(request.headers)),
                "request.jwt.claims": json.dumps(dict(caller.claims)),
                **settings.get(caller.role, {}),
                "role": caller.role,
            }
            for name, text in chosen.items():
                connection.execute("select set_config(%s, %s, true)", (name, text))
            yield connection

    def role_settings(self) -> dict[str, dict[str, str]]:
        """Read what ``alter role ... set`` says about the callers' roles (timeouts)."""
        with self.transaction() as connection:
            found = {role: {"statement_timeout": text} for role, text in _TIMEOUTS.items()}
            for role, setting in connection.execute(_ROLE_SETTINGS, (_ROLES,)):
                name, _, text = setting.partition("=")
                found.setdefault(role, {})[name] = text
            return found

    def close(self) -> None:
        """Close all free connections."""
        with self._lock:
            while self._free:
                self._free.pop().close()

    def _take(self) -> Connection:
        with self._lock:
            if self._free:
                return self._free.pop()
        connection = psycopg.connect(self._url, autocommit=True)
        connection.prepare_threshold = None
        return connection

    def _give(self, connection: Connection) -> None:
        if connection.broken or connection.closed:
            connection.close()
            return
        with self._lock:
            self._free.append(connection)


def run(connection: Connection, sql: Sql) -> tuple[Any, ...]:
    """Run a statement of ours that gives one row."""
    row: tuple[Any, ...] | None = connection.execute(sql.text.encode(), sql.params).fetchone()
    if row is None:
        raise AssertionError(f"no row from {sql.text}")
    return row
