"""An entity that the Blueprint itself defines, put into the form of a manifest."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from archwright.blueprint.model import Access, Attribute, Entity, Relation
from archwright.catalog.entity_check import OWNER_COLUMN, check_entity, owner_of
from archwright.catalog.manifest import (
    AccessSpec,
    EntitySpec,
    EnumSpec,
    Manifest,
    PackHead,
    QuerySpec,
    RuleSpec,
    TableSpec,
)
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic, Place

_TYPES = {
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


def entity_manifest(
    entity: Entity, tables: Mapping[str, str], at: tuple[str, ...]
) -> tuple[Manifest | None, list[Diagnostic]]:
    """Return the manifest of an entity: one table with its attributes, relations and access.

    ``tables`` maps the entities that relations may point to to their tables; ``at`` is the
    entity's key path in the Blueprint, where its mistakes (AW-2208 to AW-2210) are shown.
    """
    problems = check_entity(entity, at)
    if problems:
        return None, problems
    try:
        return _manifest(entity, tables), []
    except ValidationError as error:
        first = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        return None, [Diagnostic("AW-2210", f"{entity.name}: {first}", Place("blueprint.yaml", at))]


def _manifest(entity: Entity, tables: Mapping[str, str]) -> Manifest:
    forms = Forms.of(entity.name, entity.plural, entity.label, entity.labels)
    table, owner = forms.snakes, owner_of(entity)
    columns = _columns(entity, tables, forms)
    written = tuple(c for c in columns if c not in {"id", owner, "created_at", "updated_at"})
    order = ("created_at desc", "id desc")
    queries = {f"{table}_newest": QuerySpec(table=table, order=order)}
    if owner:
        queries[f"{table}_of_owner"] = QuerySpec(table=table, where=(owner,), order=order)
    return Manifest(
        pack=PackHead(
            name=f"entity-{forms.kebab}"[:48].rstrip("-"),
            title=entity.name,
            summary=f"The {forms.label} of the Blueprint",
            requires=("profiles",),
            parts=("data",),
        ),
        entities={
            entity.name: EntitySpec(
                table=table,
                owner=owner,
                label=forms.label,
                labels=forms.labels,
                traits=entity.traits,
            )
        },
        enums={
            f"{forms.snake}_{a.name}": EnumSpec(values=a.values)
            for a in entity.attributes
            if a.type == "enum"
        },
        tables={
            table: TableSpec(
                comment=f"A {forms.label} of the platform",
                owner=owner,
                columns=columns,
                access=_access(entity.access, owner, written),
            )
        },
        queries=queries,
    )


def _columns(entity: Entity, tables: Mapping[str, str], forms: Forms) -> dict[str, str]:
    columns = {"id": "uuid = gen_random_uuid()"}
    if entity.owned:
        columns[OWNER_COLUMN] = "uuid = auth.uid() -> profiles cascade"
    for relation in entity.relations:
        columns[f"{relation.name}_id"] = _relation(relation, tables)
    for attribute in entity.attributes:
        columns[attribute.name] = _attribute(attribute, forms)
    columns["created_at"] = "timestamptz = now()"
    columns["updated_at"] = "timestamptz = now()"
    return columns


def _relation(relation: Relation, tables: Mapping[str, str]) -> str:
    null = "" if relation.required else "?"
    unique = " unique" if relation.kind == "one_to_one" else ""
    target = tables.get(relation.to) or Forms.of(relation.to).snakes
    return f"uuid{null} -> {target} {relation.on_delete}{unique}"


def _attribute(attribute: Attribute, forms: Forms) -> str:
    low, high = attribute.minimum, attribute.maximum
    if attribute.type == "enum":
        kind = f"{forms.snake}_{attribute.name}"
    elif attribute.type == "text":
        least = low if low is not None else int(attribute.required)
        kind = f"text({least}..{2000 if high is None else high})"
    else:
        kind = _TYPES[attribute.type]
        if low is not None or high is not None:
            kind += f"({'' if low is None else low}..{'' if high is None else high})"
    value = attribute.default
    null = "" if attribute.required or value is not None else "?"
    unique = " unique" if attribute.unique else ""
    return kind + null + ("" if value is None else f" = {_literal(value)}") + unique


def _literal(value: bool | int | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _access(access: Access | None, owner: str | None, written: tuple[str, ...]) -> AccessSpec:
    writer = "owner" if owner else "role(admin)"
    given = access or Access(select="public", insert=writer, update=writer, delete=writer)

    def rule(who: str | None, columns: tuple[str, ...] | None) -> RuleSpec | None:
        if who is None:
            return None
        return RuleSpec(who=who, columns=written if columns is None else columns)

    return AccessSpec(
        select=given.select,
        insert=rule(given.insert, given.insert_columns),
        update=rule(given.update, given.update_columns),
        delete=given.delete,
    )
