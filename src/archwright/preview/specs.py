"""Runs an app's specs with Playwright against platforms that are up, and tells as they end."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import BrowserProgram, SpecEnded, Toolchain
from archwright.stack.keys import Keys

EVENTS = ".cache/specs.jsonl"
REPORT = ".cache/specs.json"
_REPORTER = ".cache/reporter.mjs"
_PLAYWRIGHT = "node_modules/@playwright/test/cli.js"
_LONGEST = 3600.0
"""Seconds that all specs together may take."""
_PAUSE = 0.2
"""Seconds between two looks at what has ended."""

Told = Callable[[SpecEnded], None]


@dataclass(frozen=True)
class SpecRunner:
    """Runs Playwright in a folder that holds the app with its packages."""

    toolchain: Toolchain
    browser: BrowserProgram
    folder: Path
    keys: Keys = field(repr=False)

    def run(self, origins: Sequence[str], chosen: Sequence[str], told: Told) -> str:
        """Run the chosen files of specs (none: all), one worker for each origin.

        Returns Playwright's JSON report. Raises ``DiagnosticError`` AW-5143 where there is none.
        """
        self._prepare()
        argv = [
            _PLAYWRIGHT,
            "test",
            f"--workers={len(origins)}",
            f"--reporter=json,./{_REPORTER}",
            *(f"/{name}" for name in chosen),  # they are patterns: the whole name is meant
        ]
        env = self._environment(origins)
        with Tail(self.folder, told):
            done = self.toolchain.node(argv, self.folder, env=env, timeout=_LONGEST)
        try:
            return (self.folder / REPORT).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            said = (done.stderr or done.stdout).strip()[-1500:]
            text = f"Playwright ended with code {done.code} and without a report: {said}"
            raise DiagnosticError(Diagnostic("AW-5143", text)) from error

    def _prepare(self) -> None:
        (self.folder / ".cache").mkdir(exist_ok=True)
        text = files("archwright.preview").joinpath("reporter.mjs").read_text(encoding="utf-8")
        (self.folder / _REPORTER).write_text(text, encoding="utf-8")
        for name in (EVENTS, REPORT):
            (self.folder / name).unlink(missing_ok=True)

    def _environment(self, origins: Sequence[str]) -> Mapping[str, str]:
        return {
            **self.browser.env,
            "E2E_ORIGINS": json.dumps(list(origins)),
            "E2E_SECRET_KEY": self.keys.secret,
            "E2E_CHROMIUM": str(self.browser.executable),
            "E2E_CHROMIUM_ARGS": " ".join(self.browser.args),
            "E2E_CHROMIUM_SANDBOX": "1" if self.browser.sandbox else "0",
            "VITE_SUPABASE_URL": origins[0],
            "VITE_SUPABASE_PUBLISHABLE_KEY": self.keys.publishable,
            "PLAYWRIGHT_JSON_OUTPUT_FILE": str(self.folder / REPORT),
            "ARCHWRIGHT_SPEC_EVENTS": str(self.folder / EVENTS),
        }


class Tail:
    """Reads what the reporter writes while specs run, and hands each ended spec on."""

    def __init__(self, folder: Path, told: Told) -> None:
        """Follow the file of a folder; it need not be there yet."""
        self._path, self._told = folder / EVENTS, told
        self._bases = tuple(dict.fromkeys((f"{folder}/", f"{folder.resolve()}/")))
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._seen = self._done = self._total = 0

    def __enter__(self) -> None:
        """Begin to look."""
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        """Hand on what is left, and end."""
        self._end.set()
        self._thread.join()
        self._read()

    def _follow(self) -> None:
        while not self._end.wait(_PAUSE):
            self._read()

    def _read(self) -> None:
        try:
            with self._path.open("rb") as stream:
                stream.seek(self._seen)
                lines = stream.read().splitlines(keepends=True)
        except FileNotFoundError:
            return
        for line in lines:
            if not line.endswith(b"\n"):  # the rest is still being written
                break
            self._seen += len(line)
            self._hand_on(json.loads(line))

    def _hand_on(self, event: Mapping[str, object]) -> None:
        if event["kind"] == "begun":
            self._total = int(str(event["total"]))
            return
        self._done += 1
        file = str(event["file"])
        for base in self._bases:
            file = file.removeprefix(base)
        self._told(
            SpecEnded(
                file=file,
                line=int(str(event["line"])),
                title=str(event["title"]),
                status=str(event["status"]),
                seconds=float(str(event["seconds"])),
                done=self._done,
                total=self._total,
            )
        )
