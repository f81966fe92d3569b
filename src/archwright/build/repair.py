"""Rule-based repairs of emitted TypeScript: safe ones only, each a pure function on text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic
from archwright.emit.import_block import read_imports
from archwright.emit.imports import merge_imports, remove_import

_NAME = r"'(?P<name>[A-Za-z_$][\w$]*)'"
_UNUSED = (
    re.compile(_NAME + r" is declared but (?:its value is )?never (?:used|read)"),
    re.compile(rf"(?:Identifier|Variable|Type) {_NAME} is imported but never used"),
)
_ALL_UNUSED = re.compile(r"All imports in import declaration are unused")
_UNKNOWN = re.compile(rf"Cannot find name {_NAME}")
_EXPORT = re.compile(
    r"^export (?:async )?(?P<kind>function|const|class|interface|type) (?P<name>[A-Za-z_$][\w$]*)",
    re.MULTILINE,
)
_SOURCES = (".ts", ".tsx")

_Sources = Mapping[str, frozenset[str]]
"""By name, the import statements that would bring it: a repair needs that there is only one."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One mended file: the new text and what was done, for the evidence."""

    path: str
    text: str
    done: str


def repair(files: Mapping[str, str], problems: Sequence[Diagnostic]) -> tuple[Repair, ...]:
    """Return repairs for what the rules know; nothing where they know nothing.

    ``files`` is the whole app, path to text. Rules: an import that nothing uses goes; a name that
    nothing declares is imported from where the app exports it or, if it does not, from the one
    place where all other files have it from.
    """
    texts = dict(files)
    done: dict[str, list[str]] = {}
    wanted = any(_UNKNOWN.search(problem.message) for problem in problems)
    exported, imported = (_exported(files), _imported(files)) if wanted else ({}, {})
    for problem in problems:
        path = problem.place.source
        if path not in texts or not path.endswith(_SOURCES):
            continue
        # Lines and columns are those of the text that was checked.
        mended = _without(texts[path], files[path], problem)
        if mended is None:
            mended = _with(path, texts[path], problem.message, exported, imported)
        if mended is not None and mended[0] != texts[path]:
            texts[path] = mended[0]
            done.setdefault(path, []).append(mended[1])
    return tuple(Repair(path, texts[path], "; ".join(done[path])) for path in sorted(done))


def _without(text: str, checked: str, problem: Diagnostic) -> tuple[str, str] | None:
    """Return the text without an unused import, and what was done."""
    for pattern in _UNUSED:
        if match := pattern.search(problem.message):
            return remove_import(text, match["name"]), f"removed the unused import {match['name']}"
    if not _ALL_UNUSED.search(problem.message):
        return None
    lines = checked.splitlines(keepends=True)[max(0, problem.place.line - 1) :]
    statements = read_imports("".join(lines)).statements
    names = [b.local for b in statements[0].bindings] if statements else []
    for name in names:
        text = remove_import(text, name)
    return text, f"removed the unused import {', '.join(names)}"


def _with(
    path: str, text: str, message: str, exported: _Sources, imported: _Sources
) -> tuple[str, str] | None:
    """Return the text with a missing import, and what was done."""
    match = _UNKNOWN.search(message)
    if match is None:
        return None
    name = match["name"]
    found = exported.get(name) or imported.get(name, frozenset())
    own = f"'{_module(path)}'"
    statements = [s for s in sorted(found) if not s.endswith(f"{own};")]
    if len(statements) != 1:
        return None
    merged, clashes = merge_imports(text, statements)
    return None if clashes else (merged, f"added the missing import {name}")


def _exported(files: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return by name how to import what the modules of ``src`` export."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        if path.startswith("src/") and path.endswith(_SOURCES) and ".test." not in path:
            for match in _EXPORT.finditer(text):
                kind = "import type" if match["kind"] in ("interface", "type") else "import"
                statement = f"{kind} {{ {match['name']} }} from '{_module(path)}';"
                found.setdefault(match["name"], set()).add(statement)
    return {name: frozenset(statements) for name, statements in found.items()}


def _imported(files: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return by name how the app's files import what comes from packages."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        if not path.endswith(_SOURCES):
            continue
        for statement in read_imports(text).statements:
            if statement.module.startswith((".", "@/")):
                continue
            for b in statement.bindings:
                if b.imported == b.local:
                    kind = "import type" if b.type_only else "import"
                    line = f"{kind} {{ {b.local} }} from '{statement.module}';"
                    found.setdefault(b.local, set()).add(line)
    return {name: frozenset(_values(lines)) for name, lines in found.items()}


def _values(lines: set[str]) -> set[str]:
    """Return the statements; where one brings a value, one for its type says nothing new."""
    return {
        line
        for line in lines
        if not line.startswith("import type") or line.replace("import type", "import") not in lines
    }


def _module(path: str) -> str:
    return "@/" + re.sub(r"\.tsx?$", "", path.removeprefix("src/"))
