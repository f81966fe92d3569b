"""What must fit together inside one pack: its name, its parts, the files that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from archwright.catalog.manifest import Manifest
from archwright.catalog.pack import Pack
from archwright.diagnostics import Diagnostic, Place


def check_pack(pack: Pack, each: Manifest | None, folder: str) -> list[Diagnostic]:
    """Return AW-3003, AW-3008 and AW-3011; ``each`` is what the pack adds for each target."""
    found = list(_parts(pack.manifest, f"{pack.source}/pack.toml"))
    found += _sql_files(pack.manifest, pack, "pack.toml")
    if each is not None:
        found += _parts(each, f"{pack.source}/each.toml")
        found += _sql_files(each, pack, "each.toml")
    if pack.name != folder:
        text = f"the pack in folder {folder!r} calls itself {pack.name!r}"
        found.append(
            Diagnostic("AW-3003", text, Place(f"{pack.source}/pack.toml", ("pack", "name")))
        )
    for file in pack.files:
        if file.part not in pack.head.parts:
            tree = "each" if file.each else "files"
            place = Place(f"{pack.source}/{tree}/{file.part}/{file.path}")
            found.append(_no_part(pack.manifest, file.part, place))
    return found


def _parts(manifest: Manifest, source: str) -> Iterator[Diagnostic]:
    """Report statements of a part that the pack does not have: they would never be built."""
    for path, part in _named_parts(manifest, ()):
        if part not in manifest.pack.parts:
            yield _no_part(manifest, part, Place(source, (*path, "part")))


def _no_part(manifest: Manifest, part: str, place: Place) -> Diagnostic:
    hint = "Parts of this pack: " + ", ".join(manifest.pack.parts)
    return Diagnostic("AW-3008", f"the pack has no part {part!r}", place, hint)


def _named_parts(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, BaseModel):
        part = getattr(node, "part", None)
        if part is not None:
            yield path, part
        for name in type(node).model_fields:
            yield from _named_parts(getattr(node, name), (*path, name))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _named_parts(value, (*path, str(key)))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _named_parts(value, (*path, str(index)))


def _sql_files(manifest: Manifest, pack: Pack, name: str) -> Iterator[Diagnostic]:
    wanted: list[tuple[str, str, str | None]] = []
    wanted += [("functions", n, f.file) for n, f in manifest.functions.items()]
    wanted += [("predicates", n, p.file) for n, p in manifest.predicates.items()]
    wanted += [("triggers", n, t.file) for n, t in manifest.triggers.items()]
    for kind, key, file in wanted:
        if file is not None and file.removeprefix("sql/") not in pack.sql:
            text = f"there is no file sql/{file.removeprefix('sql/')}"
            place = Place(f"{pack.source}/{name}", (kind, key, "file"))
            yield Diagnostic("AW-3011", text, place)
