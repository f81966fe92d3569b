"""One use of a pack in an app: what it is on, its manifest renamed, where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archwright.blueprint.model import Scalar
from archwright.blueprint.once import Once
from archwright.catalog.manifest import Manifest
from archwright.catalog.naming import Forms
from archwright.catalog.pack import Pack
from archwright.catalog.rename import rename
from archwright.diagnostics import Place

FOUNDATION = "foundation"
_EACH = re.compile(r"@each\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Target:
    """An entity as packs see it: its names, its table, and who owns a row."""

    entity: str
    forms: Forms
    table: str
    owner: str | None
    traits: tuple[str, ...]
    instance: str

    @property
    def is_member(self) -> bool:
        """Tell whether its rows are members, not something that a member has made."""
        return self.owner == "id"


@dataclass(frozen=True, slots=True)
class Instance:
    """One use of a pack: ``key`` is the pack's name, with ``:Entity`` where it has a target.

    ``at`` is the key path in the Blueprint that asks for it.
    """

    key: str
    feature: str
    manifest: Manifest = field(repr=False)
    pack: Pack | None = field(default=None, repr=False)
    target: Target | None = None
    targets: tuple[Target, ...] = ()
    options: Mapping[str, Scalar] = field(default_factory=dict)
    each: bool = False
    why: str = ""
    at: tuple[str, ...] = ("features",)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the instance's parts in the order in which they are built."""
        return self.manifest.pack.parts

    def place(self, *path: str) -> Place:
        """Return where a statement of the manifest stands, in the words of its file.

        For an entity of the Blueprint that is the entity there, and its access where ``path``
        leads to a table's access.
        """
        if self.pack is None:
            return Place("blueprint.yaml", (*self.at, *(path[2:] if "access" in path else ())))
        file = "each.toml" if self.each else "pack.toml"
        if self.target is None:
            return Place(f"{self.pack.source}/{file}", path)
        raw = (self.pack.each if self.each else None) or self.pack.raw
        return Place(f"{self.pack.source}/{file}", _as_written(raw, path, self.target.forms))


def _as_written(node: Any, path: tuple[str, ...], forms: Forms) -> tuple[str, ...]:
    """Return a key path with the keys that the file has, before they were renamed."""
    written: list[str] = []
    for step in path:
        keys = node if isinstance(node, dict) else {}
        key = next((k for k in keys if rename(k, "toml", forms) == step), step)
        node = keys.get(key)
        written.append(key)
    return tuple(written)


@dataclass(frozen=True, slots=True)
class Expansion:
    """All instances, in an order in which each entity is defined before it is a target.

    ``once`` keeps what stages worked out about it: the phases of a build ask the same again.
    """

    instances: tuple[Instance, ...]
    targets: Mapping[str, Target]
    once: Once = field(default_factory=Once, init=False, repr=False, compare=False)


def instantiate(
    raw: Mapping[str, Any], forms: Forms | None, targets: tuple[Target, ...] = ()
) -> tuple[Any, list[tuple[str, ...]]]:
    """Return a manifest's data with ``Thing`` renamed, or ``@each(...)`` spelled out.

    The second value are the key paths that another key would overwrite under its new name.
    """
    clashes: list[tuple[str, ...]] = []

    def text(value: str) -> str:
        if forms is not None:
            return rename(value, "toml", forms)

        def spell(match: re.Match[str]) -> str:
            return ", ".join(rename(match[1], "toml", t.forms) for t in targets)

        return _EACH.sub(spell, value)

    def walk(node: Any, path: tuple[str, ...]) -> Any:
        if isinstance(node, str):
            return text(node)
        if isinstance(node, list):
            return [walk(item, (*path, str(index))) for index, item in enumerate(node)]
        if isinstance(node, dict):
            result: dict[str, Any] = {}
            for key, value in node.items():
                name = text(key)
                if name in result:
                    clashes.append((*path, key))
                result[name] = walk(value, (*path, key))
            return result
        return node

    data = {key: value if key == "pack" else walk(value, (key,)) for key, value in raw.items()}
    return data, clashes
