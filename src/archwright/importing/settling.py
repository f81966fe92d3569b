"""What a Blueprint's rules do not allow between relations, brought to what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archwright.blueprint.circles import circles
from archwright.blueprint.model import Entity, Relation
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic, Place
from archwright.importing.entities import MEMBER
from archwright.importing.source import read_as

Change = Callable[[Entity, Relation], Relation]


def settle_relations(
    entities: list[Entity], places: Mapping[str, Place], title: str
) -> tuple[list[Entity], list[Diagnostic]]:
    """Return entities whose relations go together, and what had to change for that.

    ``places`` are those of relations by entity and name.
    """
    problems: list[Diagnostic] = []
    for step in (_circles, _one_sided, _let_go, _not_around):
        entities = _changed(
            entities, step(entities), problems, lambda at: places.get(at) or Place(title)
        )
    return entities, problems


def _changed(
    entities: list[Entity],
    change: Change,
    problems: list[Diagnostic],
    place: Callable[[str], Place],
) -> list[Entity]:
    made = []
    for entity in entities:
        relations = []
        for relation in entity.relations:
            other = change(entity, relation)
            relations.append(other)
            if other != relation:
                keys = [k for k in ("name", "deferred", "on_delete") if _differ(k, relation, other)]
                said = ", ".join(f"{key}: {getattr(other, key)}" for key in keys)
                text = f"{entity.name}.{relation.name} has {said} now, or rows could not be kept"
                problems.append(read_as(text, place(f"{entity.name}.{relation.name}")))
        renamed = {
            a.name: b.name for a, b in zip(entity.relations, relations, strict=True) if a != b
        }
        unique = tuple(tuple(renamed.get(p, p) for p in key) for key in entity.unique)
        made.append(entity.model_copy(update={"relations": tuple(relations), "unique": unique}))
    return made


def _differ(key: str, one: Relation, other: Relation) -> bool:
    return bool(getattr(one, key) != getattr(other, key))


def _circles(entities: list[Entity]) -> Change:
    """Rows that need each other are inserted in one transaction."""
    needs = {
        e.name: tuple(r.to for r in e.relations if r.needed and not r.deferred) for e in entities
    }
    rounds = list(circles(needs))

    def change(entity: Entity, relation: Relation) -> Relation:
        inside = any(entity.name in c and relation.to in c for c in rounds)
        if inside and relation.needed:
            return relation.model_copy(update={"deferred": True})
        return relation

    return change


def _one_sided(entities: list[Entity]) -> Change:
    """Two relations that bear only each other's names would be taken for one."""
    named = {
        (e.name, r.to)
        for e in entities
        for r in e.relations
        if r.kind != "tree" and r.name in {Forms.of(r.to).snake, Forms.of(r.to).snakes}
    }

    def change(entity: Entity, relation: Relation) -> Relation:
        pair = (entity.name, relation.to)
        twice = pair in named and (relation.to, entity.name) in named and entity.name > relation.to
        if twice and relation.name in {Forms.of(relation.to).snake, Forms.of(relation.to).snakes}:
            return relation.model_copy(update={"name": f"own_{relation.name}"})
        return relation

    return change


def _let_go(entities: list[Entity]) -> Change:
    """An account can be deleted: nothing holds fast what goes with it."""
    gone = {MEMBER, *(e.name for e in entities if e.owned)}
    grown = True
    while grown:
        more = {
            e.name
            for e in entities
            for r in e.relations
            if r.kind != "many_to_many" and r.to in gone and _goes(r)
        }
        grown = not more <= gone
        gone |= more

    def change(_: Entity, relation: Relation) -> Relation:
        if relation.on_delete != "restrict" or relation.to not in gone:
            return relation
        keeps = relation.kind == "many_to_many" or relation.needed
        return relation.model_copy(update={"on_delete": "cascade" if keeps else "set null"})

    return change


def _goes(relation: Relation) -> bool:
    """Tell whether a row goes with what it refers to, or will once that is let go."""
    return relation.on_delete == "cascade" or (relation.on_delete == "restrict" and relation.needed)


def _not_around(entities: list[Entity]) -> Change:
    """Rows do not own each other in a circle."""
    carried = {
        e.name: tuple(
            r.to
            for r in e.relations
            if r.kind != "many_to_many" and r.on_delete == "cascade" and r.to != e.name
        )
        for e in entities
    }
    rounds = list(circles(carried))

    def change(entity: Entity, relation: Relation) -> Relation:
        inside = any(entity.name in c and relation.to in c for c in rounds)
        single = relation.kind != "many_to_many" and relation.to != entity.name
        if inside and single and not relation.needed and relation.on_delete == "cascade":
            return relation.model_copy(update={"on_delete": "set null"})
        return relation

    return change
