"""One PostgreSQL server process: made, started on a free loopback port, watched and stopped."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from archwright.adapters.postgres.account import Account, choose, within_reach
from archwright.adapters.postgres.binaries import system_version
from archwright.adapters.processes import kill_group, scrubbed
from archwright.diagnostics import Diagnostic, DiagnosticError

SUPERUSER = "supabase_admin"
_TRIES = 5
# the second is said while the last processes of a server that was killed still go
_TRY_AGAIN = ("Address already in use", "is still in use")
_PATIENCE = 60.0

# Everything here may be lost and made again, so nothing waits for the disk. Plans must not
# depend on when a background job came by, so autovacuum, JIT and parallel workers are off.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    # replication sees only what has been written out, which would otherwise take a fifth of a
    # second; without fsync, writing costs next to nothing
    "synchronous_commit": "on",
    "wal_level": "logical",
    "max_wal_senders": "40",
    "max_replication_slots": "40",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "track_functions": "all",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_line_prefix": "",
    # Or nothing else is among the last words of a server that was ended.
    "log_checkpoints": "off",
}

# The shell outlives us on purpose: when our end of its input closes, however we died, it stops
# the server and removes the folder. A server that ends by itself leaves the folder to us.
# QUIT alone would be lost on a server that has not set its handlers up yet: a shell starts its
# background jobs with QUIT ignored.
_SUPERVISOR = """
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{
  read -r _ <&3
  trap '' TERM
  kill -TERM "$server"
  kill -QUIT "$server"
  exit 0
} 2>/dev/null & watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
wait "$watch" && rm -rf "$TEMPORARY"
exit "$code"
"""


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a running server: loopback port and the superuser's password."""

    port: int
    password: str


class Cluster:
    """A PostgreSQL server with its data in a temporary folder; gone when we are.

    ``start`` raises ``DiagnosticError``: AW-6102 when it does not come up, AW-6103 when root has
    no account to run it as, AW-6106 when no port is free.
    """

    _settings: Mapping[str, str] = SETTINGS
    _supervisor = _SUPERVISOR

    def __init__(self, installation: Path) -> None:
        """Use the programs of ``installation``; start nothing yet."""
        self._installation = installation
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._stop_patience = 10.0
        self.address: Address | None = None

    @property
    def bootstrapped(self) -> bool:
        """Tell whether an earlier start has made all that the databases begin with."""
        return False

    def keep(self) -> None:
        """Note that the bootstrap is complete."""

    @property
    def alive(self) -> bool:
        """Tell whether the server process runs."""
        return self._process is not None and self._process.poll() is None

    def ended(self, patience: float = 1.0) -> bool:
        """Tell whether the server has gone, or goes within ``patience`` seconds."""
        if self._process is None:
            return True
        try:
            self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    @property
    def pid(self) -> int | None:
        """Return the server's process id while it runs."""
        state = self._state() if self.alive else []
        return int(state[0]) if state else None

    def start(self) -> Address:
        """Make a new cluster and start it; return once it takes connections."""
        self._folder, account = self._room()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        try:
            programs = within_reach(self._installation, account, self._folder / "programs")
            password = self._password()
            if not self.bootstrapped:
                self._initialise(programs, account, password)
            self.address = self._serve(programs, account, password)
        except BaseException:
            self.stop()
            raise
        return self.address

    def stop(self) -> None:
        """Stop the server and remove its folder; harmless when it is gone already."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(timeout=self._stop_patience)
            except subprocess.TimeoutExpired:
                kill_group(process.pid)
                process.wait()
        if self._folder is not None:
            self._leave(self._folder)
            self._folder = None
        if self._log is not None:
            self._log.close()
            self._log = None

    def last_words(self, lines: int = 6) -> str:
        """Return the end of the server's log."""
        if self._log is None:
            return ""
        size = os.fstat(self._log.fileno()).st_size
        tail = os.pread(self._log.fileno(), 8192, max(0, size - 8192))
        return "\n".join(tail.decode("utf-8", "replace").strip().splitlines()[-lines:])

    def _room(self) -> tuple[Path, Account]:
        """Return the folder to work in and whom to run as."""
        account = choose()
        folder = Path(tempfile.mkdtemp(prefix="archwright-pg-"))
        account.own(folder)
        return folder, account

    def _password(self) -> str:
        return secrets.token_hex(16)

    def _leave(self, folder: Path) -> None:
        """Remove what must not stay."""
        shutil.rmtree(folder, ignore_errors=True)

    def _initialise(self, programs: Path, account: Account, password: str) -> None:
        assert self._folder is not None
        secret = self._folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(password + "\n", encoding="ascii")
        account.own(secret)
        argv = [str(programs / "bin/initdb"), "--pgdata=data", f"--username={SUPERUSER}"]
        argv += ["--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
        argv += ["--no-instructions", *_by_version(system_version(programs))]
        done = subprocess.run(
            argv,
            cwd=self._folder,
            env=self._environment(),
            user=account.uid,
            group=account.gid,
            extra_groups=None if account.uid is None else [],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE * 3,
            check=False,
        )
        secret.unlink()
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise _failed("a database cluster could not be made", "\n".join(said[-4:]))

    def _serve(self, programs: Path, account: Account, password: str) -> Address:
        for _ in range(_TRIES):
            address = Address(_free_port(), password)
            self._spawn(programs, account, address.port)
            if self._came_up():
                return address
        raise DiagnosticError(
            Diagnostic(
                "AW-6106",
                f"PostgreSQL found its port taken {_TRIES} times in a row",
                hint="another program takes ports as fast as they become free; try again",
            )
        )

    def _spawn(self, programs: Path, account: Account, port: int) -> None:
        assert self._folder is not None
        argv = ["/bin/sh", "-c", self._supervisor, "archwright-postgres"]
        argv += [str(programs / "bin/postgres"), "-D", str(self._folder / "data")]
        for name, value in {**self._settings, "port": str(port)}.items():
            argv += ["-c", f"{name}={value}"]
        self._process = subprocess.Popen(
            argv,
            cwd=self._folder,
            env=self._environment(),
            user=account.uid,
            group=account.gid,
            extra_groups=None if account.uid is None else [],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us to handle, in our order
        )

    def _came_up(self) -> bool:
        """Wait for the server; return False when its port was taken, raise when it failed."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self.alive:
            if self._state()[-1:] == ["ready"]:
                return True
            time.sleep(0.02)
        if any(said in self.last_words(20) for said in _TRY_AGAIN):
            time.sleep(0.1)
            return False
        raise _failed("PostgreSQL did not start", self.last_words())

    def _state(self) -> list[str]:
        """Return the lines of the server's own lock file: process id first, state last."""
        if self._folder is None:
            return []
        try:
            text = (self._folder / "data/postmaster.pid").read_text("ascii")
        except FileNotFoundError:
            return []
        return [line.strip() for line in text.splitlines()]

    def _environment(self) -> dict[str, str]:
        assert self._folder is not None
        system = [Path("/usr/bin"), Path("/bin")]
        return scrubbed(self._folder, system, {"TEMPORARY": str(self._folder)})


def connect(address: Address, database: str = "postgres") -> psycopg.Connection:
    """Connect as the superuser, in autocommit mode."""
    return psycopg.connect(
        host="127.0.0.1",
        port=address.port,
        user=SUPERUSER,
        password=address.password,
        dbname=database,
        autocommit=True,
        connect_timeout=10,
        application_name="archwright",
    )


def _by_version(version: int) -> list[str]:
    """Return initdb's options that depend on the major version."""
    locale = ["--locale=C.UTF-8", "--locale-provider=builtin"] if version >= 17 else ["--locale=C"]
    # Passwords are long and random, so there is nothing that iterations would protect.
    return [*locale, "--set=scram_iterations=1"] if version >= 16 else locale


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _failed(what: str, words: str) -> DiagnosticError:
    hint = "run `archwright doctor`; the lines above are PostgreSQL's own words"
    if "could not look up effective user ID" in words:
        hint = "PostgreSQL runs only for a user with a name: give this one a line in /etc/passwd"
    return DiagnosticError(Diagnostic("AW-6102", f"{what}:\n{words}", hint=hint))
