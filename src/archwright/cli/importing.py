"""``archwright import``: a schema of elsewhere as a Blueprint; what has no place in one is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from archwright.adapters.postgres.address import is_url, read_address
from archwright.blueprint.codec import dump
from archwright.cli import wiring
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import Json, Name, told_as_json
from archwright.cli.show import say, show_diagnostics
from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.importing.reading import TEXT_MOST, read_schema
from archwright.importing.source import Source
from archwright.importing.translate import FEATURES, Imported, translate

importing = typer.Typer(
    name="import",
    help="Read a schema of elsewhere into a Blueprint; writes nothing but that.",
    no_args_is_help=True,
)
Out = Annotated[Path | None, typer.Option("--out", help="Write the Blueprint here, not to stdout.")]
_SMALLER = "Make the dump without rows: pg_dump --schema-only --no-owner"


@importing.command()
def postgres(
    source: Annotated[str, typer.Argument(metavar="URL|DUMP.SQL", help="A database or a dump.")],
    out: Out = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Read a live PostgreSQL 15 or newer, or a plain SQL dump of one (pg_dump --schema-only).

    A database is only read. Of a dump nothing runs but what makes types, tables and keys, in a
    scratch database, by a role without rights.
    """

    def read() -> Source:
        if is_url(source):
            return _live(source)
        from archwright.importing.dump import from_dump

        text = read_schema(Path(source), _SMALLER)
        with wiring.postgres(wiring.toolchain()) as server:
            return from_dump(server, text, Path(source).name)

    _import(read, out, name, as_json)


@importing.command()
def prisma(
    file: Annotated[Path, typer.Argument(metavar="SCHEMA.PRISMA", help="A Prisma schema.")],
    out: Out = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Read a Prisma schema: models, enumerations, relations of every kind."""

    def read() -> Source:
        from archwright.importing.prisma import from_prisma

        return from_prisma(read_schema(file, most=TEXT_MOST), file.name)

    _import(read, out, name, as_json)


@importing.command()
def dbml(
    file: Annotated[Path, typer.Argument(metavar="FILE.DBML", help="A DBML file.")],
    out: Out = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Read a DBML file, as diagram tools write it."""

    def read() -> Source:
        from archwright.importing.dbml import from_dbml

        return from_dbml(read_schema(file, most=TEXT_MOST), file.name)

    _import(read, out, name, as_json)


@importing.command()
def jdl(
    file: Annotated[Path, typer.Argument(metavar="FILE.JDL", help="A JHipster domain file.")],
    out: Out = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Read JHipster's JDL: entities, enumerations, all four kinds of relationship."""

    def read() -> Source:
        from archwright.importing.jdl import from_jdl

        return from_jdl(read_schema(file, most=TEXT_MOST), file.name)

    _import(read, out, name, as_json)


def _live(url: str) -> Source:
    # here and above: the other commands do not load the database's client
    from archwright.adapters.postgres.outside import reading
    from archwright.importing.postgres import from_introspected
    from archwright.introspect.catalogue import introspect

    address = read_address(url)
    with reading(url) as connection:
        found = introspect(connection)
    return from_introspected(found, address.name or "database")


def _import(read: Callable[[], Source], out: Path | None, name: str | None, as_json: bool) -> None:
    """Read, translate, tell and write. Raises where nothing can be made of the source."""
    with told_as_json(as_json):
        if out is not None and out.exists():
            raise DiagnosticError(
                Diagnostic("AW-1414", "the file is there already", Place(str(out)))
            )
        made = translate(read(), _taken(), name or "")
        if made.blueprint is None:
            raise DiagnosticError(*made.diagnostics)
        text = dump(made.blueprint)
        if out is not None:
            out.write_text(text, encoding="utf-8")
    _tell(made, text, out, as_json)


def _tell(made: Imported, text: str, out: Path | None, as_json: bool) -> None:
    errors = Console(stderr=True)
    if as_json:
        told = {
            "blueprint": text,
            "became": dict(made.became or {}),
            "diagnostics": [d.as_dict() for d in made.diagnostics],
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        show_diagnostics(errors, made.diagnostics)
        if out is None:
            typer.echo(text, nl=False)
    if out is not None and made.blueprint is not None:
        entities = len(made.blueprint.entities)
        say(errors, f"{entities} entities in {out}; next: archwright plan --blueprint {out}")
    code = code_of(made.diagnostics)
    if code is not Exit.OK:
        raise typer.Exit(code)


def _taken() -> frozenset[str]:
    """Return the tables that an imported app has anyway."""
    packs, problems = wiring.catalog()
    used = ("foundation", *FEATURES)
    if not all(name in packs for name in used):  # another pack's mistakes are nothing to us
        raise DiagnosticError(*problems)
    return frozenset(n for p in used for n in packs[p].manifest.tables)
