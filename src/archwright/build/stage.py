"""A folder aside in which a phase is prepared and proven before the user's folder sees it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from archwright.emit.draft import Draft

KEPT = frozenset({"node_modules", ".cache"})


class Stage:
    """Lays out drafts in a folder, writing only what changed, so that caches stay warm."""

    def __init__(self, folder: Path, node_modules: Path) -> None:
        """Use an empty or earlier staged folder; dependencies are linked, never copied."""
        self.folder = folder
        self._files: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / "node_modules"
        if not link.is_symlink():
            link.symlink_to(node_modules, target_is_directory=True)

    def lay_out(self, drafts: Mapping[str, str]) -> tuple[str, ...]:
        """Make the folder hold exactly these files; returns the paths that changed."""
        changed: list[str] = []
        for path in sorted(self._files.keys() - drafts.keys()):
            (self.folder / path).unlink(missing_ok=True)
            changed.append(path)
        for path, text in sorted(drafts.items()):
            if self._files.get(path) != text:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
                changed.append(path)
        self._files = dict(drafts)
        return tuple(changed)

    def discard(self) -> None:
        """Remove the folder; what the link points at stays."""
        shutil.rmtree(self.folder, ignore_errors=True)


def texts(drafts: tuple[Draft, ...]) -> dict[str, str]:
    """Return path to text of drafts."""
    return {d.path: d.text for d in drafts}
