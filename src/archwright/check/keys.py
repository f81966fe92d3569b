"""Unique keys and exclusive arcs of the Blueprint's entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archwright.blueprint.model import Blueprint, Entity
from archwright.check.places import known_names, place
from archwright.diagnostics import Diagnostic

OWNER = "owner"


def check_keys(blueprint: Blueprint) -> list[Diagnostic]:
    """Return AW-2313 for arcs that are none, AW-2314 for keys that cannot be or say too little."""
    found: list[Diagnostic] = []
    for index, entity in enumerate(blueprint.entities):
        if entity.pack is None:
            found += _arcs(entity, index)
            found += _keys(entity, index)
    return found


def _arcs(entity: Entity, index: int) -> Iterator[Diagnostic]:
    members = Counter(r.arc for r in entity.relations if r.arc)
    for number, relation in enumerate(entity.relations):
        if relation.arc is None:
            continue
        name = f"{entity.name}.{relation.name}"
        at = ("entities", index, "relations", number)
        if members[relation.arc] == 1:
            text = f"{name} is the only one in the arc {relation.arc}"
            hint = "an arc has at least two relations; leave it out, or set required: true"
            yield Diagnostic("AW-2313", text, place(*at, "arc"), hint)
        if relation.on_delete == "set null":
            text = f"{name} is in an arc, of which exactly one is set, and would be emptied"
            hint = "use cascade or restrict"
            yield Diagnostic("AW-2313", text, place(*at, "on_delete"), hint)


def _keys(entity: Entity, index: int) -> Iterator[Diagnostic]:
    parts = _parts(entity)
    undecided = entity.unique_nulls is None
    for number, key in enumerate(entity.unique):
        at = place("entities", index, "unique", number)
        unknown = [name for name in key if name not in parts]
        shown = ", ".join(key)
        if unknown:
            text = f"{entity.name} has no {unknown[0]!r} that could be part of a key"
            yield Diagnostic("AW-2314", text, at, known_names("parts", parts, unknown[0]))
        elif len(set(key)) < len(key) or key in entity.unique[:number]:
            text = f"the key ({shown}) of {entity.name} names something twice"
            yield Diagnostic("AW-2314", text, at, "name each part, and each key, once")
        elif undecided and len(key) > 1 and (open_ := [n for n in key if not parts[n]]):
            text = (
                f"in the key ({shown}) of {entity.name} {open_[0]} may be missing, and then the "
                "database takes no two rows for the same"
            )
            hint = (
                "say unique_nulls: equal (missing is a value like any other) or unique_nulls: "
                "distinct, or set required: true"
            )
            yield Diagnostic("AW-2314", text, at, hint)


def _parts(entity: Entity) -> dict[str, bool]:
    """Return what can be part of a key, and whether it is always there."""
    found = {OWNER: True} if entity.owned else {}
    for attribute in entity.attributes:
        if attribute.type != "json" and not attribute.list:
            found[attribute.name] = attribute.required or attribute.default is not None
    for relation in entity.relations:
        if relation.kind != "many_to_many":
            found[relation.name] = relation.needed
    return found
