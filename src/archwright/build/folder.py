"""The output folder: is it ours, is it free, what stands in it, who else is at work on it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal, read_journal
from archwright.build.preparation import MIGRATIONS
from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.migrate.files import MigrationFile
from archwright.ports import Workspace

OWN = ".archwright"
LOCK = f"{OWN}/lock"


def look(workspace: Workspace) -> tuple[Journal | None, list[Diagnostic]]:
    """Return the journal of the folder, None for a new one.

    Diagnostics: AW-7001 a folder with files that are not ours, AW-7002 no folder at all or one
    that cannot be read, AW-7007 a journal that cannot be read.
    """
    root = workspace.root
    try:
        if not root.exists():
            return None, _no_room(root)
        if not root.is_dir():
            text = "there is a file where the output folder should be"
            return None, [Diagnostic("AW-7002", text, Place(str(root)), "Choose another --out.")]
        journal, problems = read_journal(workspace.read(JOURNAL))
        if problems:
            return None, problems
        if journal is None and _occupied(root):
            text = "the folder is not empty and was not made by Archwright; it is left as it is"
            hint = "Choose another --out, or empty the folder."
            if (root / "blueprint.yaml").is_file():
                hint = f"If it is an app of yours, its folder {OWN} is gone: restore that. {hint}"
            return None, [Diagnostic("AW-7001", text, Place(str(root)), hint)]
    except OSError as error:
        return None, [_no_folder(root, error)]
    return journal, []


def edited(workspace: Workspace, journal: Journal) -> tuple[str, ...]:
    """Return the files that are not as Archwright wrote them, changed or gone."""
    now = workspace.digests()
    return tuple(path for path, digest in sorted(journal.files.items()) if now.get(path) != digest)


def in_the_way(workspace: Workspace, journal: Journal, paths: Iterable[str]) -> tuple[str, ...]:
    """Return what lies there of the user's where one of ``paths``, or a folder of it, belongs.

    Also a folder of theirs with the name of a file, and a link.
    """
    named = set(paths)
    folders = {str(step) for path in named for step in PurePosixPath(path).parents}
    found = {
        path
        for path in workspace.digests().keys() - journal.files.keys()
        if path in named | folders or any(str(s) in named for s in PurePosixPath(path).parents)
    }
    new = named - journal.files.keys()
    links = {path for path in new if (workspace.root / path).is_symlink()}
    return tuple(sorted(found | links))


def standing_texts(workspace: Workspace, journal: Journal) -> dict[str, str]:
    """Return the texts of the files that Archwright wrote, as they are now; not of those gone."""
    there = {path: workspace.read(path) for path in journal.files}
    return {p: data.decode("utf-8", "replace") for p, data in there.items() if data is not None}


def standing_migrations(files: Mapping[str, str]) -> tuple[MigrationFile, ...]:
    """Return the migrations among the files of an app, in order."""
    found = [_migration(path, text) for path, text in files.items() if is_migration(path)]
    return tuple(sorted(found, key=lambda m: (m.version, m.name)))


def is_migration(path: str) -> bool:
    """Tell whether a file of an app is a migration."""
    return path.startswith(f"{MIGRATIONS}/") and path.endswith(".sql")


def _migration(path: str, text: str) -> MigrationFile:
    version, _, name = path.rsplit("/", 1)[-1].removesuffix(".sql").partition("_")
    return MigrationFile(version, name, text)


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold the folder for one build. Raises AW-7003 where another build has it.

    Folders that are made for the lock and stay empty are gone afterwards.
    """
    root = workspace.root
    path = root / LOCK
    made = _missing(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=0)
    except Timeout as late:
        hint = "Wait for it to end, or choose another --out."
        text = "another build is at work in this folder"
        raise DiagnosticError(Diagnostic("AW-7003", text, Place(str(root)), hint)) from late
    except OSError as error:
        _tidy(made)
        raise DiagnosticError(_no_folder(root, error)) from error
    try:
        yield
    finally:
        if made and _alone_there(path):
            path.unlink(missing_ok=True)
        lock.release()
        _tidy(made)


def _missing(folder: Path) -> list[Path]:
    """Return the folders that are to be made, the deepest first."""
    found: list[Path] = []
    while not folder.exists():
        found.append(folder)
        folder = folder.parent
    return found


def _alone_there(path: Path) -> bool:
    """Tell whether nothing lies beside a file."""
    return all(entry == path for entry in path.parent.iterdir())


def _tidy(made: Iterable[Path]) -> None:
    """Remove the folders in which nothing came to be."""
    with contextlib.suppress(OSError):
        for folder in made:
            folder.rmdir()


def _no_folder(root: Path, error: OSError) -> Diagnostic:
    text = f"the folder cannot be used: {error.strerror or error}"
    return Diagnostic("AW-7002", text, Place(str(root)), "Choose another folder with --out.")


def _no_room(root: Path) -> list[Diagnostic]:
    """Tell before any work that a folder cannot be made: what it would lie in is closed."""
    there = next(folder for folder in root.parents if folder.exists())
    if not there.is_dir():
        return [_no_folder(root, NotADirectoryError(0, f"{there} is a file"))]
    if not os.access(there, os.W_OK | os.X_OK):
        return [_no_folder(root, PermissionError(0, f"{there} cannot be written"))]
    return []


def _occupied(root: Path) -> bool:
    """Tell whether any file lies there but in our own folder (a lock, the evidence of a failure).

    Empty folders are what a build leaves that dies before its first phase is in place.
    """
    return any(_holds_files(entry) for entry in root.iterdir() if entry.name != OWN)


def _holds_files(path: Path) -> bool:
    """Tell whether a path is a file or a link, or a folder with one somewhere below."""
    if path.is_symlink() or not path.is_dir():
        return True
    return any(_holds_files(entry) for entry in path.iterdir())
