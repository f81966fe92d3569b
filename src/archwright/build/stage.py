"""A folder aside in which a phase is prepared and proven before the user's folder sees it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from archwright.emit.draft import Draft

KEPT = ".cache"
"""Where the emitted settings have all tools keep what they know."""


class Stage:
    """Lays out files in a folder, writing only what changed, so that caches stay warm.

    A context manager: it begins empty, whatever a killed build left there, and ends removed.
    Dependencies are linked, never copied.
    """

    def __init__(self, folder: Path, node_modules: Path) -> None:
        """Name the folder; nothing is made before the stage is entered."""
        self.folder = folder
        self._node_modules = node_modules
        self._files: dict[str, bytes] = {}

    def __enter__(self) -> Stage:
        """Make the folder, empty but for the dependencies."""
        self._discard()
        self.folder.mkdir(parents=True)
        (self.folder / "node_modules").symlink_to(self._node_modules, target_is_directory=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder; what the link points at stays."""
        self._discard()

    def lay_out(self, files: Mapping[str, str | bytes]) -> tuple[str, ...]:
        """Make the folder hold exactly these files; returns the paths that changed."""
        wanted = {path: t.encode() if isinstance(t, str) else t for path, t in files.items()}
        changed: list[str] = []
        for path in sorted(self._files.keys() - wanted.keys()):
            (self.folder / path).unlink(missing_ok=True)
            changed.append(path)
        for path, data in sorted(wanted.items()):
            if self._files.get(path) != data:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                changed.append(path)
        self._files = wanted
        return tuple(changed)

    def forget(self) -> None:
        """Remove what the tools keep from phase to phase, so that the next run begins cold."""
        shutil.rmtree(self.folder / KEPT, ignore_errors=True)

    def _discard(self) -> None:
        self._files = {}
        shutil.rmtree(self.folder, ignore_errors=True)


def texts(drafts: tuple[Draft, ...]) -> dict[str, str]:
    """Return path to text of drafts."""
    return {d.path: d.text for d in drafts}
