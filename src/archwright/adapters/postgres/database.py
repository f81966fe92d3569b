"""Implements the port ``Database`` on a PostgreSQL of our own that starts when first needed."""

from __future__ import annotations

import atexit
import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from archwright.adapters.postgres import cluster
from archwright.adapters.postgres.binaries import find, system_version
from archwright.adapters.postgres.cluster import SUPERUSER, Address, Cluster
from archwright.adapters.postgres.kept import KeptCluster
from archwright.adapters.postgres.pgtap import install
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Toolchain
from archwright.toolchain.pins import resource

BOOTSTRAP = "archwright_bootstrap"
OWNER = "postgres"
CALLER = "authenticator"
ADMIN_SHUTDOWN = "57P01"
_SCHEMAS = ("database", "auth", "storage", "realtime", "jobs", "queue", "rest")


class EmbeddedPostgres:
    """A PostgreSQL cluster with the Supabase bootstrap, started by the first call.

    Safe to use from several threads. It ends with ``close``, with the ``with`` block or with the
    process, however that dies. A server that somebody killed raises ``DiagnosticError`` AW-6104
    from then on; AW-6101 to AW-6103 and AW-6106 tell why one could not be had.
    """

    def __init__(self, toolchain: Toolchain, home: Path | None = None) -> None:
        """Take PostgreSQL from ``toolchain`` or, where it has none, from the system.

        Databases end with the server, unless there is a ``home``, a folder for one server at a
        time, in which they stay; AW-6107 tells that another version of Archwright made it.
        """
        self._toolchain = toolchain
        self._home = home
        self._cluster: Cluster | None = None
        self._owner_password = secrets.token_hex(16)
        self._lock = threading.Lock()

    def __enter__(self) -> EmbeddedPostgres:
        """Return itself; the server starts when first needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.close()

    @contextmanager
    def scratch(self, template: str | None = None) -> Iterator[str]:
        """Create a database, cloned from ``template`` or from the bootstrap; dropped on exit."""
        name = self.clone(template or BOOTSTRAP)
        try:
            yield name
        finally:
            if self.pid is not None:
                self.drop(name)

    def clone(self, source: str) -> str:
        """Clone a database that nobody is connected to and return the new name."""
        name = f"app_{secrets.token_hex(6)}"
        command = sql.SQL("create database {} template {} owner {}")
        parts = (sql.Identifier(part) for part in (name, source, OWNER))
        with self._admin() as connection:
            connection.execute(command.format(*parts))
        return name

    def provide(self, name: str) -> None:
        """Create a database with the bootstrap unless it is there."""
        command = sql.SQL("create database {} template {} owner {}")
        parts = (sql.Identifier(part) for part in (name, BOOTSTRAP, OWNER))
        with self._admin() as connection:
            query = "select from pg_database where datname = %s"
            if connection.execute(query, [name]).fetchone() is None:
                connection.execute(command.format(*parts))

    def drop(self, name: str) -> None:
        """Drop a database, ending its connections; one that is gone already is fine."""
        command = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        with self._admin() as connection:
            connection.execute(command)

    @contextmanager
    def connect(self, name: str, *, superuser: bool = False) -> Iterator[psycopg.Connection]:
        """Connect as the owner or as the superuser; commit at the end, roll back on an error."""
        with self._session(self.url(name, superuser=superuser)) as connection:
            yield connection

    def url(self, name: str, *, superuser: bool = False) -> str:
        """Return a connection URL on the loopback address."""
        return self._url(self._address(), name, SUPERUSER if superuser else OWNER)

    def caller_url(self, name: str) -> str:
        """Return a connection URL as ``authenticator``, which can only become what callers are."""
        return self._url(self._address(), name, CALLER)

    def install_pgtap(self, name: str) -> None:
        """Put pgTAP into the schema ``extensions`` of a database; no-op when it is there."""
        with self._admin(name) as connection:
            install(connection, self._toolchain.node_modules())

    @property
    def pid(self) -> int | None:
        """Return the server's process id while it runs, else None."""
        return self._cluster.pid if self._cluster else None

    def close(self) -> None:
        """Stop the server and remove its data; a later call starts a new one."""
        with self._lock:
            if self._cluster is not None:
                self._cluster.stop()
                self._cluster = None
                atexit.unregister(self.close)

    def _running_cluster(self) -> Cluster:
        with self._lock:
            if self._cluster is None:
                started = self._new_cluster(find(self._toolchain.node_modules()))
                started.start()
                try:
                    self._bootstrap(started)
                except BaseException:
                    started.stop()
                    raise
                atexit.register(self.close)
                self._cluster = started
            return self._cluster

    def _new_cluster(self, installation: Path) -> Cluster:
        if self._home is None:
            return Cluster(installation)
        texts = [resource(f"sql/{part}.sql") for part in ("roles", *_SCHEMAS)]
        version = str(system_version(installation))
        stamp = hashlib.sha256("\0".join([version, *texts]).encode()).hexdigest()
        return KeptCluster(installation, self._home, stamp)

    def _address(self) -> Address:
        running = self._running_cluster()
        if not running.alive or running.address is None:
            raise DiagnosticError(_gone(running))
        return running.address

    @contextmanager
    def _admin(self, name: str = "postgres") -> Iterator[psycopg.Connection]:
        with self._session(self.url(name, superuser=True), autocommit=True) as connection:
            yield connection

    @contextmanager
    def _session(self, url: str, *, autocommit: bool = False) -> Iterator[psycopg.Connection]:
        """Connect, and tell a server that has gone from a statement that failed."""
        connection: psycopg.Connection | None = None
        try:
            with psycopg.connect(url, autocommit=autocommit) as connection:
                yield connection
        except psycopg.OperationalError as error:
            running = self._cluster
            broken = connection is not None and connection.broken
            lost = broken and error.sqlstate != ADMIN_SHUTDOWN  # that one is our own `drop`
            if running is not None and (lost or running.ended()):
                raise DiagnosticError(_gone(running)) from error
            raise

    def _bootstrap(self, running: Cluster) -> None:
        assert running.address is not None
        database = sql.Identifier(BOOTSTRAP)
        with cluster.connect(running.address) as connection:
            if not running.bootstrapped:
                connection.execute(resource("sql/roles.sql").encode())
            for role in (OWNER, CALLER):
                command = sql.SQL("alter role {} password {}")
                password = sql.Literal(self._owner_password)
                connection.execute(command.format(sql.Identifier(role), password))
            if running.bootstrapped:
                return
            command = sql.SQL("create database {} template template0 owner {}")
            connection.execute(command.format(database, sql.Identifier(OWNER)))
        with cluster.connect(running.address, BOOTSTRAP) as connection:
            for part in _SCHEMAS:
                connection.execute(resource(f"sql/{part}.sql").encode())
        with cluster.connect(running.address) as connection:
            sealed = sql.SQL("alter database {} is_template true allow_connections false")
            connection.execute(sealed.format(database))
        running.keep()

    def _url(self, address: Address, name: str, user: str) -> str:
        password = address.password if user == SUPERUSER else self._owner_password
        # Said outright, or some clients print a warning among their output.
        options = "sslmode=disable"
        return f"postgresql://{user}:{password}@127.0.0.1:{address.port}/{name}?{options}"


def _gone(running: Cluster) -> Diagnostic:
    words = running.last_words()
    return Diagnostic(
        "AW-6104",
        "PostgreSQL was ended from outside" + (f"; its last words were:\n{words}" if words else ""),
        hint="run the command again; if it stays, look at the machine's memory",
    )
