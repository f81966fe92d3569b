"""The command line: ``archwright build | plan | check | explain | doctor``."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import typer
from rich.console import Console

from archwright import __version__
from archwright.cli.build import build
from archwright.cli.check import check
from archwright.cli.doctor import doctor
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.explain import explain
from archwright.cli.plan import plan
from archwright.cli.show import show_diagnostics
from archwright.diagnostics import DiagnosticError

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


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line. Every mistake ends in a diagnostic and an exit code, never a trace."""
    signal.signal(signal.SIGTERM, _interrupt)
    errors = Console(stderr=True)
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        errors.print("[yellow]interrupted[/]; the last good phase stands")
        sys.exit(Exit.INTERRUPTED)
    except DiagnosticError as error:
        show_diagnostics(errors, error.diagnostics)
        sys.exit(code_of(error.diagnostics))
