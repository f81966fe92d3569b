"""``--rename``: an entity or a column of it gets another name, and keeps its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, is_dataclass, replace
from dataclasses import fields as fields_of
from typing import Any

from archwright.blueprint.access_ast import Column, Expr, Parent, Path
from archwright.blueprint.access_parser import parse
from archwright.blueprint.access_text import render
from archwright.build.change.paths import (
    NOTHING,
    UNREADABLE,
    Data,
    LostError,
    Spot,
    item,
    locate,
)
from archwright.build.change.settings import place
from archwright.build.change.surroundings import Surroundings
from archwright.diagnostics import Place

_RENAME = re.compile(r"(?P<path>[A-Z][\w.]*)=(?P<name>\w+)", re.ASCII)
_OPERATIONS = ("select", "insert", "update", "delete")
_COLUMN_LISTS = ("insert_columns", "update_columns")


@dataclass(frozen=True, slots=True)
class Renamed:
    """What has another name: an entity (``old`` is its name), or a statement of an ``entity``.

    ``entity`` is the name after the change; ``columns`` is "attributes" or "relations", or "" for
    the entity itself.
    """

    entity: str
    columns: str
    old: str
    new: str

    def __str__(self) -> str:
        """Render in a few words."""
        old = f"{self.entity}.{self.old}" if self.columns else self.old
        return f"rename {old} to {self.new}"

    @property
    def detail(self) -> str:
        """Return the same: it says all."""
        return str(self)


def rename(data: Data, text: str, around: Surroundings) -> Renamed:
    """Rename an entity, an attribute or a relation, also where rules and lists name it.

    Raises ``LostError``.
    """
    return _renaming(data, text, lambda path: _spot(data, path, around))


def rename_in(data: Data, text: str) -> Renamed:
    """Rename what a Blueprint's data has, without asking packs. Raises ``LostError``."""
    return _renaming(data, text, lambda path: _column(data, path) or locate(data, path))


def _renaming(data: Data, text: str, at: Callable[[str], Spot]) -> Renamed:
    found = _RENAME.fullmatch(text)
    if found is None:
        hint = "Write --rename Product.caption=headline or --rename Product=Item."
        raise LostError(f"{text!r:.80} is no renaming", hint, UNREADABLE)
    spot = at(found["path"])
    old, new = spot.path[-1], found["name"]
    if spot.kind != "item" or spot.path[0] != "entities" or len(spot.path) not in {2, 4}:
        raise LostError(f"{found['path']} is no entity and no column of one")
    if item(spot.holder, new) is not None or old == new:
        raise LostError(f"{new} is there already", "", NOTHING)
    _give(data, spot, new)
    if len(spot.path) == 2:
        return Renamed(new, "", old, new)
    return Renamed(spot.path[1], spot.path[2], old, new)


def _give(data: Data, spot: Spot, new: str) -> None:
    """Give an entity or a column its new name, and write that wherever the old one stands."""
    old = spot.path[-1]
    spot.holder[spot.key]["name"] = new
    if len(spot.path) == 2:
        _entity_elsewhere(data, old, new)
        return
    entity = item(data["entities"], spot.path[1]) or {}
    suffix = "_id" if spot.path[2] == "relations" else ""
    _column_elsewhere(entity, (old, new), (f"{old}{suffix}", f"{new}{suffix}"))


def _spot(data: Data, path: str, around: Surroundings) -> Spot:
    return _column(data, path) or place(data, path, around)


def _column(data: Data, path: str) -> Spot | None:
    """Return a column, also where a word of every entity is called alike."""
    name, _, column = path.partition(".")
    if column and "." not in column:
        entity = item(data.get("entities", ()), name) or {}
        for home in ("attributes", "relations"):
            if item(entity.get(home, ()), column) is not None:
                return locate(data, f"entities.{name}.{home}.{column}")
    return None


def _entity_elsewhere(data: Data, old: str, new: str) -> None:
    for use in data.get("features", ()):
        if "on" in use:
            use["on"] = [new if name == old else name for name in use["on"]]
    for entity in data["entities"]:
        for relation in entity.get("relations", ()):
            if relation["to"] == old:
                relation["to"] = new


def _column_elsewhere(entity: Data, named: tuple[str, str], column: tuple[str, str]) -> None:
    """Write the new name where the entity's own keys, lists and rules have the old one."""
    if keys := entity.get("unique"):
        entity["unique"] = [[named[1] if n == named[0] else n for n in key] for key in keys]
    access = entity.get("access") or {}
    for key in _COLUMN_LISTS:
        if access.get(key) is not None:
            access[key] = [column[1] if n == column[0] else n for n in access[key]]
    for operation in _OPERATIONS:
        if access.get(operation):
            access[operation] = in_rule(access[operation], *column)


def in_rule(text: str, old: str, new: str) -> str:
    """Return an access rule in which a column has another name; the rest as it was written."""
    rule, _ = parse(text, Place())
    if rule is None:
        return text  # what is wrong with it is told when the whole is checked
    renamed: Expr = _renamed(rule, lambda name: new if name == old else name)
    return text if renamed == rule else render(renamed)


def _renamed(node: Any, name: Callable[[str], str]) -> Any:
    """Return a syntax tree with other names of columns."""
    found: Any = node
    match node:
        case tuple():
            found = tuple(_renamed(part, name) for part in node)
        case Column(old):
            found = replace(node, name=name(old))
        case Path(old, ""):
            found = replace(node, column=name(old))
        case Path(_, hop):
            found = replace(node, hop=name(hop))
        case Parent(old):
            found = replace(node, column=name(old))
        case _ if is_dataclass(node) and not isinstance(node, type):
            inner = {f.name: _renamed(getattr(node, f.name), name) for f in fields_of(node)}
            found = replace(node, **inner)
    return found


def with_new_names(data: Data, renamed: Iterable[Renamed]) -> None:
    """Give the data of the old Blueprint the new names, so that only what else differs is left."""
    for one in renamed:
        path = f"entities.{one.entity}.{one.columns}.{one.old}"
        spot = locate(data, path if one.columns else f"entities.{one.old}")
        _give(data, spot, one.new)
