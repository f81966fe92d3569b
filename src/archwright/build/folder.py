"""The output folder: is it ours, is it free, what stands in it, who else is at work on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal, read_journal
from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.ports import Workspace

LOCK = ".archwright/lock"


def look(workspace: Workspace) -> tuple[Journal | None, list[Diagnostic]]:
    """Return the journal of the folder, None for a new one.

    Diagnostics: AW-7001 a folder with files that are not ours, AW-7002 no folder at all,
    AW-7004 files of ours that somebody has changed since.
    """
    root = workspace.root
    if not root.exists():
        return None, []
    if not root.is_dir():
        text = "there is a file where the output folder should be"
        return None, [Diagnostic("AW-7002", text, Place(str(root)), "Choose another --out.")]
    journal, problems = read_journal(workspace.read(JOURNAL))
    if problems:
        return None, problems
    if journal is None and _occupied(root):
        text = "the folder is not empty and was not made by Archwright; it is left as it is"
        hint = "Choose another --out, or empty the folder."
        return None, [Diagnostic("AW-7001", text, Place(str(root)), hint)]
    return journal, []


def edited(workspace: Workspace, journal: Journal) -> tuple[str, ...]:
    """Return the files that are not as Archwright wrote them, changed or gone."""
    return changed_since(workspace.digests(), journal.files)


def changed_since(now: Mapping[str, str], then: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of ``then`` whose digest is different now, or that are gone."""
    return tuple(path for path, digest in sorted(then.items()) if now.get(path) != digest)


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold the folder for one build. Raises AW-7003 where another build has it."""
    path = workspace.root / LOCK
    fresh = not workspace.root.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = f"the folder cannot be written: {error.strerror or error}"
        place = Place(str(workspace.root))
        problem = Diagnostic("AW-7002", text, place, "Choose another folder with --out.")
        raise DiagnosticError(problem) from error
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as late:
        hint = "Wait for it to end, or choose another --out."
        text = "another build is at work in this folder"
        raise DiagnosticError(
            Diagnostic("AW-7003", text, Place(str(workspace.root)), hint)
        ) from late
    except OSError as error:
        text = f"the folder cannot be locked: {error.strerror or error}"
        raise DiagnosticError(Diagnostic("AW-7002", text, Place(str(workspace.root)))) from error
    try:
        yield
    finally:
        lock.release()
        if fresh:
            _tidy(workspace.root)


def _tidy(root: Path) -> None:
    """Remove a folder in which nothing came to be but the lock."""
    own = root / ".archwright"
    left = [p for p in root.rglob("*") if p != own and p != root / LOCK]
    if not left:
        (root / LOCK).unlink(missing_ok=True)
        own.rmdir()
        root.rmdir()


def _occupied(root: Path) -> bool:
    """Tell whether anything but a leftover lock lies in the folder."""
    return any(p.name != ".archwright" for p in root.iterdir())
