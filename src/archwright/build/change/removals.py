"""``--remove``: features and what they are on, entities, columns, roles, and what was set."""

from __future__ import annotations

import re
from typing import Any

from archwright.build.change.differences import IDENTITY
from archwright.build.change.paths import NOT_THEIRS, NOTHING, Data, LostError, Spot, close, item
from archwright.build.change.settings import place
from archwright.build.change.surroundings import Surroundings

_ON = re.compile(r"(?P<name>[a-z][a-z0-9-]*)@(?P<on>[A-Z]\w*(,[A-Z]\w*)*)", re.ASCII)
_COLUMN_LISTS = ("insert_columns", "update_columns")


def remove(data: Data, text: str, around: Surroundings) -> None:
    """Take one statement out of the Blueprint. Raises ``LostError``."""
    if found := _ON.fullmatch(text):
        _from_targets(data, found["name"], found["on"].split(","))
        return
    spot = place(data, text, around)
    if spot.kind == "item":
        _item(data, spot)
    elif spot.key in IDENTITY:
        raise LostError(f"{text} is what it is known by", "Remove the whole.", NOT_THEIRS)
    elif _value(spot) is None:
        raise LostError(f"{text} is not set", "", NOTHING)
    else:
        del spot.holder[spot.key]


def _value(spot: Spot) -> Any:
    return spot.holder.get(spot.key)


def _from_targets(data: Data, name: str, entities: list[str]) -> None:
    use = item(data.get("features", ()), name)
    if use is None:
        known = [u["use"] for u in data.get("features", ())]
        raise LostError(f"the app has no feature {name}", close(name, known))
    for entity in entities:
        if entity not in use.get("on", ()):
            raise LostError(f"{name} is not on {entity}", close(entity, use.get("on", ())))
        use["on"].remove(entity)
    if not use["on"]:
        _feature(data, name)


def _item(data: Data, spot: Spot) -> None:
    name = spot.path[-1]
    if spot.path[0] == "features":
        _feature(data, name)
        return
    del spot.holder[spot.key]
    if spot.path[0] == "entities" and len(spot.path) == 4:
        entity = item(data["entities"], spot.path[1]) or {}
        column = f"{name}_id" if spot.path[2] == "relations" else name
        access = entity.get("access") or {}
        for key in _COLUMN_LISTS:
            if access.get(key) is not None:
                access[key] = [c for c in access[key] if c != column]


def _feature(data: Data, name: str) -> None:
    """Remove a feature with what the Blueprint says of the entities that it defines."""
    data["features"] = [use for use in data["features"] if use["use"] != name]
    data["entities"] = [e for e in data.get("entities", ()) if e.get("pack") != name]
