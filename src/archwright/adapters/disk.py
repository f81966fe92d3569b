"""The one writer: a folder that changes by whole steps, also when the machine dies half-way."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from archwright.diagnostics import Diagnostic, DiagnosticError, Place

OWN = ".archwright"
INCOMING = f"{OWN}/incoming"
READY = f"{INCOMING}/ready.json"
SKIPPED = frozenset({".git", "node_modules", "dist", ".cache", OWN})


class Folder:
    """Implements the port ``Workspace`` on a folder of the disk.

    ``put`` first writes everything aside, then marks it ready, then moves file by file: a crash
    before the mark leaves nothing changed, a crash after it is finished by ``recover``.

    Raises ``DiagnosticError``: AW-7002 where the folder cannot be read or written, AW-6003 where
    the disk is full, AW-7006 where a link inside the folder leads out of it, AW-7007 where the note
    of an interrupted step was damaged.
    """

    def __init__(self, root: Path) -> None:
        """Use ``root``, which is made on the first ``put``."""
        try:
            self._root = root.resolve()
        except (OSError, RuntimeError) as error:  # a circle of links
            raise DiagnosticError(unwritable(root, OSError(str(error)))) from error

    @property
    def root(self) -> Path:
        """Return the folder."""
        return self._root

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is no plain file."""
        target = self._inside(path)
        with self._told():
            plain = target.is_file() and not target.is_symlink()
            return target.read_bytes() if plain else None

    def digests(self) -> Mapping[str, str]:
        """Return path to SHA-256 of every file but what is installed, built or ours."""
        found: dict[str, str] = {}
        with self._told():
            for path in self._walk(self._root):
                with path.open("rb") as stream:  # in pieces: what lies there may be of any size
                    found[self._name(path)] = hashlib.file_digest(stream, "sha256").hexdigest()
        return dict(sorted(found.items()))

    def sizes(self) -> Mapping[str, int]:
        """Return path to bytes of the same files; none of them is opened."""
        with self._told():
            found = {self._name(path): path.stat().st_size for path in self._walk(self._root)}
        return dict(sorted(found.items()))

    def put(self, files: Mapping[str, bytes], removed: Sequence[str] = ()) -> None:
        """Write and remove files as one step.

        Whatever is raised before the mark leaves the folder as it was; after the mark only
        renames are left to do, and ``recover`` does those that did not come through.
        """
        for path in (*files, *removed):
            self._inside(path)
        incoming = self._inside(READY).parent
        try:
            shutil.rmtree(incoming, ignore_errors=True)
            incoming.mkdir(parents=True, exist_ok=True)
            for path, data in sorted(files.items()):
                aside = incoming / "files" / path
                aside.parent.mkdir(parents=True, exist_ok=True)
                self._inside(path).parent.mkdir(parents=True, exist_ok=True)
                _write(aside, data)
            # Our own files go first: where anything of a step lies, its journal lies there too.
            order = sorted(files, key=lambda path: (not path.startswith(f"{OWN}/"), path))
            note = {"files": order, "removed": sorted(removed)}
            waiting = incoming / "ready.tmp"
            _write(waiting, json.dumps(note).encode())
            waiting.replace(self._root / READY)
        except OSError as error:
            shutil.rmtree(incoming, ignore_errors=True)
            raise DiagnosticError(unwritable(self._root, error)) from error
        self.recover()

    def recover(self) -> bool:
        """Finish a step that is marked ready; drop one that is not."""
        ready = self._inside(READY)
        if not ready.exists():
            shutil.rmtree(ready.parent, ignore_errors=True)
            return False
        with self._told():
            files, removed = self._noted(ready)
            for path in files:
                aside = ready.parent / "files" / path
                target = self._inside(path)
                if aside.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    aside.replace(target)
            for path in removed:
                self._inside(path).unlink(missing_ok=True)
                self._tidy(path)
            # The mark goes first: without it, what is left of the step is only rubbish.
            ready.unlink()
        shutil.rmtree(ready.parent, ignore_errors=True)
        return True

    def _tidy(self, path: str) -> None:
        """Remove the folders of a removed file in which nothing is left."""
        with contextlib.suppress(OSError):
            for parent in PurePosixPath(path).parents[:-1]:
                (self._root / parent).rmdir()

    def _noted(self, ready: Path) -> tuple[list[str], list[str]]:
        """Return what a step writes and removes; a note that is not ours is told, not followed."""
        try:
            note = json.loads(ready.read_bytes())
            files, removed = ([str(path) for path in note[key]] for key in ("files", "removed"))
            for path in (*files, *removed):
                self._inside(path)
        except (ValueError, KeyError, TypeError) as error:
            text = f"the note of an interrupted step cannot be read: {error}"
            hint = (
                f"Delete the folder {INCOMING}, and restore changed files from the app's history."
            )
            place = Place(str(ready))
            raise DiagnosticError(Diagnostic("AW-7007", text, place, hint)) from error
        return files, removed

    def _inside(self, path: str) -> Path:
        """Return the full path; a path that leads out of the folder is a bug, not a mistake."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
            raise ValueError(f"not a path inside the folder: {path!r}")
        target = self._root.joinpath(*parts)
        if not target.parent.resolve().is_relative_to(self._root):
            raise DiagnosticError(
                Diagnostic(
                    "AW-7006",
                    f"{path} leads out of the output folder through a link",
                    Place(str(self._root)),
                    "Remove the link; Archwright writes inside the output folder only.",
                )
            )
        return target

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _walk(self, folder: Path) -> Iterator[Path]:
        if not folder.is_dir():
            return
        for entry in sorted(folder.iterdir()):
            if folder == self._root and entry.name in SKIPPED:
                continue
            if entry.is_symlink():
                continue
            if entry.is_dir():
                yield from self._walk(entry)
            elif entry.is_file():
                yield entry

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the system says into a diagnostic."""
        try:
            yield
        except OSError as error:
            raise DiagnosticError(unwritable(self._root, error)) from error


def unwritable(root: Path, error: OSError) -> Diagnostic:
    """Return the diagnostic for a folder that cannot be read or written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        text = "the disk is full"
        return Diagnostic("AW-6003", text, Place(str(root)), "Free some space and run it again.")
    text = f"the folder cannot be written: {error.strerror or error}"
    return Diagnostic("AW-7002", text, Place(str(root)), "Choose another folder with --out.")


def _write(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk, so that the mark never comes before it."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
