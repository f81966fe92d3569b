"""The command line: ``archwright build | plan | change | apply | check | dev | ...``."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import typer
from rich.console import Console

from archwright import __version__
from archwright.adapters.processes import kill_running
from archwright.build.interrupts import SIGNALS
from archwright.cli.apply import apply
from archwright.cli.build import build
from archwright.cli.change import change
from archwright.cli.check import check
from archwright.cli.dev import dev
from archwright.cli.doctor import doctor
from archwright.cli.endings import TRACE, problems_of
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.explain import explain
from archwright.cli.importing import importing
from archwright.cli.plan import plan
from archwright.cli.prove import prove
from archwright.cli.show import show_diagnostics

app = typer.Typer(
    name="archwright",
    help="A platform compiler: one sentence in, a proven full-stack application out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(build)
app.command()(plan)
app.command()(change)
app.command()(apply)
app.command()(check)
app.command()(dev)
app.command()(prove)
app.command()(explain)
app.command()(doctor)
app.add_typer(importing)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"archwright {__version__}")
        raise typer.Exit


@app.callback()
def common(
    _version_wanted: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Archwright, a platform compiler."""


def main() -> None:
    """Run the command line. Every mistake ends in a diagnostic and an exit code, never a trace."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN or number != signal.SIGHUP:
            signal.signal(number, _interrupt)  # `nohup` ignores the end of the terminal
    for stream in (sys.stdout, sys.stderr):
        # What the user typed may hold bytes that are no text; showing them must not fail.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    errors = Console(stderr=True)
    try:
        app(standalone_mode=True)
    except SystemExit as end:
        if end.code == Exit.INTERRUPTED:
            errors.print("[yellow]interrupted[/]; the last good phase stands")
        raise
    except Exception as error:
        problems = problems_of(error)
        if code_of(problems) is Exit.FAULT and os.environ.get(TRACE):
            raise
        show_diagnostics(errors, problems)
        sys.exit(code_of(problems))


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    # The tools have sessions of their own: Ctrl-C reaches only us.
    kill_running()
    raise KeyboardInterrupt
