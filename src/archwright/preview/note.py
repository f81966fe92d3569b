"""One preview a folder: the lock, and a note of what runs for whoever comes next."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.preview.project import Project


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Hold the app's folder. Raises AW-7106, with its address, where another preview has it."""
    lock = FileLock(project.own / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as late:
        url = read_note(project).get("app")
        where = f" at {url}" if url else ""
        text = f"another `archwright dev` serves this app{where}"
        hint = "Use that one, or end it with Ctrl-C."
        raise DiagnosticError(Diagnostic("AW-7106", text, Place(str(project.root)), hint)) from late
    try:
        yield
    finally:
        lock.release()


def write_note(project: Project, **facts: str | int) -> None:
    """Write down what runs."""
    path = _path(project)
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps({"pid": os.getpid(), **facts}), encoding="utf-8")
    draft.replace(path)


def read_note(project: Project) -> dict[str, str | int]:
    """Return what runs, or ran when it was killed; nothing where it ended by itself."""
    try:
        found = json.loads(_path(project).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remove_note(project: Project) -> None:
    """Forget what ran."""
    _path(project).unlink(missing_ok=True)


def _path(project: Project) -> Path:
    return project.own / "running.json"
