"""Shows a build while it runs: one line a phase, gates as they pass; or JSON lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.live import Live
from rich.text import Text

from archwright.build.events import Event, Listener
from archwright.cli.show import safe, say


def json_lines() -> Listener:
    """Return a listener that prints one JSON object a line."""

    def listen(event: Event) -> None:
        line = json.dumps({"event": event.kind, **event.data}, ensure_ascii=False)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    return listen


def steps(show: Callable[[str], None]) -> Callable[[str, int, int], None]:
    """Return a progress of the toolchain's installation that shows each tenth once.

    It is told twice a second, for minutes.
    """
    shown: list[str] = []

    def told(message: str, done: int, total: int) -> None:
        text = message + (f" {done * 10 // total * 10} %" if total and done else "")
        if [text] != shown:
            shown[:] = [text]
            show(text)

    return told


class TerminalProgress:
    """Draws progress: a fixed line for each finished phase, on a terminal a live one below."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        """Show phases on a console."""
        self.console = console
        self._clock = clock
        self._title = ""
        self._started = 0.0
        self._running: dict[str, float] = {}
        self._done: list[str] = []
        self._live = Live(console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> TerminalProgress:
        """Start drawing."""
        if self.console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing and leave the finished lines."""
        if self.console.is_terminal:
            self._live.stop()

    def listen(self, event: Event) -> None:
        """Take one event."""
        handler = getattr(self, f"_{event.kind}", None)
        if handler is not None:
            handler(event)
        self._live.update(self._line())

    def _line(self) -> Text:
        if not self._title:
            return Text("")
        running = ", ".join(self._running)
        passed = " ".join(self._done)
        text = Text.from_markup(f"[bold cyan]>[/] {self._title}  [green]{passed}[/] {running}")
        text.no_wrap = True
        text.overflow = "ellipsis"
        return text

    def _phase_started(self, event: Event) -> None:
        number, of, title = event.data["phase"], event.data["of"], safe(event.data["title"])
        self._title = f"{number:>2}/{of} {title}"
        self._started = self._clock()
        self._running, self._done = {}, []

    def _gate_started(self, event: Event) -> None:
        self._running[str(event.data["gate"])] = self._clock()

    def _gate_finished(self, event: Event) -> None:
        gate = str(event.data["gate"])
        self._running.pop(gate, None)
        if event.data["passed"] and not event.data["skipped"]:
            self._done.append(gate)

    def _repaired(self, event: Event) -> None:
        path, done = safe(event.data["path"]), safe(event.data["done"])
        say(self.console, f"   [yellow]repaired[/] {path}: {done}")
        self._done.clear()

    def _phase_finished(self, event: Event) -> None:
        seconds = self._clock() - self._started
        files, gates = event.data["files"], len(self._done)
        what = f"{files} files, {gates} gates, {seconds:.1f} s"
        say(self.console, f"[green]ok[/] {self._title}  [dim]{what}[/]")
        self._title = ""

    def _phase_failed(self, _event: Event) -> None:
        say(self.console, f"[red]failed[/] {self._title}")
        self._title = ""

    def _rolled_back(self, event: Event) -> None:
        stands = event.data["stands"]
        say(self.console, f"[yellow]rolled back[/]: {stands} phases stand, as they were")
