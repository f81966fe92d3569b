"""``archwright dev`` as people start it: a process, what it says, and what it leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from subjects.command_line import clean_environment

MAIN = "from archwright.cli.main import main; main()"
PATIENCE = 120.0


class Dev:
    """A running command; ``with`` ends it, by force where it has not ended by itself."""

    def __init__(self, app: Path, *arguments: str, patience: float = PATIENCE) -> None:
        self.app = app
        self._patience = patience
        self._lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-c", MAIN, "dev", str(app), *arguments],
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Dev:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self.end(signal.SIGINT)

    @property
    def said(self) -> str:
        return "\n".join(self._lines)

    def started(self) -> Dev:
        self.hears("Ctrl-C ends it")
        return self

    def hears(self, text: str) -> str:
        """Wait until it says something; return all that it has said."""
        until(lambda: text in self.said or self._process.poll() is not None, self._patience)
        assert text in self.said, self.said
        return self.said

    def url(self, label: str) -> str:
        found = re.search(rf"^ +{label} +(http\S+)$", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    def end(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self._process.send_signal(number)
        return self.code()

    def code(self) -> int:
        code = self._process.wait(PATIENCE)
        self._reader.join(10)
        return code

    @property
    def key(self) -> str:
        keys = json.loads((self.app / ".archwright/dev/keys.json").read_text())
        return str(keys["publishable"])

    def ask(self, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """Ask the API as a browser does."""
        headers = {"apikey": self.key, "content-type": "application/json"}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url("API") + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def token(self, email: str) -> str:
        """Sign a sample person in."""
        person = {"email": email, "password": "sample-password"}
        status, said = self.ask("/auth/v1/token?grant_type=password", person)
        assert status == 200, said
        return str(said["access_token"])

    def page(self, path: str) -> str:
        """Read from the front end."""
        with urllib.request.urlopen(self.url("app") + path, timeout=60) as answer:
            return str(answer.read().decode())

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line.rstrip("\n"))


def until(good: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + patience
    while not good():
        assert time.monotonic() < deadline, "it does not come to be"
        time.sleep(0.05)


def left_running(app: Path) -> list[str]:
    """Return the command lines of all processes that work for an app's folder."""
    database = app / ".archwright/dev/database"
    places = {str(app), str(database.resolve())}
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if path.parent.name != str(os.getpid()) and any(place in command for place in places):
            found.append(command)
    return found
