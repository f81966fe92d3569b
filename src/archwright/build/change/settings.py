"""``--set PATH=VALUE``: one value, at a place that is the user's to set."""

from __future__ import annotations

import re
from typing import Any

from archwright.build.change.differences import IDENTITY
from archwright.build.change.paths import (
    LOST,
    NOT_THEIRS,
    UNREADABLE,
    Data,
    LostError,
    Spot,
    item,
    kind_of,
    locate,
)
from archwright.build.change.surroundings import Surroundings
from archwright.build.change.values import Fits, read_value

OF_PACKS = frozenset({"label", "labels", "traits", "access"})
"""What a Blueprint says of an entity that a pack defines."""

_RECORDS = {
    "version": "It says how the file is to be read.",
    "request": "It is what was asked for in the beginning.",
    "assumptions": "They tell what was inferred from the request.",
}
_ENTITY = re.compile(r"[A-Z][A-Za-z0-9]*")
_WHOLE: dict[str, type] = {"integer": int, "bigint": int, "boolean": bool}


def put(data: Data, text: str, around: Surroundings) -> None:
    """Set one value. Raises ``LostError``."""
    path, equals, value = text.partition("=")
    if not equals:
        hint = "Write --set PATH=VALUE, as --set app.theme.primary=#0f766e."
        raise LostError("there is no value", hint, UNREADABLE)
    spot = place(data, path.strip(), around)
    if spot.kind != "leaf":
        kind, inner = kind_of(spot.annotation)
        model = inner if kind in {"model", "models"} else spot.annotation
        keys = ", ".join(getattr(model, "model_fields", ()))
        raise LostError(f"{path} is not one value", f"Name one of its keys: {keys}.", LOST)
    if spot.key in IDENTITY and spot.path[0] != "app":
        hint = "Use --rename for an entity or a column; add and remove anything else."
        raise LostError(f"{path} is what others know it by", hint, NOT_THEIRS)
    spot.holder[spot.key] = read_value(spot.annotation, value, _fits(spot, around))


def place(data: Data, path: str, around: Surroundings) -> Spot:
    """Return where a path leads, if that is the user's to change. Raises ``LostError``."""
    steps = path.split(".")
    named = steps[1] if steps[0] in {"access", "entities"} and len(steps) > 1 else steps[0]
    bare = steps[0] == named
    if _ENTITY.fullmatch(named):
        _known(data, named, around)
        inside = ["access"] if steps[0] == "access" else steps[1 if bare else 2 :]
        _of_pack(data, named, inside)
    if steps[0] in _RECORDS:
        raise LostError(f"{steps[0]} is not yours to set", _RECORDS[steps[0]], NOT_THEIRS)
    before = item(around.data.get("entities", ()), named) or {}
    spot = locate(data, path)
    rule = spot.path[0] == "entities" and spot.path[2:3] == ("access",) and spot.path[3:]
    if rule and not before.get("access"):  # nobody loses a right that was never written down
        spot.holder.update(around.access(named))
    return spot


def _known(data: Data, name: str, around: Surroundings) -> None:
    """Write an entity of a pack into the Blueprint, which names those of which it says more."""
    target = around.target(name)
    if target is None or item(data.setdefault("entities", []), name) is not None:
        return
    pack = target.instance.partition(":")[0]
    data["entities"].append({"name": name, "pack": pack})


def _of_pack(data: Data, name: str, inside: list[str]) -> None:
    """Raise where a pack decides: what it calls its columns, and that there are any."""
    entity = item(data.get("entities", ()), name) or {}
    if "pack" in entity and (not inside or inside[0] not in OF_PACKS):
        what = f"{name}.{inside[0]}" if inside else name
        hint = f"Of {name} you can set {', '.join(sorted(OF_PACKS))}."
        raise LostError(f"{what} comes from the pack {entity['pack']}", hint, NOT_THEIRS)


def _fits(spot: Spot, around: Surroundings) -> Fits:
    """Return what else a value must be: of the option's type, of the attribute's."""
    if spot.path[0] == "features" and spot.path[2:3] == ("options",):
        option = around.option(spot.path[1], spot.key)
        if option is not None:
            return option.fits
    if spot.key == "default" and isinstance(spot.holder, dict):
        wanted = _WHOLE.get(spot.holder.get("type", "text"), str)
        return lambda value: _is(value, wanted)
    return lambda _: True


def _is(value: Any, wanted: type) -> bool:
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
