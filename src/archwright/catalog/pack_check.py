"""What must fit together inside one pack: its name, its parts, the files that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from archwright.catalog.event_check import check_events
from archwright.catalog.manifest import Manifest
from archwright.catalog.pack import Pack
from archwright.diagnostics import Diagnostic, Place


def check_pack(pack: Pack, each: Manifest | None, folder: str) -> list[Diagnostic]:
    """Return AW-3003, AW-3008, AW-3011, AW-3013, AW-3018, AW-3019; ``each`` is for each target."""
    found = list(_parts(pack.manifest, f"{pack.source}/pack.toml"))
    found += _sql_files(pack.manifest, pack, "pack.toml")
    if each is not None:
        found += _parts(each, f"{pack.source}/each.toml")
        found += _sql_files(each, pack, "each.toml")
        found += _samples(each, f"{pack.source}/each.toml")
        found += check_events(each, f"{pack.source}/each.toml")
    found += _samples(pack.manifest, f"{pack.source}/pack.toml")
    found += check_events(pack.manifest, f"{pack.source}/pack.toml")
    found += _unnamed_sql(pack, [pack.manifest, *([each] if each is not None else [])])
    if pack.name != folder:
        text = f"the pack in folder {folder!r} calls itself {pack.name!r}"
        found.append(
            Diagnostic("AW-3003", text, Place(f"{pack.source}/pack.toml", ("pack", "name")))
        )
    for file in pack.files:
        if file.part not in pack.head.parts:
            place = Place(f"{pack.source}/{file.place}")
            found.append(_no_part(pack.manifest, file.part, place))
    return found


def _samples(manifest: Manifest, source: str) -> Iterator[Diagnostic]:
    """Report pages that no spec could open: a parameter without a sample, a sample of none."""
    for index, route in enumerate(manifest.routes):
        wanted = re.findall(r":([^/]+)", route.path)
        place = Place(source, ("routes", str(index), "sample"))
        for name in wanted:
            if name not in route.sample:
                hint = f'Add sample = {{ {name} = "from table.column" }}, or a value of the seed.'
                yield Diagnostic("AW-3018", f"there is no sample for :{name}", place, hint)
        for name in sorted(set(route.sample) - set(wanted)):
            yield Diagnostic("AW-3018", f"the path has no parameter :{name}", place)


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


def _sql_named(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, key, path below sql/) of each statement that names an SQL file."""
    for kind in ("functions", "predicates", "triggers"):
        for key, spec in getattr(manifest, kind).items():
            if spec.file is not None:
                yield kind, key, spec.file.removeprefix("sql/")


def _sql_files(manifest: Manifest, pack: Pack, name: str) -> Iterator[Diagnostic]:
    for kind, key, file in _sql_named(manifest):
        if file not in pack.sql:
            place = Place(f"{pack.source}/{name}", (kind, key, "file"))
            yield Diagnostic("AW-3011", f"there is no file sql/{file}", place)


def _unnamed_sql(pack: Pack, manifests: list[Manifest]) -> Iterator[Diagnostic]:
    """Report SQL files that nothing names: what they hold would never be in the database."""
    named = {file for manifest in manifests for _, _, file in _sql_named(manifest)}
    for file in sorted(set(pack.sql) - named):
        hint = f'Name it: file = "sql/{file}" under functions, predicates or triggers.'
        place = Place(f"{pack.source}/sql/{file}")
        yield Diagnostic("AW-3013", "nothing in the manifest names this file", place, hint)
