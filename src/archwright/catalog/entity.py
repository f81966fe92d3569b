"""An entity that the Blueprint itself defines, put into the form of a manifest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import ValidationError

from archwright.blueprint.model import Access, Entity, Relation
from archwright.catalog.entity_check import OWNER_COLUMN, check_entity, owner_of
from archwright.catalog.entity_columns import (
    attribute_column,
    column_of,
    enums_of,
    foreign_key,
    relation_column,
)
from archwright.catalog.entity_links import link_enums, link_spec, links_of
from archwright.catalog.entity_trees import (
    below_query,
    paths_spec,
    tree_name,
    tree_spec,
    trees_of,
)
from archwright.catalog.link_names import link_table, paths_table
from archwright.catalog.manifest import (
    AccessSpec,
    EntitySpec,
    Manifest,
    PackHead,
    QuerySpec,
    RuleSpec,
    TableSpec,
)
from archwright.catalog.naming import Forms, bounded
from archwright.diagnostics import Diagnostic, Place


def entity_manifest(
    entity: Entity,
    tables: Mapping[str, str],
    at: tuple[str, ...],
    shared: Collection[str] = (),
) -> tuple[Manifest | None, list[Diagnostic]]:
    """Return the manifest of an entity: its table and those of its links, with their access.

    ``tables`` maps the entities that relations may point to to their tables; ``shared`` are the
    columns on which rows of others agree with the row they belong to; ``at`` is the entity's key
    path in the Blueprint, where its mistakes (AW-2208 to AW-2210) are shown.
    """
    problems = check_entity(entity, at)
    if problems:
        return None, problems
    try:
        return _manifest(entity, tables, shared), []
    except ValidationError as error:
        first = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        return None, [Diagnostic("AW-2210", f"{entity.name}: {first}", Place("blueprint.yaml", at))]


def _manifest(entity: Entity, tables: Mapping[str, str], shared: Collection[str]) -> Manifest:
    forms = Forms.of(entity.name, entity.plural, entity.label, entity.labels)
    table, owner = forms.snakes, owner_of(entity)
    tables = {**tables, entity.name: table}
    order = ("created_at desc", "id desc")
    queries = {f"{table}_newest": QuerySpec(table=table, order=order)}
    if owner:
        queries[f"{table}_of_owner"] = QuerySpec(table=table, where=(owner,), order=order)
    enums = enums_of(entity.attributes, forms.snake)
    made = {table: _table(entity, tables, forms, shared)}
    for relation in links_of(entity):
        enums |= link_enums(entity, relation)
        made[link_table(entity, relation)] = link_spec(entity, relation, tables, forms.labels)
    for relation in trees_of(entity):
        paths = paths_table(entity, relation)
        made[paths] = paths_spec(relation, table, forms.labels)
        queries[f"{paths}_below"] = below_query(paths)
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
        enums=enums,
        tables=made,
        trees={tree_name(entity, r): tree_spec(entity, r, table) for r in trees_of(entity)},
        queries=queries,
    )


def _table(
    entity: Entity, tables: Mapping[str, str], forms: Forms, shared: Collection[str]
) -> TableSpec:
    owner, columns = owner_of(entity), _columns(entity, tables, forms)
    written = tuple(c for c in columns if c not in {"id", owner, "created_at", "updated_at"})
    references = [r for r in entity.relations if r.kind != "many_to_many"]
    keys = tuple(tuple(column_of(entity, name) for name in key) for key in entity.unique)
    alike = {
        k for k in keys if entity.unique_nulls == "equal" and any("?" in columns[c] for c in k)
    }
    foreign = (foreign_key(entity, relation, tables) for relation in references)
    comments = {a.name: a.comment for a in entity.attributes if a.comment}
    return TableSpec(
        comment=entity.comment or f"A {forms.label} of the platform",
        owner=owner,
        columns=columns,
        comments=comments | {r.column: r.why for r in references if r.why},
        checks={
            bounded(f"{forms.snakes}_{r.name}_is_another"): f"{r.column} <> id"
            for r in references
            if r.kind == "tree"
        },
        # What others agree on comes first: the index then serves its own foreign key as well.
        unique=(*(k for k in keys if k not in alike), *((c, "id") for c in shared)),
        unique_nulls_equal=tuple(k for k in keys if k in alike),
        foreign=tuple(key for key in foreign if key is not None),
        one_of=_arcs(references),
        access=_access(entity.access, owner, written),
    )


def _columns(entity: Entity, tables: Mapping[str, str], forms: Forms) -> dict[str, str]:
    columns = {"id": "uuid = gen_random_uuid()"}
    if entity.owned:
        columns[OWNER_COLUMN] = "uuid = auth.uid() -> profiles cascade"
    for relation in entity.relations:
        if relation.kind != "many_to_many":
            columns[relation.column] = relation_column(relation, tables)
    for attribute in entity.attributes:
        columns[attribute.name] = attribute_column(attribute, forms.snake)
    columns["created_at"] = "timestamptz = now()"
    columns["updated_at"] = "timestamptz = now()"
    return columns


def _arcs(references: list[Relation]) -> dict[str, tuple[str, ...]]:
    arcs: dict[str, tuple[str, ...]] = {}
    for relation in references:
        if relation.arc:
            arcs[relation.arc] = (*arcs.get(relation.arc, ()), relation.column)
    return arcs


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
