"""Writes into a Blueprint what packs would otherwise decide unseen: the access of each entity."""

from __future__ import annotations

from archwright.blueprint.model import Access, Blueprint, Entity
from archwright.catalog.expansion import expand
from archwright.catalog.instance import Expansion
from archwright.catalog.manifest import AccessSpec, RuleSpec
from archwright.catalog.pack import Catalog


def materialise(blueprint: Blueprint, catalog: Catalog) -> Blueprint:
    """Return the Blueprint with ``access`` on every entity that a pack defines.

    From then on the Blueprint is the source of truth: people read and edit it there.
    """
    expansion, _ = expand(blueprint, catalog)
    entities = tuple(_filled(e, expansion) for e in blueprint.entities)
    return blueprint.model_copy(update={"entities": entities})


def _filled(entity: Entity, expansion: Expansion) -> Entity:
    target = expansion.targets.get(entity.name)
    if entity.pack is None or entity.access is not None or target is None:
        return entity
    for instance in expansion.instances:
        if instance.key == target.instance and target.table in instance.manifest.tables:
            spec = instance.manifest.tables[target.table].access
            return entity.model_copy(update={"access": access_of(spec)})
    return entity


def access_of(spec: AccessSpec) -> Access:
    """Return a table's access in the form that the Blueprint writes."""
    select = spec.select.who if isinstance(spec.select, RuleSpec) else spec.select
    return Access(
        select=select,
        insert=spec.insert.who if spec.insert else None,
        update=spec.update.who if spec.update else None,
        delete=spec.delete,
        insert_columns=spec.insert.columns if spec.insert else None,
        update_columns=spec.update.columns if spec.update else None,
    )
