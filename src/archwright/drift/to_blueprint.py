"""The Blueprint that would say what a live database has: as far as one can, the rest is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from archwright.blueprint.model import Attribute, Blueprint, Entity, Relation
from archwright.catalog.naming import Forms
from archwright.drift.objects import Drift
from archwright.importing.postgres import from_introspected
from archwright.importing.source import Source
from archwright.importing.translate import translate
from archwright.introspect.found import Introspected

MEMBERS = "profiles"
_SAID = {"table", "column", "constraint", "key", "type", "index"}
Item = TypeVar("Item", Attribute, Relation)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A Blueprint with the database's changes, each told; and what no Blueprint says."""

    blueprint: Blueprint
    changes: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


def to_blueprint(
    blueprint: Blueprint,
    live: Introspected,
    wanted: Introspected,
    found: Iterable[Drift],
) -> Proposal:
    """Return the Blueprint changed to what the database has.

    Only entities of the Blueprint's own can change, and tables that nobody knows become new ones;
    what packs made, functions, policies and the like are named.
    """
    own = {_table(e): e for e in blueprint.entities if e.pack is None}
    theirs = {t.ref.name for t in wanted.schema.tables} - own.keys()
    there = _entities(live, theirs, own)
    here = _entities(wanted, theirs, own)
    changes: list[str] = []
    entities: list[Entity] = []
    touched: set[str] = set()
    for entity in blueprint.entities:
        table = _table(entity)
        if entity.pack is not None or table not in here:
            entities.append(entity)
        elif table not in there:
            changes.append(f"the entity {entity.name} goes")
            touched.add(table)
        else:
            changed, said = _changed(entity, there[table], here[table])
            entities.append(changed)
            changes += said
            touched |= {table} if said else set()
    for table, entity in there.items():
        if table not in own:
            entities.append(entity)
            changes.append(f"the entity {entity.name} comes")
            touched.add(table)
    made = blueprint.model_copy(update={"entities": tuple(entities)})
    beyond = [
        f"{d.what}: {d.kind} {d.name}" for d in found if not _expressed(d, touched, live, wanted)
    ]
    return Proposal(made, tuple(changes), tuple(beyond))


def _table(entity: Entity) -> str:
    return Forms.of(entity.name, entity.plural).snakes


def _expressed(drift: Drift, touched: set[str], live: Introspected, wanted: Introspected) -> bool:
    """Tell whether the change of a Blueprint's entity brings an object along."""
    table = drift.table.rpartition(".")[2]
    if drift.kind == "type":
        enum = drift.name.rpartition(".")[2]
        schemas = (live.schema, wanted.schema)
        users = {t.ref.name for s in schemas for t in s.tables for c in t.columns if c.enum == enum}
        return bool(users) and users <= touched
    return drift.kind in _SAID and table in touched


def _entities(
    found: Introspected, theirs: set[str], own: Mapping[str, Entity]
) -> dict[str, Entity]:
    """Return what an import would make of each table that is not a pack's, by table."""
    source = from_introspected(found, "the database")
    tables = tuple(
        replace(t, references=tuple(r for r in t.references if r.table not in theirs - {MEMBERS}))
        for t in source.tables
        if t.name not in theirs
    )
    made = translate(Source("the database", tables, source.enums, member=MEMBERS), theirs)
    if made.blueprint is None or made.became is None:
        return {}
    names = {made.became[t]: own[t].name for t in own if t in made.became}
    by_name = {e.name: e for e in made.blueprint.entities}
    return {
        table: _renamed(by_name[name], names)
        for table, name in made.became.items()
        if "." not in table and name in by_name
    }


def _renamed(entity: Entity, names: Mapping[str, str]) -> Entity:
    """Let relations lead to the entities by the Blueprint's own names."""
    relations = tuple(r.model_copy(update={"to": names.get(r.to, r.to)}) for r in entity.relations)
    name = names.get(entity.name, entity.name)
    return entity.model_copy(update={"name": name, "relations": relations})


def _changed(entity: Entity, there: Entity, here: Entity) -> tuple[Entity, list[str]]:
    """Return an entity with what differs between the two readings, and each change in words."""
    said: list[str] = []
    attributes = _merged(entity.name, entity.attributes, there.attributes, here.attributes, said)
    relations = _merged(entity.name, entity.relations, there.relations, here.relations, said)
    update: dict[str, object] = {"attributes": attributes, "relations": relations}
    if there.unique != here.unique:
        gone = set(here.unique) - set(there.unique)
        come = tuple(k for k in there.unique if k not in here.unique)
        update["unique"] = (*(k for k in entity.unique if k not in gone), *come)
        update["unique_nulls"] = there.unique_nulls or entity.unique_nulls
        said.append(f"the keys of {entity.name} change")
    if there.comment != here.comment:
        update["comment"] = there.comment
        said.append(f"the comment of {entity.name} changes")
    return entity.model_copy(update=update), said


def _merged(
    whose: str,
    mine: tuple[Item, ...],
    there: tuple[Item, ...],
    here: tuple[Item, ...],
    said: list[str],
) -> tuple[Item, ...]:
    """Return the Blueprint's own items with the database's changes to them."""
    new = {item.name: item for item in there}
    old = {item.name: item for item in here}
    made: list[Item] = []
    for item in mine:
        if item.name in old and item.name not in new:
            said.append(f"{whose}.{item.name} goes")
            continue
        before, after = old.get(item.name), new.get(item.name)
        if before is not None and after is not None and before != after:
            fields = [f for f in type(item).model_fields if _differ(before, after, f)]
            item = item.model_copy(update={f: getattr(after, f) for f in fields})  # noqa: PLW2901
            said.append(f"{whose}.{item.name}: {', '.join(fields)}")
        made.append(item)
    for name, item in new.items():
        if name not in old and all(m.name != name for m in mine):
            made.append(item)
            said.append(f"{whose}.{name} comes")
    return tuple(made)


def _differ(before: object, after: object, field: str) -> bool:
    return bool(getattr(before, field) != getattr(after, field))
