"""A gateway in a process of its own, so that what measures it does not slow it down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.gateway import gateway
from archwright.stack.keys import Keys, make_keys
from archwright.stack.server import Served
from archwright.stack.settings import Settings
from archwright.stack.stack import make_stack


@dataclass(frozen=True, slots=True)
class Apart:
    """A gateway that runs: its address, process and keys, and where callers reach the database."""

    url: str
    pid: int
    keys: Keys
    caller: str

    def memory(self) -> float:
        """Return the process's resident memory in MiB (Linux)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return round(int(next(line for line in lines if "VmRSS" in line).split()[1]) / 1024, 1)


@contextmanager
def apart(database: EmbeddedPostgres, name: str, connections: int = 10) -> Iterator[Apart]:
    """Serve a database until the block ends."""
    keys = make_keys()
    caller = database.url(name).replace("//postgres:", "//authenticator:")
    service = database.url(name, superuser=True)
    told = {"service": service, "caller": caller, "connections": connections, "keys": asdict(keys)}
    child = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps(told) + "\n")
        child.stdin.flush()
        yield Apart(child.stdout.readline().strip(), child.pid, keys, caller)
    finally:
        child.stdin.close()
        child.wait(timeout=20)


def serve() -> None:
    """Serve until standard input closes; the child's part."""
    told = json.loads(sys.stdin.readline())
    settings = Settings(told["service"], told["caller"], connections=told["connections"])
    with Served(gateway(make_stack(settings, Keys(**told["keys"])))) as served:
        print(served.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    serve()
