"""Relations that point nowhere, contradict one another, or whose rows nobody could insert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archwright.blueprint.circles import circles
from archwright.blueprint.model import Blueprint, Entity, Relation
from archwright.catalog.naming import Forms
from archwright.check.places import known_names, place
from archwright.diagnostics import Diagnostic

_BOTH_ENDS = {"belongs_to", "one_to_one", "many_to_many"}


def check_relations(blueprint: Blueprint, known: set[str]) -> list[Diagnostic]:
    """Return AW-2303, AW-2304, AW-2309, AW-2311; ``known`` are the entities, packs' included."""
    own = {e.name: e for e in blueprint.entities if e.pack is None}
    return [
        *_targets(blueprint, known),
        *_circles(blueprint),
        *_said_twice(blueprint, own),
        *_within(blueprint, own),
    ]


def _each(blueprint: Blueprint) -> Iterator[tuple[Entity, Relation, tuple[str | int, ...]]]:
    for index, entity in enumerate(blueprint.entities):
        for number, relation in enumerate(entity.relations):
            yield entity, relation, ("entities", index, "relations", number)


def _targets(blueprint: Blueprint, known: set[str]) -> Iterator[Diagnostic]:
    for entity, relation, at in _each(blueprint):
        if relation.to not in known:
            text = f"{entity.name}.{relation.name} refers to {relation.to}, which is not there"
            hint = known_names("entities", known, relation.to)
            yield Diagnostic("AW-2303", text, place(*at, "to"), hint)


def _circles(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Rows of a circle of required references could never be inserted: each needs another first."""
    numbers = {e.name: index for index, e in enumerate(blueprint.entities)}
    needs = {e.name: _needed(e) for e in blueprint.entities if e.pack is None}
    for circle in circles(needs):
        way = _round(circle, needs)
        if len(way) == 1:
            text = f"each {way[0]} needs another {way[0]}: the first could not be inserted"
            hint = "set required: false, or say kind: tree if it is a parent of its own kind"
        else:
            text = f"required relations go in a circle: {' -> '.join([*way, way[0]])}"
            hint = (
                "set required: false on one of them, or deferred: true where both are inserted in "
                "one transaction"
            )
        yield Diagnostic("AW-2304", text, place("entities", numbers[way[0]], "relations"), hint)


def _needed(entity: Entity) -> tuple[str, ...]:
    return tuple(r.to for r in entity.relations if r.needed and not r.deferred)


def _round(circle: tuple[str, ...], needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return a shortest way from the first of a circle back to itself."""
    inside = set(circle)
    start = circle[0]
    before: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for other in needs[name]:
            if other == start:
                way = [name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if other in inside and other not in before:
                before[other] = name
                waiting.append(other)
    return list(circle)


def _said_twice(blueprint: Blueprint, own: Mapping[str, Entity]) -> Iterator[Diagnostic]:
    """Two relations that bear only each other's names are one relation said from both sides."""
    plain = {(e.name, r.to): (r, at) for e, r, at in _each(blueprint) if _named_after(r)}
    for (name, to), (relation, at) in plain.items():
        other = plain.get((to, name))
        if other is None or to not in own or name >= to:
            continue
        late = max((relation, at), other, key=lambda found: found[1][1])
        text = (
            f"{name}.{relation.name} ({relation.kind}) and {to}.{other[0].name} "
            f"({other[0].kind}) say the same from both sides"
        )
        hint = "remove one of them; if they mean different rows, name one for what it means"
        yield Diagnostic("AW-2309", text, place(*late[1]), hint)


def _named_after(relation: Relation) -> bool:
    forms = Forms.of(relation.to)
    return relation.kind in _BOTH_ENDS and relation.name in {forms.snake, forms.snakes}


def _within(blueprint: Blueprint, own: Mapping[str, Entity]) -> Iterator[Diagnostic]:
    """What ``within`` names must be there on both sides, point to one entity, and be set."""
    for entity, relation, at in _each(blueprint):
        if relation.within is None:
            continue
        wrong = _not_shared(entity, relation, own.get(relation.to))
        if wrong is not None:
            text = f"{entity.name}.{relation.name} is within {relation.within}: {wrong[0]}"
            yield Diagnostic("AW-2311", text, place(*at, "within"), wrong[1])


def _not_shared(
    entity: Entity, relation: Relation, parent: Entity | None
) -> tuple[str, str] | None:
    """Return what is wrong with a ``within`` and what to do, or None."""
    name = relation.within or ""
    if parent is None:
        hint = "leave within out, or define the entity here"
        return f"{relation.to} is of a pack, which has no key for it", hint
    if name == "owner" and entity.owned and parent.owned:
        return None
    mine, theirs = _reference(entity, name), _reference(parent, name)
    for side, there in ((entity, mine), (parent, theirs)):
        if there is None or there is relation:
            return f"{side.name} has no such relation", f"give {side.name} the relation {name}"
    return _not_alike(mine, theirs, parent) if mine and theirs else None


def _not_alike(mine: Relation, theirs: Relation, parent: Entity) -> tuple[str, str] | None:
    if mine.to != theirs.to:
        text = f"it leads to {mine.to} from here and to {theirs.to} from {parent.name}"
        return text, "let both lead to one entity"
    if not mine.needed:
        return "it may be missing here, and nothing would be compared", "set required: true on it"
    return None


def _reference(entity: Entity, name: str) -> Relation | None:
    kinds = {"belongs_to", "one_to_one"}
    return next((r for r in entity.relations if r.name == name and r.kind in kinds), None)
