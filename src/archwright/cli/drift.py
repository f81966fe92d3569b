"""The comparison of ``archwright doctor FOLDER --db URL``: read, told, offered, never applied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from archwright.blueprint.codec import update
from archwright.cli import wiring
from archwright.cli.exit_codes import Exit
from archwright.cli.show import safe, say
from archwright.cli.wiring import blueprint_text
from archwright.diagnostics import Diagnostic, DiagnosticError, Place

if TYPE_CHECKING:
    from archwright.preview.drift import Examined

_BLUEPRINT = "blueprint.yaml"
_MARKS = {"missing there": "[red]-[/]", "unknown here": "[yellow]+[/]", "different": "[cyan]~[/]"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is compared, and where the two ways are written, if anywhere."""

    folder: Path
    url: str
    sql: Path | None
    blueprint: Path | None


def compare(wanted: Wanted, as_json: bool) -> Exit:
    """Compare and tell; return the exit code, 3 where the database has drifted.

    Raises ``DiagnosticError``: AW-62xx the database, AW-7008 the folder, AW-1414 a file to write
    that is there already.
    """
    for file in (wanted.sql, wanted.blueprint):
        if file is not None and file.exists():
            text = "the file is there already"
            raise DiagnosticError(Diagnostic("AW-1414", text, Place(str(file))))
    found, text = _examined(wanted)
    script = "\n".join(found.migration.scripts)
    if wanted.sql is not None and script:
        wanted.sql.write_text(script, encoding="utf-8")
    proposed = update(text, found.proposal.blueprint) if found.proposal and text else ""
    if wanted.blueprint is not None and found.proposal and found.proposal.changes:
        wanted.blueprint.write_text(proposed, encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(_data(found, proposed), indent=2, ensure_ascii=False))
    else:
        _tell(Console(), found, wanted)
    parted = found.drift or found.history.foreign or found.history.changed
    return Exit.PROOF if parted else Exit.OK


def _examined(wanted: Wanted) -> tuple[Examined, str]:
    """Return what was found, and the Blueprint's text, "" where there is none to be read."""
    # the database's client and the stack's database are for this command alone
    from archwright.adapters.postgres.outside import reading
    from archwright.blueprint.codec import load
    from archwright.drift.history import recorded
    from archwright.introspect.catalogue import introspect
    from archwright.preview.drift import examine
    from archwright.preview.project import open_project

    project = open_project(wanted.folder, pages=False)
    with reading(wanted.url) as connection:
        live, record = introspect(connection), recorded(connection)
    file = project.root / _BLUEPRINT
    text = (blueprint_text(file)[0] or "") if file.is_file() else ""
    blueprint = load(text, _BLUEPRINT)[0] if text else None
    with wiring.postgres(wiring.toolchain()) as server:
        return examine(server, project, blueprint, live, record), text if blueprint else ""


def _data(found: Examined, proposed: str) -> dict[str, object]:
    history, migration, proposal = found.history, found.migration, found.proposal
    return {
        "history": {
            "known": history.known,
            "pending": list(history.pending),
            "foreign": list(history.foreign),
            "changed": list(history.changed),
        },
        "drift": [drift.as_dict() for drift in found.drift],
        "to_database": {
            "scripts": list(migration.scripts),
            "hazards": list(migration.hazards),
            "beyond": list(migration.beyond),
        },
        "to_blueprint": {
            "blueprint": proposed,
            "changes": list(proposal.changes if proposal else ()),
            "beyond": list(proposal.beyond if proposal else ()),
        },
    }


def _tell(console: Console, found: Examined, wanted: Wanted) -> None:
    say(console, f"[bold]history[/]  {safe(found.history)}")
    if not found.drift:
        say(console, "[green]no drift[/]  the database has what its migrations say")
    for drift in found.drift:
        say(console, f"{_MARKS[drift.what]} {drift.what:<13} {drift.kind} {safe(drift.name)}")
        for side, text in (("there", drift.there), ("here ", drift.here)):
            if text is not None and drift.what == "different":
                say(console, f"    [dim]{side}[/] {safe(text)}")
    migration = found.migration
    if migration.scripts:
        _offer(console, "to bring the database to the files", wanted.sql, "--sql FILE")
        for line in migration.hazards:
            say(console, f"    [yellow]mind[/] {safe(line)}")
    for line in migration.beyond:
        say(console, f"    [dim]by hand[/] {safe(line)}")
    proposal = found.proposal
    if proposal is not None:
        if proposal.changes:
            where = wanted.blueprint
            _offer(console, "to bring the Blueprint to the database", where, "--blueprint FILE")
        for line in proposal.changes:
            say(console, f"    {safe(line)}")
        for line in proposal.beyond:
            say(console, f"    [dim]not in a Blueprint[/] {safe(line)}")


def _offer(console: Console, what: str, file: Path | None, option: str) -> None:
    where = f"is in {safe(file)}" if file is not None else f"is written by {option}"
    say(console, f"[bold]offered[/]  what it takes {what} {where}; nothing was applied")
