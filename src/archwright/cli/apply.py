"""``archwright apply``: an app becomes what its blueprint.yaml says by now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archwright.build.change.declared import declared
from archwright.build.journal import Journal
from archwright.build.session import Change
from archwright.cli.building import Gates, Yes, own_source
from archwright.cli.evolving import Accept, Asked, DryRun, Folder, How, evolve
from archwright.cli.options import Json
from archwright.cli.plan import wanted
from archwright.diagnostics import DiagnosticError, has_errors

Renames = Annotated[
    list[str] | None,
    typer.Option(
        "--rename",
        metavar="OLD=NEW",
        help="What has another name by now keeps its rows: Product.caption=headline.",
    ),
]


def apply(
    app_folder: Folder,
    accept: Accept = None,
    rename: Renames = None,
    dry_run: DryRun = False,
    gates: Gates = "standard",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Change an app into what its blueprint.yaml says: add, change and remove, phase by phase.

    Shows first what differs. Goes on with a build or change that was interrupted.
    """

    def ask(out: Path, journal: Journal) -> Asked:
        source = own_source(out)
        assert source is not None  # there is a journal
        want = wanted(source)
        renamed, problems = declared(journal.blueprint, want.blueprint, rename or ())
        if has_errors(problems):
            raise DiagnosticError(*problems)
        return Asked(want, Change(frozenset(accept or ()), renamed))

    evolve(app_folder, ask, How(gates, yes, dry_run, as_json))
