"""Many-to-many relations of the Blueprint as tables of links."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.blueprint.model import Entity, Relation
from archwright.catalog.entity_columns import attribute_column, enums_of, table_of
from archwright.catalog.link_names import link_columns, link_table
from archwright.catalog.manifest import AccessSpec, EnumSpec, RuleSpec, TableSpec
from archwright.catalog.naming import Forms, bounded


def links_of(entity: Entity) -> tuple[Relation, ...]:
    """Return the relations that make a table of their own."""
    return tuple(r for r in entity.relations if r.kind == "many_to_many")


def link_enums(entity: Entity, relation: Relation) -> dict[str, EnumSpec]:
    """Return the enums of a relation's own attributes."""
    return enums_of(relation.attributes, _prefix(entity, relation))


def link_spec(
    entity: Entity, relation: Relation, tables: Mapping[str, str], labels: str
) -> TableSpec:
    """Return the table of a relation: its links are written by who may write the entity's row."""
    mine, theirs = link_columns(entity, relation)
    columns = {
        mine: f"uuid -> {tables[entity.name]} cascade",
        theirs: f"uuid -> {table_of(relation.to, tables)} {relation.on_delete}",
    }
    written = tuple(a.name for a in relation.attributes)
    for attribute in relation.attributes:
        columns[attribute.name] = attribute_column(attribute, _prefix(entity, relation))
    columns["created_at"] = "timestamptz = now()"
    if written:
        columns["updated_at"] = "timestamptz = now()"
    apart = {"not_to_itself": f"{mine} <> {theirs}"} if relation.to == entity.name else {}
    comments = {a.name: a.comment for a in relation.attributes if a.comment}
    return TableSpec(
        comment=f"The {relation.name.replace('_', ' ')} of {labels}",
        key=(mine, theirs),
        columns=columns,
        comments=comments | ({theirs: relation.why} if relation.why else {}),
        checks={bounded(f"{link_table(entity, relation)}_{n}"): c for n, c in apart.items()},
        access=_access(mine, theirs, written),
    )


def _prefix(entity: Entity, relation: Relation) -> str:
    return f"{Forms.of(entity.name).snake}_{relation.name}"


def _access(mine: str, theirs: str, written: tuple[str, ...]) -> AccessSpec:
    writer = f"parent({mine} may update)"
    return AccessSpec(
        select=f"parent({mine} may select) and parent({theirs} may select)",
        insert=RuleSpec(
            who=f"{writer} and parent({theirs} may select)", columns=(mine, theirs, *written)
        ),
        update=RuleSpec(who=writer, columns=written) if written else None,
        delete=writer,
    )
