"""Proves an app as it lies in its folder: the user's edits and migrations included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archwright.blueprint.codec import load
from archwright.build.folder import standing_migrations
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal, digest, read_journal
from archwright.build.maker import made_otherwise
from archwright.build.proving import Prover
from archwright.build.stage import Stage
from archwright.build.standing import standing_app
from archwright.build.theirs import texts_of
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.diagnostics import Diagnostic, Place, Severity, has_errors
from archwright.emit.draft import Draft
from archwright.ports import Database, Toolchain, Workspace
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Notify, run_lanes

BLUEPRINT = "blueprint.yaml"
MOST_OF_ONE = 32 * 2**20
"""Bytes of a file; a larger one is no source, and no gate has anything to say about it."""
MOST_OF_ALL = 512 * 2**20
"""Bytes of all files of an app together."""


@dataclass(frozen=True)
class Standing:
    """An app in its folder: what its Blueprint declares, and the files that are there."""

    compiled: Compiled
    files: Mapping[str, bytes]


def read_app(workspace: Workspace, catalog: Catalog) -> tuple[Standing | None, list[Diagnostic]]:
    """Read an app for a check. Diagnostics: AW-7008 no app of ours, mistakes in its Blueprint,
    AW-7012 far too much in the folder; as warnings AW-7011 an app that would be built otherwise
    now, and AW-7012 a file that is too large and left out.
    """
    data = workspace.read(BLUEPRINT)
    if data is None:
        text = f"there is no {BLUEPRINT}, so this is no app of Archwright's"
        hint = "Name the folder that was given to `archwright build --out`."
        return None, [Diagnostic("AW-7008", text, Place(str(workspace.root)), hint)]
    journal, problems = read_journal(workspace.read(JOURNAL))
    if problems:
        return None, problems
    compiled, problems = _declared(data, journal, catalog)
    if compiled is None:
        return None, problems
    problems = [*_made_otherwise(journal, catalog), *problems]
    paths, found = _of_size(workspace)
    problems += found
    if has_errors(problems):
        return None, problems
    return Standing(compiled, {path: workspace.read(path) or b"" for path in paths}), problems


def _of_size(workspace: Workspace) -> tuple[list[str], list[Diagnostic]]:
    """Return the files to read, which are held in memory, and AW-7012 for what is too large."""
    sizes = workspace.sizes()
    problems = [
        Diagnostic(
            "AW-7012",
            f"the file has {size // 2**20} MiB and is left out of the check",
            Place(str(workspace.root / path)),
            f"Files of more than {MOST_OF_ONE // 2**20} MiB belong into storage.",
            severity=Severity.WARNING,
        )
        for path, size in sizes.items()
        if size > MOST_OF_ONE
    ]
    paths = [path for path, size in sizes.items() if size <= MOST_OF_ONE]
    total = sum(sizes[path] for path in paths)
    if total > MOST_OF_ALL:
        text = f"the app's files have {total // 2**20} MiB, and {MOST_OF_ALL // 2**20} are read"
        hint = "Move what is no part of the app out of its folder."
        problems.append(Diagnostic("AW-7012", text, Place(str(workspace.root)), hint))
    return paths, problems


def check_app(
    app: Standing,
    prover: Prover,
    stage: Stage,
    toolchain: Toolchain,
    postgres: Database,
    notify: Notify,
) -> list[Evidence]:
    """Run all gates on a copy of an app's files, laid out on an entered stage."""
    stage.lay_out(app.files)
    texts = texts_of(app.files)
    emitted = {d.path: d for d in app.compiled.drafts}
    migrations = standing_migrations(texts)
    prepared = prover.prepare(None, migrations)
    subject = Subject(
        app=app.compiled.app,
        architecture=app.compiled.architecture,
        previous=None,
        phase=None,
        drafts=tuple(_draft(path, text, emitted.get(path)) for path, text in texts.items()),
        migrations=migrations,
        folder=stage.folder,
        touched=tuple(texts),
        database=prepared.name,
        last=True,
        toolchain=toolchain,
        postgres=postgres,
    )
    lanes = prover.lanes(prepared, last=app.compiled.app.finished)
    try:
        return run_lanes(subject, lanes, notify)
    finally:
        if prepared.name:
            prover.drop(prepared.name)


def _declared(
    data: bytes, journal: Journal | None, catalog: Catalog
) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile what the app should be: as far as it is built, or what an edited Blueprint says."""
    text = data.decode("utf-8", "replace")
    if journal is not None and journal.files.get(BLUEPRINT) == digest(text):
        return standing_app(journal, catalog)
    blueprint, problems = load(text, BLUEPRINT)
    if blueprint is None:
        return None, problems
    plan, problems = make_plan(blueprint, catalog)
    if plan is None or has_errors(problems):
        return None, problems
    return compile_app(plan.app)


def _made_otherwise(journal: Journal | None, catalog: Catalog) -> list[Diagnostic]:
    """Return AW-7011 as a warning where this version, or these packs, would have built otherwise.

    The gates still prove what lies there, by what the Blueprint declares to this version.
    """
    if journal is None or not journal.built:
        return []
    problem = made_otherwise(journal, catalog, standing_app(journal, catalog)[0])
    if problem is None:
        return []
    hint = "What the gates say below is by what would be built now; a build would not go on here."
    return [replace(problem, severity=Severity.WARNING, hint=hint)]


def _draft(path: str, text: str, emitted: Draft | None) -> Draft:
    if emitted is None:
        return Draft(path, text, "")  # the user's own: there is no pack to name
    return Draft(path, text, emitted.origin, emitted.derived)
