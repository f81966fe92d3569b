"""The one writer: a folder that changes by whole steps, also when the machine dies half-way."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
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
    """

    def __init__(self, root: Path) -> None:
        """Use ``root``, which is made on the first ``put``."""
        self._root = root.resolve()

    @property
    def root(self) -> Path:
        """Return the folder."""
        return self._root

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is no plain file."""
        target = self._inside(path)
        return target.read_bytes() if target.is_file() else None

    def digests(self) -> Mapping[str, str]:
        """Return path to SHA-256 of every file but what is installed, built or ours."""
        found: dict[str, str] = {}
        for path in self._walk(self._root):
            name = path.relative_to(self._root).as_posix()
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return dict(sorted(found.items()))

    def put(self, files: Mapping[str, bytes], removed: Sequence[str] = ()) -> None:
        """Write and remove files as one step.

        Raises ``DiagnosticError``: AW-7002 where the folder cannot be written, AW-6003 where the
        disk is full. Either leaves the folder as it was.
        """
        for path in (*files, *removed):
            self._inside(path)
        incoming = self._root / INCOMING
        try:
            shutil.rmtree(incoming, ignore_errors=True)
            for path, data in sorted(files.items()):
                target = incoming / "files" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            incoming.mkdir(parents=True, exist_ok=True)
            note = {"files": sorted(files), "removed": sorted(removed)}
            waiting = incoming / "ready.tmp"
            with waiting.open("w", encoding="utf-8") as stream:
                json.dump(note, stream)
                stream.flush()
                os.fsync(stream.fileno())
            waiting.replace(self._root / READY)
        except OSError as error:
            shutil.rmtree(incoming, ignore_errors=True)
            raise DiagnosticError(unwritable(self._root, error)) from error
        self.recover()

    def recover(self) -> bool:
        """Finish a step that is marked ready; drop one that is not."""
        ready = self._root / READY
        if not ready.exists():
            shutil.rmtree(self._root / INCOMING, ignore_errors=True)
            return False
        note = json.loads(ready.read_text(encoding="utf-8"))
        try:
            for path in note["files"]:
                source = self._root / INCOMING / "files" / path
                target = self._inside(path)
                if source.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    source.replace(target)
            for path in note["removed"]:
                self._inside(path).unlink(missing_ok=True)
        except OSError as error:
            raise DiagnosticError(unwritable(self._root, error)) from error
        shutil.rmtree(self._root / INCOMING, ignore_errors=True)
        return True

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


def unwritable(root: Path, error: OSError) -> Diagnostic:
    """Return the diagnostic for a folder that cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        text = "the disk is full"
        return Diagnostic("AW-6003", text, Place(str(root)), "Free some space and run it again.")
    text = f"the folder cannot be written: {error.strerror or error}"
    return Diagnostic("AW-7002", text, Place(str(root)), "Choose another folder with --out.")
