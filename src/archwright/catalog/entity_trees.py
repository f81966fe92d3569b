"""Trees of the Blueprint whose paths are kept: each row below all that it lies under."""

from __future__ import annotations

from archwright.blueprint.model import Entity, Relation
from archwright.catalog.link_names import paths_table
from archwright.catalog.manifest import AccessSpec, QuerySpec, TableSpec, TreeSpec
from archwright.catalog.naming import bounded

_LONGEST = 48


def trees_of(entity: Entity) -> tuple[Relation, ...]:
    """Return the trees of which all paths are kept."""
    return tuple(r for r in entity.relations if r.kind == "tree" and r.paths)


def tree_spec(entity: Entity, relation: Relation, table: str) -> TreeSpec:
    """Return what keeps the paths of a tree."""
    return TreeSpec(table=table, parent=relation.column, paths=paths_table(entity, relation))


def tree_name(entity: Entity, relation: Relation) -> str:
    """Return what the tree is called in the database."""
    return bounded(f"{paths_table(entity, relation)}_tree", _LONGEST)


def paths_spec(relation: Relation, table: str, labels: str) -> TableSpec:
    """Return the table of the paths: who may see a row may see what it lies under."""
    end = f"uuid -> {table} cascade"
    return TableSpec(
        comment=f"The {labels} below each by {relation.name.replace('_', ' ')}, itself included",
        key=("ancestor_id", "descendant_id"),
        columns={"ancestor_id": end, "descendant_id": end, "depth": "int(0..)"},
        access=AccessSpec(select="parent(descendant_id may select)"),
    )


def below_query(paths: str) -> QuerySpec:
    """Return the query for what lies below a row, the nearest first."""
    order = ("depth", "descendant_id")
    return QuerySpec(table=paths, where=("ancestor_id",), order=order)
