"""A platform in a process of its own, so that a test can kill it; it is told by JSON."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from archwright.ports import StackDatabase
from archwright.preview.front import front_end
from archwright.preview.platform import Home, running
from archwright.preview.project import open_project
from archwright.stack.server import listen


@dataclass(frozen=True)
class _Reached:
    """A database that runs elsewhere, as the platform asks for it."""

    owner: str
    caller: str
    superuser: str

    def url(self, _name: str, *, superuser: bool = False) -> str:
        return self.superuser if superuser else self.owner

    def caller_url(self, _name: str) -> str:
        return self.caller


def main() -> None:
    """Serve until killed; say so on standard output once it answers."""
    told = json.loads(sys.stdin.readline())
    server = cast(StackDatabase, _Reached(**told["database"]))
    project = open_project(Path(told["app"]))
    front = front_end(Path(told["dist"]))
    home = Home(Path(told["state"]))
    listener = listen("127.0.0.1", told["port"])
    with running(project, server, told["name"], home, listener=listener, specs=True, wrap=front):
        print("up", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
