"""A small pool of connections and the transaction in which a caller's statement runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from .http import Request
from .identity import Caller

Connection = psycopg.Connection[Any]


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
    ) -> Iterator[Connection]:
        """Run one transaction as the caller's role, with the settings that policies read."""
        with self.transaction() as connection:
            chosen = {
                "search_path": '"public", "extensions"',
                "request.method": request.method,
                "request.path": request.path,
                "request.headers": json.dumps(dict(request.headers)),
                "request.jwt.claims": json.dumps(dict(caller.claims)),
                "role": caller.role,
            }
            for name, text in chosen.items():
                connection.execute("select set_config(%s, %s, true)", (name, text))
            yield connection

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
