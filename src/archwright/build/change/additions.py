"""``--add`` and ``--add-entity``: features and what they are on, entities, columns, roles."""

from __future__ import annotations

import re
from typing import Any

from archwright.blueprint.model import Attribute, Relation
from archwright.build.change.paths import (
    LOST,
    NOT_THEIRS,
    NOTHING,
    UNFIT,
    UNREADABLE,
    Data,
    LostError,
    close,
    item,
    kind_of,
)
from archwright.build.change.surroundings import Surroundings
from archwright.build.change.values import read_value

_FEATURE = re.compile(r"(?P<name>[a-z][a-z0-9-]*)(@(?P<on>[A-Z]\w*(,[A-Z]\w*)*))?", re.ASCII)
_ROLE = re.compile(r"roles\.(?P<name>\w+)", re.ASCII)
_COLUMN = re.compile(r"(?P<entity>[A-Z]\w*)\.(?P<rest>.+)", re.ASCII | re.DOTALL)
_SPEC = re.compile(
    r"(?P<name>\w+)(->(?P<to>\w+)|:(?P<type>[a-z]+))?(?P<rest>(,[a-z_]+(=[^,]*)?)*)", re.ASCII
)
_FORMS = (
    "Write --add likes, --add likes@Video, --add Product.price:integer,required, "
    "--add Product.store->Store or --add roles.support."
)


def add(data: Data, text: str, around: Surroundings) -> None:
    """Add a feature, an entity that a feature is on, a column, a relation or a role.

    Raises ``LostError``.
    """
    if found := _ROLE.fullmatch(text):
        _role(data, found["name"])
    elif found := _COLUMN.fullmatch(text):
        _column(data, found["entity"], found["rest"], around)
    elif found := _FEATURE.fullmatch(text):
        _feature(data, found["name"], (found["on"] or "").split(",") if found["on"] else [], around)
    else:
        raise LostError(f"{text!r:.80} cannot be added", _FORMS, UNREADABLE)


def add_entity(data: Data, text: str, around: Surroundings) -> None:
    """Add an entity, and columns that are named behind it: ``Product title:text,required``.

    Raises ``LostError``.
    """
    words = text.split()
    if not words:
        raise LostError("there is no name", "Write --add-entity Product.", UNREADABLE)
    name, *columns = words
    if around.target(name) is not None or item(data.get("entities", ()), name):
        raise LostError(f"{name} is there already", "", NOTHING)
    data.setdefault("entities", []).append({"name": name})
    for column in columns:
        _column(data, name, column, around)


def _feature(data: Data, name: str, on: list[str], around: Surroundings) -> None:
    if name not in around.features:
        hint = close(name, around.features)
        raise LostError(f"there is no feature called {name}", hint, LOST)
    known = {*around.targets, *(entity["name"] for entity in data.get("entities", ()))}
    for entity in on:
        if entity not in known and not _comes(data, around, entity):
            raise LostError(f"there is no entity called {entity}", close(entity, known), LOST)
    use = item(data.setdefault("features", []), name)
    if use is None:
        data["features"].append({"use": name, **({"on": on} if on else {})})
        return
    new = [entity for entity in on if entity not in use.get("on", ())]
    if not new:
        raise LostError(f"{name} is there already", "", NOTHING)
    use["on"] = [*use.get("on", ()), *new]


def _comes(data: Data, around: Surroundings, entity: str) -> bool:
    """Tell whether an entity is one that a feature brings which is added as well."""
    return Surroundings(data, around.catalog).target(entity) is not None


def _role(data: Data, name: str) -> None:
    if item(data.setdefault("roles", []), name) is not None:
        raise LostError(f"the role {name} is there already", "", NOTHING)
    data["roles"].append({"name": name, "label": name.replace("_", " ").capitalize()})


def _column(data: Data, name: str, text: str, around: Surroundings) -> None:
    entity = item(data.get("entities", ()), name)
    target = around.target(name)
    if entity is None and target is None:
        known = [*around.targets, *(e["name"] for e in data.get("entities", ()))]
        raise LostError(f"there is no entity called {name}", close(name, known), LOST)
    if entity is None or "pack" in entity:
        pack = entity["pack"] if entity else target.instance.partition(":")[0] if target else ""
        hint = "Add an entity of your own that refers to it."
        raise LostError(f"the columns of {name} come from the pack {pack}", hint, NOT_THEIRS)
    found = _SPEC.fullmatch(text)
    if found is None:
        raise LostError(f"{text!r:.80} is no column", _FORMS, UNREADABLE)
    home, model = ("relations", Relation) if found["to"] else ("attributes", Attribute)
    if any(item(entity.get(key, ()), found["name"]) for key in ("relations", "attributes")):
        raise LostError(f"{name}.{found['name']} is there already", "", NOTHING)
    made: dict[str, Any] = {"name": found["name"]}
    made |= {key: value for key in ("to", "type") if (value := found[key])}
    for part in filter(None, found["rest"].split(",")):
        key, equals, value = part.partition("=")
        made[key] = _property(model, key, value if equals else "true")
    entity.setdefault(home, []).append(made)


def _property(model: type[Attribute] | type[Relation], key: str, value: str) -> Any:
    field = model.model_fields.get(key)
    if field is None or kind_of(field.annotation)[0] != "leaf" or key in {"name", "to"}:
        known = [k for k, f in model.model_fields.items() if kind_of(f.annotation)[0] == "leaf"]
        raise LostError(f"a column has no {key}", close(key, known), UNFIT)
    return read_value(field.annotation, value)
