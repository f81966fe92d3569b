"""Rule-based repairs of emitted TypeScript: safe ones only, each a pure function on text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic
from archwright.emit.imports import merge_imports, remove_import

_NAME = r"(?P<name>[A-Za-z_$][\w$]*)"
_UNUSED = (
    re.compile(
        r"'(?P<name>[A-Za-z_$][\w$]*)' is declared but (?:its value is )?never (?:used|read)"
    ),
    re.compile(
        r"(?:Identifier|Variable|Type) '(?P<name>[A-Za-z_$][\w$]*)' is imported but never used"
    ),
)
_UNKNOWN = re.compile(r"Cannot find name '(?P<name>[A-Za-z_$][\w$]*)'")
_EXPORT = re.compile(
    r"^export (?:async )?(?P<kind>function|const|class|interface|type) (?P<name>[A-Za-z_$][\w$]*)",
    re.MULTILINE,
)
_TYPES = frozenset({"interface", "type"})


@dataclass(frozen=True, slots=True)
class Repair:
    """One mended file: the new text and what was done, for the evidence."""

    path: str
    text: str
    done: str


def repair(files: Mapping[str, str], problems: Sequence[Diagnostic]) -> tuple[Repair, ...]:
    """Return repairs for what the rules know; nothing where they know nothing."""
    texts = dict(files)
    done: dict[str, list[str]] = {}
    exports = _exports(files)
    for problem in problems:
        path = problem.place.source
        if path not in texts:
            continue
        mended = _mend(path, texts[path], problem.message, exports)
        if mended is not None and mended[0] != texts[path]:
            texts[path] = mended[0]
            done.setdefault(path, []).append(mended[1])
    return tuple(Repair(path, texts[path], "; ".join(done[path])) for path in sorted(done))


def _mend(
    path: str, text: str, message: str, exports: Mapping[str, list[tuple[str, bool]]]
) -> tuple[str, str] | None:
    for pattern in _UNUSED:
        if match := pattern.search(message):
            name = match["name"]
            return remove_import(text, name), f"removed the unused import {name}"
    if match := _UNKNOWN.search(message):
        name = match["name"]
        found = [(p, is_type) for p, is_type in exports.get(name, []) if p != path]
        if len(found) == 1:
            module = "@/" + re.sub(r"\.tsx?$", "", found[0][0].removeprefix("src/"))
            kind = "import type" if found[0][1] else "import"
            statement = f"{kind} {{ {name} }} from '{module}';"
            merged, clashes = merge_imports(text, [statement])
            if not clashes:
                return merged, f"added the missing import {name}"
    return None


def _exports(files: Mapping[str, str]) -> dict[str, list[tuple[str, bool]]]:
    """Return, by exported name, the modules of ``src`` that export it and whether as a type."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for path, text in sorted(files.items()):
        if path.startswith("src/") and path.endswith((".ts", ".tsx")) and ".test." not in path:
            for match in _EXPORT.finditer(text):
                found.setdefault(match["name"], []).append((path, match["kind"] in _TYPES))
    return found
