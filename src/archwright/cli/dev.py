"""``archwright dev``: a generated app that runs on this machine."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from archwright.build.interrupts import SIGNALS
from archwright.cli import wiring
from archwright.cli.options import folder
from archwright.cli.progress import steps
from archwright.cli.show import safe, say, show_diagnostics
from archwright.diagnostics import Diagnostic

if TYPE_CHECKING:
    from archwright.preview.dev import Preview

AppFolder = Annotated[str, typer.Argument(help="The app's folder.", metavar="FOLDER")]
Reset = Annotated[bool, typer.Option("--reset", help="Make the database and its files anew.")]
NoSeed = Annotated[bool, typer.Option("--no-seed", help="Leave the sample rows out.")]
Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Of the front end.")]
ApiPort = Annotated[int | None, typer.Option("--api-port", min=1, max=65535, help="Of the API.")]
Host = Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 for all networks.")]
ApiOnly = Annotated[
    bool, typer.Option("--api-only", help="Serve no pages, as for a folder without any.")
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Build anew when blueprint.yaml changes, and migrate.")
]
Specs = Annotated[bool, typer.Option("--specs", hidden=True, help="Let the clock be turned.")]

_DENIED = "ASGI callable returned without completing handshake."
"""What uvicorn says of each WebSocket that was refused with an answer, as a stale key is."""
_LOOK = 0.4
"""Seconds between looks at what runs and what has changed."""


def dev(
    app_folder: AppFolder = ".",
    reset: Reset = False,
    no_seed: NoSeed = False,
    port: Port = None,
    api_port: ApiPort = None,
    host: Host = "127.0.0.1",
    api_only: ApiOnly = False,
    watch: Watch = False,
    specs: Specs = False,
) -> None:
    """Run an app on this machine: database, API, mailbox, front end with hot reload.

    Any project of Supabase will do; where it has no pages, the API is all there is.

    For preview and proof, not for production. Ctrl-C ends it; its database stays for next time.
    """
    from archwright.preview.dev import Options, serve
    from archwright.preview.following import Follower
    from archwright.preview.project import open_project

    began = time.monotonic()
    screen = TerminalScreen(Console(), Console(stderr=True))
    options = Options(reset, not no_seed, port or 0, api_port or 0, host, specs, pages=not api_only)
    machine = wiring.machine(screen.installing)
    with _until_asked(), _logs(screen):
        project = open_project(folder(app_folder), pages=False)
        with serve(project, options, machine, screen) as preview:
            screen.banner(project.root.name, preview, time.monotonic() - began, watch=watch)
            follower = Follower(project, preview.server, machine, screen) if watch else None
            with closing(follower) if follower else _nothing():
                while True:
                    time.sleep(_LOOK)
                    preview.check()
                    if follower is not None:
                        follower.step()


class TerminalScreen:
    """Prints lines with where they come from; safe to be called from several threads."""

    def __init__(self, console: Console, errors: Console) -> None:
        """Print on the consoles."""
        self._console = console
        self._errors = errors
        self._lock = threading.Lock()
        self.installing = steps(lambda text: self.line("toolchain", text))

    def line(self, source: str, text: str) -> None:
        """Print a line of one of the parts."""
        with self._lock:
            say(self._console, f"[cyan]{safe(source):>9}[/] [dim]|[/] {safe(text)}")

    def problems(self, found: Sequence[Diagnostic]) -> None:
        """Print diagnostics."""
        with self._lock:
            show_diagnostics(self._errors, found)

    def banner(self, name: str, preview: Preview, seconds: float, *, watch: bool) -> None:
        """Print where the app is and who can sign in."""
        from archwright.preview.env_file import FILE

        rows = [("app", preview.app)] if preview.app else []
        rows += [("API", preview.api)]
        rows += [("mailbox", f"{preview.api}/mailbox"), ("REST docs", f"{preview.api}/docs")]
        lines = [f"\n[bold green]{safe(name)} is running[/] [dim]after {seconds:.1f} s[/]\n"]
        lines += [f"  {label:<10} [bold]{safe(url)}[/]" for label, url in rows]
        lines.append(f"  {'keys':<10} {FILE} [dim](for scripts; yours alone)[/]")
        for rank, person in enumerate(preview.people):
            label = "" if rank else "sign in as"
            lines.append(f"  {label:<10} {safe(person.email)} [dim]({safe(person.role)})[/]")
        if preview.people:
            from archwright.preview.people import PASSWORD

            lines.append(f"  {'password':<10} {PASSWORD}")
        lines.append("\n  For preview and proof, not for production. Ctrl-C ends it.")
        if watch:
            lines.append("  blueprint.yaml and the migrations are watched.")
        if not preview.private:
            text = "Other machines can reach it: whoever does can sign in and read the mailbox."
            lines.append(f"  [bold yellow]{text}[/]")
        with self._lock:
            say(self._console, "\n".join(lines) + "\n")


class _Logs(logging.Handler):
    """Shows what the stack logs: functions' own lines, and what went wrong."""

    def __init__(self, screen: TerminalScreen) -> None:
        super().__init__()
        self._screen = screen

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        if record.getMessage() == _DENIED:
            return
        source = "functions" if ".functions." in record.name else "api"
        self._screen.line(source, record.getMessage())
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            self._screen.line(source, f"{type(error).__name__}: {error}")


@contextmanager
def _logs(screen: TerminalScreen) -> Iterator[None]:
    handler = _Logs(screen)
    levels = {
        "archwright.stack": logging.WARNING,
        "archwright.stack.functions.logs": logging.INFO,
        "uvicorn": logging.ERROR,
        # each refused statement of a pipeline is a warning there
        "psycopg": logging.ERROR,
    }
    before = {name: logging.getLogger(name).level for name in levels}
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    heard = [logging.getLogger(name) for name in ("archwright.stack", "uvicorn", "psycopg")]
    for logger in heard:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in heard:
            logger.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def _until_asked() -> Iterator[None]:
    """End the block with the first Ctrl-C or SIGTERM, in order; a second one waits for that."""

    def asked(_number: int, _frame: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {n: signal.getsignal(n) for n in SIGNALS}
    for number in SIGNALS:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, asked)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
