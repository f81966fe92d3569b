"""What of the user's would be overwritten: looked for before a build, and before each phase."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from archwright.build.folder import in_the_way, is_migration, standing_migrations
from archwright.build.journal import Journal, digest
from archwright.build.preparation import MIGRATIONS
from archwright.build.theirs import BLUEPRINT, Theirs
from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.migrate.history import check_history
from archwright.ports import Workspace

__all__ = ["BLUEPRINT", "blueprint_edited", "changed_meanwhile", "disturbed"]
MOST_NAMED = 20


def disturbed(
    workspace: Workspace,
    journal: Journal,
    theirs: Theirs,
    written: Collection[str],
    removed: Collection[str],
) -> list[Diagnostic]:
    """Return why nothing is written: edits of the user's, or files where new ones belong.

    ``written`` are the files that some phase writes or removes, ``removed`` those that are gone at
    the end. What was edited and stays as it is, and what was deleted and goes, is in nobody's way.
    """
    found = migrations_in_order(workspace, journal, theirs)
    if found:
        return found
    edits = sorted(p for p in written if p in theirs.edited)
    gone = sorted(p for p in written if p in theirs.deleted and p not in removed)
    if edits or gone:
        named = [*edits, *(f"{path} (deleted)" for path in gone)]
        text = f"files were changed since they were built; none is overwritten: {_shown(named)}"
        hint = (
            "Undo these edits, or move them into files of your own; edits of other files are in "
            "nobody's way. `archwright check` proves all of them as they are."
        )
        found.append(Diagnostic("AW-7004", text, Place((edits or gone)[0]), hint))
    new = [path for path in written if path not in journal.files]
    if lie := in_the_way(workspace, journal, new):
        text = f"files of yours lie where new ones belong: {_shown(lie)}"
        found.append(Diagnostic("AW-7009", text, Place(lie[0]), "Move or rename them."))
    return found


def blueprint_edited(workspace: Workspace, journal: Journal) -> Diagnostic | None:
    """Return AW-7004 where ``blueprint.yaml`` says what is not going to be built."""
    text = (workspace.read(BLUEPRINT) or b"").decode("utf-8", "replace")
    if digest(text) == journal.files.get(BLUEPRINT):
        return None
    said = f"files were changed since they were built; none is overwritten: {BLUEPRINT}"
    hint = (
        "To build what it says now, run `archwright apply` on the folder; to build what you asked "
        f"for, restore it (`git checkout {BLUEPRINT}`)."
    )
    return Diagnostic("AW-7004", said, Place(BLUEPRINT), hint)


def migrations_in_order(workspace: Workspace, journal: Journal, theirs: Theirs) -> list[Diagnostic]:
    """Return why no migration can follow: AW-7201 to AW-7203, AW-7013 a version without a time.

    One of ours that was edited is a mistake here, also where no database ran it yet: what comes
    next is the difference to what it was.
    """
    ours = {path: known for path, known in journal.files.items() if is_migration(path)}
    read = {path: workspace.read(path) for path in ours}
    texts = {p: data.decode("utf-8", "replace") for p, data in read.items() if data is not None}
    written = {path.rpartition("/")[2]: known for path, known in ours.items()}
    found = check_history(standing_migrations({**texts, **theirs.migrations}), written)
    problems = [replace(item, severity=Severity.ERROR) for item in found]
    for file in standing_migrations(theirs.migrations):
        if not (file.version.isdigit() and len(file.version) == 14):
            text = f"the version {file.version!r:.40} is no point in time like 20260101000000"
            hint = "Rename it: what comes next is numbered after all that there are."
            problems.append(
                Diagnostic("AW-7013", text, Place(f"{MIGRATIONS}/{file.filename}"), hint)
            )
    return problems


def changed_meanwhile(
    workspace: Workspace,
    before: Mapping[str, str],
    after: Mapping[str, str],
    paths: Iterable[str],
) -> Diagnostic | None:
    """Return which of ``paths`` no longer hold what a phase was built on.

    ``before`` and ``after`` map path to text. What holds already what it is to hold, or is gone
    already and was to go, is no difference.
    """
    found = [path for path in paths if _differs(workspace, path, before.get(path), after.get(path))]
    if not found:
        return None
    text = f"files were changed while the build ran; none is overwritten: {_shown(found)}"
    hint = (
        "The phases before this one stand. Move your edits aside, build again, and edit the "
        "finished files; or prove what is there with `archwright check`."
    )
    return Diagnostic("AW-7010", text, Place(found[0]), hint)


def _differs(workspace: Workspace, path: str, before: str | None, after: str | None) -> bool:
    now = workspace.read(path)
    if now is None:
        target = workspace.root / path
        taken = target.is_symlink() or target.exists()  # a folder or a link is not what was built
        return taken or (before is not None and after is not None)
    return now not in {text.encode() for text in (before, after) if text is not None}


def _shown(paths: Sequence[str]) -> str:
    more = len(paths) - MOST_NAMED
    return ", ".join(paths[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
