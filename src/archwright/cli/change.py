"""``archwright change``: edit blueprint.yaml by wishes, and build what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archwright.blueprint.codec import load
from archwright.build.change.unbuilt import unbuilt
from archwright.build.change.wishes import Kind, Wish, granted
from archwright.build.journal import Journal
from archwright.build.session import Change
from archwright.catalog.materialise import materialise
from archwright.cli import wiring
from archwright.cli.building import Gates, Yes
from archwright.cli.evolving import Accept, Asked, DryRun, Folder, How, evolve
from archwright.cli.options import Json
from archwright.cli.plan import Wanted
from archwright.diagnostics import DiagnosticError, has_errors

Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="app.theme.primary=#0f766e, Product.title.maximum=200, Video.access.delete=owner.",
    ),
]
Adds = Annotated[
    list[str] | None,
    typer.Option(
        "--add",
        metavar="WHAT",
        help="likes@Video, messages, Product.price:integer,required, Product.store->Store, "
        "roles.support.",
    ),
]
Entities = Annotated[
    list[str] | None,
    typer.Option(
        "--add-entity",
        metavar="NAME",
        help='Product, or with its columns: "Product title:text,required store->Store".',
    ),
]
Removes = Annotated[
    list[str] | None,
    typer.Option(
        "--remove",
        metavar="WHAT",
        help="reposts, likes@Comment, Product, Product.caption, Video.access.delete.",
    ),
]
Renames = Annotated[
    list[str] | None,
    typer.Option(
        "--rename", metavar="OLD=NEW", help="Product.caption=headline, Product=Item; rows stay."
    ),
]


def change(
    app_folder: Folder,
    sets: Sets = None,
    add: Adds = None,
    add_entity: Entities = None,
    remove: Removes = None,
    rename: Renames = None,
    accept: Accept = None,
    dry_run: DryRun = False,
    gates: Gates = "standard",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Change a finished app: features, entities, columns, access, theme; all options at once.

    Shows first what differs: tables, columns, policies, files, migrations, hazards. Your comments
    in blueprint.yaml stay.
    """
    given: tuple[tuple[Kind, list[str] | None], ...] = (
        ("rename", rename),
        ("add-entity", add_entity),
        ("add", add),
        ("set", sets),
        ("remove", remove),
    )
    wishes = [Wish(kind, text) for kind, texts in given for text in texts or ()]

    def ask(out: Path, journal: Journal) -> Asked:
        problem = unbuilt(wiring.workspace(out)[0], journal)
        if problem is not None:
            raise DiagnosticError(problem)
        packs, problems = wiring.catalog()
        before, found = load(journal.blueprint, "the journal's Blueprint")
        if before is None or has_errors([*problems, *found]):
            raise DiagnosticError(*problems, *found)
        blueprint, renamed, problems = granted(before, packs, wishes)
        if blueprint is None:
            raise DiagnosticError(*problems)
        want = Wanted(materialise(blueprint, packs), packs, tuple(problems))
        return Asked(want, Change(frozenset(accept or ()), renamed))

    evolve(app_folder, ask, How(gates, yes, dry_run, as_json))
