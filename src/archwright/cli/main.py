"""The command line: ``archwright build | plan | check | explain | doctor``."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from types import FrameType

import typer
from rich.console import Console

from archwright import __version__
from archwright.adapters.processes import kill_running
from archwright.cli.build import build
from archwright.cli.check import check
from archwright.cli.doctor import doctor
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.explain import explain
from archwright.cli.plan import plan
from archwright.cli.show import show_diagnostics
from archwright.diagnostics import Diagnostic, DiagnosticError, Place

TRACE = "ARCHWRIGHT_TRACE"

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
app.command()(check)
app.command()(explain)
app.command()(doctor)


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
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
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
    except DiagnosticError as error:
        show_diagnostics(errors, error.diagnostics)
        sys.exit(code_of(error.diagnostics))
    except OSError as error:
        problem = _refused(error)
        show_diagnostics(errors, [problem])
        sys.exit(code_of([problem]))
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        show_diagnostics(errors, [_fault(error)])
        sys.exit(Exit.FAULT)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    # The tools have sessions of their own: Ctrl-C reaches only us.
    kill_running()
    raise KeyboardInterrupt


def _refused(error: OSError) -> Diagnostic:
    place = Place(str(error.filename or ""))
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Diagnostic("AW-6003", "the disk is full", place, "Free some space and try again.")
    text = f"the system refused: {error.strerror or error}"
    return Diagnostic("AW-6011", text, place)


def _fault(error: Exception) -> Diagnostic:
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    text = f"a fault of Archwright's own: {type(error).__name__}: {error}"
    hint = f"Please report it; with {TRACE}=1 in the environment the whole trace is shown."
    return Diagnostic("AW-6099", text, Place(where), hint)
