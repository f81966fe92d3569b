"""Which paths a draft may have: relative, portable, and inside the app's folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

LONGEST = 200
"""Bytes of a whole path: leaves room for the folder on every file system."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_FORBIDDEN = re.compile(r"[<>:\"|?*]")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)
_NOT_OURS = frozenset({".git", "node_modules", ".cache", "dist"})


def path_problem(path: str) -> str:
    """Return why a draft may not have this path, "" where it may."""
    parts = path.split("/")
    checks = (
        (not path, "the path is empty"),
        (bool(_CONTROL.search(path)), "the path holds a control character"),
        ("\\" in path, "the path holds a backslash"),
        (path.startswith("/") or bool(re.match("[A-Za-z]:", path)), "the path is absolute"),
        (".." in parts, "the path leads out of the app's folder"),
        ("" in parts or "." in parts, "the path has an empty part"),
        (bool(_FORBIDDEN.search(path)), "the path holds a character that not every system takes"),
        (any(_DEVICES.fullmatch(p) for p in parts), "the path holds a name that Windows reserves"),
        (any(p != p.strip() or p.endswith(".") for p in parts), "a part ends in a dot or a space"),
        (parts[0].lower() in _NOT_OURS, f"{parts[0]} is not for generated files"),
        (len(path.encode()) > LONGEST, f"the path is longer than {LONGEST} bytes"),
    )
    return next((text for wrong, text in checks if wrong), "")


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of paths that cannot both exist where case does not count."""
    taken: dict[str, str] = {}
    every = list(paths)
    for path in every:
        other = taken.setdefault(path.casefold(), path)
        if other != path:
            yield other, path
    for path, count in Counter(every).items():
        if count > 1:
            yield path, path
    folders = {
        "/".join(path.casefold().split("/")[:depth]): path
        for path in every
        for depth in range(1, path.count("/") + 1)
    }
    for path in every:
        if path.casefold() in folders:
            yield path, folders[path.casefold()]
