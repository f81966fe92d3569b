"""What packs say of each other: navigation to pages, changes of tables that another pack makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from archwright.catalog.pack import Pack
from archwright.diagnostics import Diagnostic, Place, Severity


def check_catalog(packs: Mapping[str, Pack]) -> list[Diagnostic]:
    """Return AW-3014 and AW-3015 of all packs, in order of name.

    A change of a table that no pack makes is a warning: it may be an entity of one's own Blueprint.
    """
    tables = _tables(packs)
    found: list[Diagnostic] = []
    for _, pack in sorted(packs.items()):
        found += _navigation(pack, packs)
        found += _changes(pack.raw, f"{pack.source}/pack.toml", tables)
        found += _changes(pack.each or {}, f"{pack.source}/each.toml", tables)
    return found


def _navigation(pack: Pack, packs: Mapping[str, Pack]) -> Iterator[Diagnostic]:
    """Report entries that lead to no page of the pack, nor of what it requires."""
    pages = [
        route.path
        for name in _with_needs(pack.name, packs)
        for route in packs[name].manifest.routes
    ]
    for index, entry in enumerate(pack.manifest.nav):
        if not any(_leads(entry.to, page) for page in pages):
            place = Place(f"{pack.source}/pack.toml", ("nav", str(index), "to"))
            hint = _meant(entry.to, pages) or "Add the page under [[routes]], or correct the path."
            yield Diagnostic("AW-3014", f"there is no page at {entry.to}", place, hint)


def _with_needs(name: str, packs: Mapping[str, Pack]) -> list[str]:
    """Return a pack and all that it requires, as far as they are there."""
    found = [name]
    for known in found:  # grows while it is read
        more = packs[known].head.requires
        found += [n for n in dict.fromkeys(more) if n in packs and n not in found]
    return found


def _leads(path: str, page: str) -> bool:
    pattern = "/".join(
        "[^/]+" if step.startswith(":") else re.escape(step) for step in page.split("/")
    )
    return re.fullmatch(pattern, path) is not None


def _tables(packs: Mapping[str, Pack]) -> frozenset[str]:
    """Return the names of all tables as packs write them; ``things`` is any entity's."""
    known = {"things"}
    for pack in packs.values():
        for written in (pack.raw, pack.each or {}):
            known.update(written.get("tables", {}))
    return frozenset(known)


def _changes(
    written: Mapping[str, Any], source: str, tables: frozenset[str]
) -> Iterator[Diagnostic]:
    for table in written.get("amend", {}):
        if not any(_is_table(table, name) for name in tables):
            place = Place(source, ("amend", table))
            text = f"no pack makes a table {table}"
            hint = _meant(table, tables) or "Tables of one's own Blueprint may be meant too."
            yield Diagnostic("AW-3015", text, place, hint, Severity.WARNING)


def _is_table(name: str, made: str) -> bool:
    """Tell whether a table may be what becomes of one that is written about ``Thing``."""
    if made == "things" or not re.search(r"(?:^|_)things?(?:_|$)", made):
        return name == made
    pattern = re.sub(r"(?<![a-z0-9])thing", "[a-z0-9_]+", made)
    return re.fullmatch(pattern, name) is not None


def _meant(name: str, known: list[str] | frozenset[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f"Is {close[0]} meant?" if close else ""
