"""What ``change`` and ``apply`` share: look, show, refuse or ask, then build the difference."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from archwright.build.change.preview import Preview, preview
from archwright.build.change.suspects import look_alikes
from archwright.build.folder import look
from archwright.build.journal import Journal
from archwright.build.session import Change, Task, prepared, task
from archwright.cli import wiring
from archwright.cli.building import Mode, Screen, built, finish
from archwright.cli.exit_codes import Exit
from archwright.cli.options import folder
from archwright.cli.plan import Wanted
from archwright.cli.show import say, show_diagnostics
from archwright.cli.show_change import show_preview
from archwright.diagnostics import Diagnostic, DiagnosticError, Place, has_errors

Folder = Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that Archwright built.")]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="HAZARD",
        help="Do it although it may do this harm; data_loss:public.videos.caption for one object.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]


@dataclass(frozen=True)
class How:
    """How a change is to be done: with which gates, asking or not, for people or programs."""

    gates: Mode
    yes: bool
    dry_run: bool
    as_json: bool


@dataclass(frozen=True)
class Asked:
    """What is asked of an app: the Blueprint that is wanted, and what the change may do."""

    want: Wanted
    change: Change


def standing(out: Path) -> Journal:
    """Return the journal of the app in a folder. Raises AW-7008 where there is none."""
    journal, problems = look(wiring.workspace(out)[0])
    if journal is None or not journal.built:
        text = "there is no app in this folder that could be changed"
        hint = "Name the folder that was given to `archwright build --out`."
        problems = problems or [Diagnostic("AW-7008", text, Place(str(out)), hint)]
    if journal is None or has_errors(problems):
        raise DiagnosticError(*problems)
    return journal


def evolve(name: str, ask: Callable[[Path, Journal], Asked], how: How) -> None:
    """Show what is asked of the app in a folder, and do it where nothing stands against it."""
    screen = Screen(Console(), Console(stderr=True), how.as_json)
    try:
        out = folder(name)
        journal = standing(out)
        asked = ask(out, journal)
        work, problems = task(asked.want.blueprint, asked.want.packs, journal, asked.change)
        problems = asked.want.located(problems)
        if work is None:
            raise DiagnosticError(*asked.want.remarks, *problems)
        problems += _show(screen, out, journal, work)
        show_diagnostics(screen.errors, asked.want.remarks)
        if has_errors(problems):
            raise DiagnosticError(*problems)
        show_diagnostics(screen.errors, problems)
        if how.dry_run:
            _dry(screen, work)
            return
        asks = not (how.yes or how.as_json or work.up_to_date) and sys.stdin.isatty()
        if asks and not typer.confirm("Change it?", default=True):
            raise typer.Exit(Exit.OK)
        want = replace(asked.want, remarks=(*asked.want.remarks, *problems))
        outcome = built(work, want, out, how.gates, screen, asked.change)
    except (typer.Exit, typer.Abort):
        raise
    except (KeyboardInterrupt, Exception) as error:
        screen.ended(error)
        raise
    finish(screen, out, work, outcome, fast=how.gates == "fast")


def _show(screen: Screen, out: Path, journal: Journal, work: Task) -> list[Diagnostic]:
    """Show a change, and return what of the user's in the folder stands against it."""
    if work.up_to_date:
        return []
    place = wiring.workspace(out)[0]
    _, problems = prepared(place, work)
    said = _previewed(work, {*journal.files, *place.digests()}, journal)
    if screen.as_json:
        screen.event("change", **said.as_dict())
    else:
        show_preview(screen.console, said)
    return problems


def _previewed(work: Task, stands: set[str], journal: Journal) -> Preview:
    said = [statement.detail for statement in work.statements]
    return preview(work.way, said, stands, journal.phases + 1, work.hazards, look_alikes(work.way))


def _dry(screen: Screen, work: Task) -> None:
    screen.event("result", complete=False, exit=Exit.OK, dry_run=True, diagnostics=[])
    if not screen.as_json:
        text = "nothing is to change" if work.up_to_date else "a dry run: nothing was written"
        say(screen.console, f"[dim]{text}[/]")
