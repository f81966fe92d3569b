"""Renews the npm lock file from ``packages.json``: ``python -m archwright.adapters.npm_lock``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from archwright.adapters import npm
from archwright.adapters.cache import silent
from archwright.adapters.node import current_platform, find_node
from archwright.toolchain import pins as pinned

_EMPTY = '{"lockfileVersion": 3, "packages": {}}'


def portable(lock: dict[str, Any]) -> dict[str, Any]:
    """Return ``lock`` without registry addresses and without what differs by platform.

    A lock made on one machine lacks packages for others when its registry does, and npm would
    then never install them there. Packages with such optional parts are left out with these
    parts, so that npm resolves them anew from the exact versions that ask for them.
    """
    packages: dict[str, dict[str, Any]] = lock["packages"]
    native = {"node_modules/" + part for entry in packages.values() for part in _optional(entry)}
    kept = {
        name: {k: v for k, v in entry.items() if k not in ("resolved", "funding")}
        for name, entry in packages.items()
        if not _optional(entry) and not _within(name, native) and "os" not in entry
    }
    return {**lock, "packages": kept}


def _optional(entry: dict[str, Any]) -> list[str]:
    return list(entry.get("optionalDependencies", {}))


def _within(name: str, folders: set[str]) -> bool:
    return any(name == folder or name.startswith(folder + "/") for folder in folders)


def main() -> None:
    """Install the pinned set into a temporary folder and keep its lock as package data."""
    with tempfile.TemporaryDirectory(prefix="archwright-lock-") as name:
        folder, downloads = Path(name) / "set", Path(name) / "downloads"
        folder.mkdir()
        manifest = pinned.pins().manifest(current_platform())
        npm.install(
            find_node(),
            folder,
            manifest=manifest,
            lock=_EMPTY,
            downloads=downloads,
            progress=silent,
        )
        lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    root = lock["packages"][""]["dependencies"]
    root.pop(pinned.pins().postgres.get(current_platform(), ""), None)
    target = Path(pinned.__file__).with_name("package-lock.json")
    target.write_text(json.dumps(portable(lock), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
