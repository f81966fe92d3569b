"""Imports of TypeScript files: merged into one sorted block, and checked against the files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from archwright.catalog.regions import Kind, Language, language_of, regions
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.import_block import (
    Binding,
    Statement,
    print_module,
    read_imports,
    read_statement,
)

_SPECIFIER = re.compile(r"\b(?:from|import|(?:import|require)\s*\()\s*['\"]\Z")
_SUFFIXES = ("", ".ts", ".tsx", ".mts", ".d.ts", ".css", "/index.ts", "/index.tsx")
_WINDOW = 40  # how far before a quote the word "from" can be

_Key = tuple[str, str]  # a module and its import attributes


@dataclass(slots=True)
class _Module:
    """What is imported from one module: (imported, local) -> only as a type."""

    names: dict[tuple[str, str], bool] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)

    def add(self, statement: Statement) -> None:
        self.comments.update(dict.fromkeys(statement.comments))
        for b in statement.bindings:
            key = (b.imported, b.local)
            self.names[key] = self.names.get(key, True) and b.type_only


def merge_imports(
    source: str, extra: Iterable[str], place: Place | None = None
) -> tuple[str, list[Diagnostic]]:
    """Return ``source`` with the ``extra`` import statements merged into its own.

    Statements of one module become one (a type beside values becomes an inline ``type``), without
    repeats, sorted: packages, then ``@/``, then relative ones, then those imported for their
    effects in their order. Comments above or behind a statement stand above its module; a header
    (directives, leading comments) stays first; the code below stays as it is.

    Diagnostics: AW-3341 one local name for two things, AW-3342 an extra that is not an import.
    """
    block = read_imports(source)
    problems: list[Diagnostic] = []
    modules: dict[_Key, _Module] = {}
    effects: dict[_Key, None] = {}
    added = [(text, read_statement(text)) for text in extra]
    if not block.statements and not added:
        return source, []
    for text, statement in [*((s.module, s) for s in block.statements), *added]:
        if statement is None:
            message = f"{text!r} is not an import statement"
            problems.append(Diagnostic("AW-3342", message, place or Place()))
        else:
            key = (statement.module, statement.attributes)
            modules.setdefault(key, _Module()).add(statement)
            if not statement.bindings:
                effects[key] = None
    problems += _clashes(modules, place or Place())
    return _assembled(block.header, _lines(modules, effects), block.code), problems


def remove_import(source: str, local: str) -> str:
    """Return ``source`` without the import of one local name; unchanged where there is none."""
    block = read_imports(source)
    if not any(b.local == local for s in block.statements for b in s.bindings):
        return source
    modules: dict[_Key, _Module] = {}
    effects: dict[_Key, None] = {}
    for statement in block.statements:
        kept = tuple(b for b in statement.bindings if b.local != local)
        if statement.bindings and not kept:
            continue
        key = (statement.module, statement.attributes)
        modules.setdefault(key, _Module()).add(replace(statement, bindings=kept))
        if not kept:
            effects[key] = None
    return _assembled(block.header, _lines(modules, effects), block.code)


def _lines(modules: Mapping[_Key, _Module], effects: Iterable[_Key]) -> list[str]:
    lines: list[str] = []
    for (name, attributes), module in sorted(modules.items(), key=lambda item: _rank(*item[0])):
        if module.names:
            bindings = [Binding(*key, only) for key, only in module.names.items()]
            lines += [*module.comments, *print_module(name, attributes, bindings)]
    for name, attributes in effects:
        module = modules[name, attributes]
        if all(module.names.values()):  # else a statement for values loads the module anyway
            above = [] if module.names else list(module.comments)
            lines += [*above, f"import '{name}'{' ' if attributes else ''}{attributes};"]
    return lines


def _rank(module: str, attributes: str) -> tuple[int, int, str, str, str]:
    group = 1 if module.startswith("@/") else 2 if module.startswith(".") else 0
    return group, -module.count("../"), module.lower(), module, attributes


def _assembled(header: str, lines: list[str], code: str) -> str:
    if not lines:
        return header + code
    if header and not header.endswith("\n"):
        header = header.rstrip() + "\n\n"
    body = re.sub(r"\A(?:[ \t]*\r?\n)+|\A[ \t]+", "", code)
    return header + "\n".join(lines) + "\n" + (f"\n{body}" if body else "")


def _clashes(modules: Mapping[_Key, _Module], place: Place) -> Iterator[Diagnostic]:
    origins: dict[str, list[str]] = {}
    for (name, _), module in modules.items():
        for _, local in module.names:
            origins.setdefault(local, []).append(name)
    for local, names in sorted(origins.items()):
        if len(names) > 1:
            told = " and ".join(repr(name) for name in sorted(names))
            hint = f"Import one of them under another name: {{ {local} as … }}."
            yield Diagnostic("AW-3341", f"{local} is imported from {told}", place, hint)


@lru_cache(maxsize=2048)
def specifiers(source: str, language: Language) -> tuple[tuple[str, int], ...]:
    """Return (module, line) for static, dynamic and type imports and for ``export … from``."""
    found = []
    for region in regions(source, language):
        before = source[max(0, region.start - _WINDOW) : region.start]
        if region.kind is Kind.LITERAL and _SPECIFIER.search(before):
            line = source.count("\n", 0, region.start) + 1
            found.append((source[region.start : region.end], line))
    return tuple(found)


def unresolved(files: Mapping[str, str], alias: str = "src/") -> list[Diagnostic]:
    """Return AW-5011 for each relative or ``@/`` import of a file that is not among ``files``.

    ``files`` maps a path from the app's root to its text; ``@/`` stands for ``alias``.
    """
    problems: list[Diagnostic] = []
    for path in sorted(files):
        language = language_of(path)
        if language not in ("ts", "tsx"):
            continue
        for module, line in specifiers(files[path], language):
            target = _target(path, module, alias)
            if target is not None and not _exists(target, files):
                message = f"{module!r} is imported, but there is no such file"
                hint = f"Looked for {target} with .ts, .tsx, .css or as a folder with an index."
                problems.append(Diagnostic("AW-5011", message, Place(path, line=line), hint))
    return problems


def _target(path: str, module: str, alias: str) -> str | None:
    """Return the path that a module names, None for a package."""
    name = module.partition("?")[0]
    if name.startswith("@/"):
        return posixpath.normpath(alias + name[2:])
    if name in (".", "..") or name.startswith(("./", "../")):
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return None


def _exists(target: str, files: Collection[str]) -> bool:
    if any(target + suffix in files for suffix in _SUFFIXES):
        return True
    stem, dot, suffix = target.rpartition(".")
    return (
        bool(dot) and suffix in ("js", "jsx") and any(f"{stem}.{s}" in files for s in ("ts", "tsx"))
    )
