"""Attributes and relations of the Blueprint in the column language of manifests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.catalog.attribute_check import LONGEST_TEXT
from archwright.catalog.entity_check import OWNER_COLUMN
from archwright.catalog.manifest import EnumSpec
from archwright.catalog.manifest_database import ForeignSpec
from archwright.catalog.naming import Forms

_TYPES = {
    "text": "text",
    "integer": "int",
    "bigint": "bigint",
    "decimal": "numeric",
    "boolean": "bool",
    "date": "date",
    "time": "time",
    "datetime": "timestamptz",
    "uuid": "uuid",
    "json": "jsonb",
}


def column_of(entity: Entity, name: str) -> str:
    """Return the column that a key or ``within`` names: of an attribute, a relation, the owner."""
    if name in {r.name for r in entity.relations} or f"{name}_id" == OWNER_COLUMN:
        return f"{name}_id"
    return name


def shared_columns(entities: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    """Return by entity the columns on which rows that belong to its rows agree with them."""
    found: dict[str, dict[str, None]] = {}
    for entity in entities:
        for relation in entity.relations:
            if relation.within:
                found.setdefault(relation.to, {})[column_of(entity, relation.within)] = None
    return {name: tuple(sorted(columns)) for name, columns in found.items()}


def attribute_column(attribute: Attribute, prefix: str) -> str:
    """Return the column of an attribute; its enum is named with the prefix."""
    low, high, value = attribute.minimum, attribute.maximum, attribute.default
    kind = f"{prefix}_{attribute.name}" if attribute.type == "enum" else _TYPES[attribute.type]
    if attribute.precision is not None:
        kind += f"({attribute.precision},{attribute.scale or 0})"
    if attribute.list:
        kind += "[]"
    elif attribute.type == "text":
        low = int(attribute.required) if low is None else low
        high = LONGEST_TEXT if high is None else high
    if low is not None or high is not None:
        kind += f"({'' if low is None else low}..{'' if high is None else high})"
    null = "" if attribute.required or value is not None else "?"
    default = "" if value is None else f" = {_literal(value)}"
    if attribute.list and attribute.required and not low:
        default = " = '{}'"
    return kind + null + default + (" unique" if attribute.unique else "")


def _literal(value: bool | int | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def enums_of(attributes: tuple[Attribute, ...], prefix: str) -> dict[str, EnumSpec]:
    """Return the enums of attributes by name."""
    return {f"{prefix}_{a.name}": EnumSpec(values=a.values) for a in attributes if a.type == "enum"}


def relation_column(relation: Relation, tables: Mapping[str, str]) -> str:
    """Return the column of a reference; where ``foreign_key`` makes its key, it has none itself."""
    null = "" if relation.needed else "?"
    unique = " unique" if relation.kind == "one_to_one" else ""
    if relation.within:
        return f"uuid{null}{unique}"
    deferred = " deferred" if relation.deferred else ""
    target = table_of(relation.to, tables)
    return f"uuid{null} -> {target} {relation.on_delete}{deferred}{unique}"


def foreign_key(
    entity: Entity, relation: Relation, tables: Mapping[str, str]
) -> ForeignSpec | None:
    """Return the composite key of a row that agrees with the one it belongs to.

    What both sides agree on comes first, so that its own foreign key needs no other index.
    """
    if not relation.within:
        return None
    shared = column_of(entity, relation.within)
    return ForeignSpec(
        columns=(shared, relation.column),
        references=table_of(relation.to, tables),
        to=(shared, "id"),
        on_delete=relation.on_delete,
        set_null=(relation.column,) if relation.on_delete == "set null" else (),
        deferred=relation.deferred,
    )


def table_of(entity: str, tables: Mapping[str, str]) -> str:
    """Return an entity's table: the known one, or what its name alone gives."""
    return tables.get(entity) or Forms.of(entity).snakes
