"""What people change while an app runs: the Blueprint and the migrations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archwright.build.guard import BLUEPRINT
from archwright.preview.project import MIGRATIONS


@dataclass(frozen=True, slots=True)
class Seen:
    """Digests of what is watched, "" for what is not there."""

    blueprint: str
    migrations: str


def look(root: Path) -> Seen:
    """Look at the app's folder as it is now."""
    return Seen(blueprint_digest(root), _migrations(root / MIGRATIONS))


def blueprint_digest(root: Path) -> str:
    """Return the SHA-256 of the Blueprint, "" where it cannot be read just now."""
    try:
        return hashlib.sha256((root / BLUEPRINT).read_bytes()).hexdigest()
    except OSError:
        return ""


def _migrations(folder: Path) -> str:
    seen = hashlib.sha256()
    for path in sorted(folder.glob("*.sql")):
        try:
            state = path.stat()
        except OSError:
            continue
        seen.update(f"{path.name}\0{state.st_mtime_ns}\0{state.st_size}\0".encode())
    return seen.hexdigest()
