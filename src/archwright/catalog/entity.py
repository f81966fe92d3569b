"""An entity that the Blueprint itself defines, put into the form of a manifest."""

from __future__ import annotations

from archwright.blueprint.model import Access, Attribute, Entity, Relation
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

OWNER_COLUMN = "owner_id"
_TYPES = {
    "integer": "int",
    "decimal": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamptz",
}


def entity_manifest(entity: Entity) -> Manifest:
    """Return the manifest of an entity: one table with its attributes, relations and access."""
    forms = Forms.of(entity.name, entity.plural, entity.label, entity.labels)
    table = forms.snakes
    owner = OWNER_COLUMN if entity.owned else None
    columns = {"id": "uuid = gen_random_uuid()"}
    if owner:
        columns[owner] = "uuid = auth.uid() -> profiles cascade"
    for relation in entity.relations:
        columns[f"{relation.name}_id"] = _relation(relation)
    for attribute in entity.attributes:
        columns[attribute.name] = _attribute(attribute, forms)
    columns["created_at"] = "timestamptz = now()"
    columns["updated_at"] = "timestamptz = now()"
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


def _relation(relation: Relation) -> str:
    null = "" if relation.required else "?"
    unique = " unique" if relation.kind == "one_to_one" else ""
    target = Forms.of(relation.to, None, None, None).snakes
    return f"uuid{null} -> {target} {relation.on_delete}{unique}"


def _attribute(attribute: Attribute, forms: Forms) -> str:
    if attribute.type == "enum":
        kind = f"{forms.snake}_{attribute.name}"
    elif attribute.type == "text":
        low = attribute.minimum if attribute.minimum is not None else int(attribute.required)
        kind = f"text({low}..{attribute.maximum or 2000})"
    else:
        kind = _TYPES[attribute.type]
        if attribute.minimum is not None or attribute.maximum is not None:
            low_text = "" if attribute.minimum is None else str(attribute.minimum)
            high_text = "" if attribute.maximum is None else str(attribute.maximum)
            kind += f"({low_text}..{high_text})"
    null = "" if attribute.required or attribute.default is not None else "?"
    text = kind + null
    if attribute.default is not None:
        value = attribute.default
        if isinstance(value, bool):
            text += f" = {str(value).lower()}"
        elif isinstance(value, int):
            text += f" = {value}"
        else:
            text += " = '" + value.replace("'", "''") + "'"
    return text + (" unique" if attribute.unique else "")


def _access(access: Access | None, owner: str | None, written: tuple[str, ...]) -> AccessSpec:
    given = access or Access(
        select="public",
        insert="owner" if owner else "role(admin)",
        update="owner" if owner else "role(admin)",
        delete="owner" if owner else "role(admin)",
    )
    return AccessSpec(
        select=given.select,
        insert=RuleSpec(who=given.insert, columns=given.insert_columns or written)
        if given.insert
        else None,
        update=RuleSpec(who=given.update, columns=given.update_columns or written)
        if given.update
        else None,
        delete=given.delete,
    )
