"""Proves an app as it lies in its folder: the user's edits and migrations included."""

from __future__ import annotations

from archwright.blueprint.codec import load
from archwright.build.preparation import MIGRATIONS
from archwright.build.runner import Prover
from archwright.build.stage import Stage
from archwright.catalog.pack import Catalog
from archwright.compiler import compile_app, make_plan
from archwright.diagnostics import Diagnostic, Place, has_errors
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.ports import Database, Toolchain, Workspace
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Notify, run_lanes


def check_folder(
    workspace: Workspace,
    catalog: Catalog,
    prover: Prover,
    stage: Stage,
    toolchain: Toolchain,
    postgres: Database,
    notify: Notify,
) -> tuple[list[Evidence], list[Diagnostic]]:
    """Run all gates on a copy of the folder. The folder itself is only read."""
    data = workspace.read("blueprint.yaml")
    if data is None:
        text = "there is no blueprint.yaml, so this is no app of Archwright's"
        return [], [Diagnostic("AW-7008", text, Place(str(workspace.root)))]
    blueprint, problems = load(data.decode("utf-8", "replace"), "blueprint.yaml")
    if blueprint is None:
        return [], problems
    plan, problems = make_plan(blueprint, catalog)
    if plan is None or has_errors(problems):
        return [], problems
    compiled, found = compile_app(plan.app)
    if compiled is None:
        return [], found
    files, skipped = _texts(workspace)
    emitted = {d.path: d for d in compiled.drafts}
    drafts = tuple(
        Draft(path, text, emitted[path].origin, emitted[path].derived)
        if path in emitted
        else Draft(path, text, "edited by hand")
        for path, text in files.items()
    )
    stage.lay_out(files)
    migrations = tuple(
        _migration(path, text)
        for path, text in sorted(files.items())
        if path.startswith(f"{MIGRATIONS}/") and path.endswith(".sql")
    )
    prepared = prover.prepare(None, migrations)
    subject = Subject(
        app=plan.app,
        architecture=compiled.architecture,
        previous=None,
        phase=None,
        drafts=drafts,
        migrations=migrations,
        folder=stage.folder,
        touched=tuple(files),
        database=prepared.name,
        last=True,
        toolchain=toolchain,
        postgres=postgres,
    )
    return run_lanes(subject, prover.lanes(prepared, last=True), notify), [*problems, *skipped]


def _texts(workspace: Workspace) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the folder's text files; what is no text is left out of the check."""
    files: dict[str, str] = {}
    for path in workspace.digests():
        data = workspace.read(path) or b""
        try:
            files[path] = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return files, []


def _migration(path: str, text: str) -> MigrationFile:
    version, _, name = path.rsplit("/", 1)[-1].removesuffix(".sql").partition("_")
    return MigrationFile(version, name, text)
