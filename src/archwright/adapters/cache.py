"""The per-user cache: folders by content key, made aside and put in place in one rename."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from archwright.diagnostics import Diagnostic, DiagnosticError

Progress = Callable[[str, int, int], None]
"""Told a message, how many steps are done and how many there are (0 = unknown)."""

VARIABLE = "ARCHWRIGHT_CACHE"


def silent(message: str, done: int, total: int) -> None:
    """Show no progress."""


def default_root(environ: Mapping[str, str] | None = None) -> Path:
    """Return ``$ARCHWRIGHT_CACHE``, else the folder ``archwright`` in the user's cache folder."""
    named = (os.environ if environ is None else environ).get(VARIABLE, "")
    return (
        Path(named).expanduser().absolute() if named else platformdirs.user_cache_path("archwright")
    )


class Cache:
    """Named, immutable folders under one root; what is there is complete.

    Raises ``DiagnosticError``: AW-6002 where the root cannot be written, AW-6003 on a full disk.
    """

    def __init__(self, root: Path | None = None, progress: Progress = silent) -> None:
        """Use ``root``, or the default one; touch nothing yet."""
        self.root = root or default_root()
        self._progress = progress

    def path(self, name: str) -> Path:
        """Return where the entry ``name`` is, or would be."""
        return self.root / name

    def folder(self, name: str) -> Path:
        """Return a mutable folder for a tool's own cache, made when missing."""
        with self.guarded():
            folder = self.root / name
            folder.mkdir(parents=True, exist_ok=True)
            return folder

    def provide(self, name: str, build: Callable[[Path], None]) -> Path:
        """Return the entry ``name``; where it is missing, let ``build`` fill an empty folder first.

        One process builds, others wait. A build that fails leaves nothing behind.
        """
        final = self.path(name)
        if final.is_dir():
            return final
        with self.guarded():
            final.parent.mkdir(parents=True, exist_ok=True)
            with self._lock(name):
                if not final.is_dir():
                    self._build(final, build)
        return final

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        lock = FileLock(self.root / (name.replace("/", "-") + ".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._progress("waiting for another run to finish the installation", 0, 0)
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _build(self, final: Path, build: Callable[[Path], None]) -> None:
        prefix = f".{final.name}-"
        for stale in final.parent.glob(prefix + "*"):  # we hold the lock: its maker was killed
            shutil.rmtree(stale, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=prefix, dir=final.parent))
        try:
            aside.chmod(0o755)  # PostgreSQL may have to run from it as another user
            build(aside)
            aside.rename(final)
        finally:
            if aside.is_dir():
                shutil.rmtree(aside, ignore_errors=True)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the machine's refusals to write into diagnostics."""
        try:
            yield
        except OSError as error:
            raise DiagnosticError(refusal(error.errno or 0, self.root)) from error

    def size(self) -> int:
        """Return the bytes of all files under the root; 0 where there is none."""
        total = 0
        for folder, _, names in os.walk(self.root):
            for name in names:
                with contextlib.suppress(OSError):  # a concurrent run may take it away
                    total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118
        return total


def refusal(code: int, root: Path) -> Diagnostic:
    """Return the diagnostic for an ``errno`` met while writing under ``root``."""
    if code in (errno.ENOSPC, errno.EDQUOT):
        return Diagnostic(
            "AW-6003",
            f"the disk is full: the toolchain needs about 1 GB under {root}",
            hint=f"free some space, or point {VARIABLE} to a folder on another disk",
        )
    return Diagnostic(
        "AW-6002",
        f"the cache folder {root} cannot be written: {os.strerror(code)}",
        hint=f"make it writable, or point {VARIABLE} to a folder of yours",
    )
