"""A platform whose parts can be killed and come back, at the word of a spec in a browser."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from archwright.adapters.postgres.account import Account
from archwright.adapters.postgres.cluster import Address, Cluster, connect
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.processes import kill_group

PROCESS = Path(__file__).with_name("gateway_process.py")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Mortal(Cluster):
    """A PostgreSQL that can be killed and started again on its data, at the same address."""

    _programs: tuple[Path, Account] | None = None

    def _serve(self, programs: Path, account: Account, password: str) -> Address:
        self._programs = (programs, account)
        return super()._serve(programs, account, password)

    def crash(self) -> None:
        """Kill all of its processes at once: each has a session of its own."""
        assert self._process is not None
        assert self.pid is not None
        pid = self.pid
        os.kill(pid, signal.SIGSTOP)  # or it starts others in place of those that die
        for process in [*children(pid), pid]:
            os.kill(process, signal.SIGKILL)
        kill_group(self._process.pid)
        self._process.wait()

    def revive(self) -> None:
        """Start again; return once it takes connections."""
        assert self._programs is not None
        assert self.address is not None
        assert self._folder is not None
        (self._folder / "data/postmaster.pid").unlink(missing_ok=True)
        self._spawn(*self._programs, self.address.port)
        assert self._came_up()
        connect(self.address).close()


class MortalPostgres(EmbeddedPostgres):
    """The embedded PostgreSQL over a ``Mortal`` cluster."""

    def _new_cluster(self, installation: Path) -> Cluster:
        return Mortal(installation)

    @property
    def mortal(self) -> Mortal:
        assert isinstance(self._cluster, Mortal)
        return self._cluster


@dataclass
class GatewayProcess:
    """The platform of an app, in a process of its own."""

    app: Path
    dist: Path
    state: Path
    postgres: EmbeddedPostgres
    database: str
    port: int = field(default_factory=_free_port)
    _process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start; return once it answers."""
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = {
            "app": str(self.app),
            "dist": str(self.dist),
            "state": str(self.state),
            "port": self.port,
            "name": self.database,
            "database": {
                "owner": self.postgres.url(self.database),
                "caller": self.postgres.caller_url(self.database),
                "superuser": self.postgres.url(self.database, superuser=True),
            },
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "up\n"

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Outages:
    """Answers ``POST /<what>?seconds=N``: the part dies now and comes back after N seconds."""

    def __init__(self, **parts: tuple[Callable[[], None], Callable[[], None]]) -> None:
        self._parts = parts
        self.failures: list[BaseException] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._returns: list[threading.Thread] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for thread in self._returns:
            thread.join()
        self._server.shutdown()
        self._server.server_close()
        assert not self.failures, self.failures

    def happen(self, what: str, seconds: float) -> None:
        die, come_back = self._parts[what]
        die()
        thread = threading.Thread(target=self._later, args=(seconds, come_back))
        self._returns.append(thread)
        thread.start()

    def _later(self, seconds: float, come_back: Callable[[], None]) -> None:
        time.sleep(seconds)
        try:
            come_back()
        except BaseException as error:
            self.failures.append(error)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outages = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = urlsplit(self.path)
                seconds = float(parse_qs(asked.query)["seconds"][0])
                outages.happen(asked.path.removeprefix("/"), seconds)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
