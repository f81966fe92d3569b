"""What a project says about its functions: which there are, their rules, their secrets."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archwright.stack.settings import FunctionsSettings

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}", re.ASCII)
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*", re.ASCII)
_QUOTED = re.compile(r"""(["'])(.*)\1\s*(?:#.*)?""")
_SKIPPED = ("node_modules", ".git")


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its entry file, its deno.json if it has one, and who may call it."""

    name: str
    entry: Path
    config: Path | None
    verify_jwt: bool


def find_function(settings: FunctionsSettings, name: str) -> Function | None:
    """Look a function up; None where there is none, or where config.toml turns it off."""
    if not _NAME.fullmatch(name):
        return None
    rules = _rules(settings.config, name)
    own = settings.folder / name
    entry = _inside(settings, rules.get("entrypoint")) or own / "index.ts"
    if rules.get("enabled") is False or not entry.is_file():
        return None
    shared = (settings.folder / "deno.json", settings.folder / "deno.jsonc")
    named = _inside(settings, rules.get("import_map"))
    places = (named, own / "deno.json", own / "deno.jsonc", *shared)
    config = next((place for place in places if place is not None and place.is_file()), None)
    return Function(name, entry, config, rules.get("verify_jwt") is not False)


def fingerprint(settings: FunctionsSettings, found: Function) -> int:
    """Return a number that changes when a file does that the function may be made of."""
    folders = {found.entry.parent, settings.folder / "_shared"}
    files = [settings.secrets, settings.config, found.config]
    seen: list[tuple[str, int, int]] = []
    for folder in sorted(folders):
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name not in _SKIPPED)
            files.extend(Path(place) / name for name in sorted(names))
    for file in files:
        try:
            state = file.stat() if file else None
        except FileNotFoundError:
            continue
        if state is not None:
            seen.append((str(file), state.st_mtime_ns, state.st_size))
    return hash(tuple(seen))


def read_secrets(file: Path | None) -> dict[str, str]:
    """Read ``NAME=value`` lines; names of the platform's own are not the project's to set."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if file else ""
    except FileNotFoundError:
        return {}
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and not match[1].startswith("SUPABASE_"):
            found[match[1]] = _value(match[2])
    return found


def _value(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    if quoted is None:
        found = re.split(r"\s#", text, maxsplit=1)[0].strip()
    elif quoted[1] == "'":
        found = quoted[2]
    else:
        found = quoted[2].replace("\\n", "\n").replace('\\"', '"')
    return found.replace("\0", "")


def _rules(file: Path | None, name: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        # a file that is being written; the defaults are the stricter ones
        return {}
    section = data.get("functions")
    found = section.get(name) if isinstance(section, dict) else None
    return found if isinstance(found, dict) else {}


def _inside(settings: FunctionsSettings, given: object) -> Path | None:
    """Return a path of config.toml, which counts from that file's folder."""
    if not isinstance(given, str) or settings.config is None:
        return None
    return (settings.config.parent / given).resolve()
