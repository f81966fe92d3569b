"""Run as a program of its own: provides and tries the toolchain, and prints what it saw as JSON.

Modes: ``ensure`` only installs; ``use`` also runs tools and PostgreSQL; ``hold`` starts
PostgreSQL, tells its process id and waits to be killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import struct
import sys
import time
from pathlib import Path

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.diagnostics import DiagnosticError


def main(mode: str) -> int:
    """Do what ``mode`` says."""
    messages: list[str] = []
    tools = PinnedToolchain(progress=lambda message, *_: messages.append(message))
    said: dict[str, object] = {"uid": os.geteuid(), "messages": messages}
    try:
        tools.ensure()
        if mode == "use":
            said |= use(tools)
        elif mode == "hold":
            hold(tools)
    except DiagnosticError as error:
        said["codes"] = [diagnostic.code for diagnostic in error.diagnostics]
        said["text"] = str(error)
    finally:
        tools.close()
    print(json.dumps(said))
    return 0


def use(tools: PinnedToolchain) -> dict[str, object]:
    """Run a tool of each kind and a database."""
    with_loopback()
    folder = Path.cwd()
    with EmbeddedPostgres(tools) as database, database.scratch() as name:
        database.install_pgtap(name)
        with database.connect(name) as connection:
            row = connection.execute("select current_user, extensions.plan(1)").fetchone()
    return {
        "tsc": tools.tool("tsc", ["--version"], folder).stdout.strip(),
        "oxlint": tools.tool("oxlint", ["--version"], folder).stdout.strip(),
        "deno": tools.deno(["eval", "console.log(6 * 7)"], folder).stdout.strip(),
        "database": row,
    }


def hold(tools: PinnedToolchain) -> None:
    """Start PostgreSQL and wait for the end."""
    database = EmbeddedPostgres(tools)
    database.url("postgres")
    print(json.dumps({"postgres": database.pid}), flush=True)
    time.sleep(600)


def with_loopback() -> None:
    """Bring up ``lo``, which is down in a new network namespace; elsewhere it is up already."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        set_flags, up_and_running = 0x8914, 0x41
        fcntl.ioctl(probe, set_flags, struct.pack("16sh", b"lo", up_and_running))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
