"""What the tables that relations make, and the columns of those, are called."""

from __future__ import annotations

from archwright.blueprint.model import Entity, Relation
from archwright.catalog.naming import Forms, bounded

_LONGEST = 48


def link_table(entity: Entity, relation: Relation) -> str:
    """Return the name of the table: ``recipe_tags`` of a recipe's tags."""
    return bounded(f"{Forms.of(entity.name).snake}_{relation.name}", _LONGEST)


def link_columns(entity: Entity, relation: Relation) -> tuple[str, str]:
    """Return the columns of both ends; of two entities of one name the second is the other."""
    mine, theirs = Forms.of(entity.name).snake, Forms.of(relation.to).snake
    return f"{mine}_id", f"other_{theirs}_id" if mine == theirs else f"{theirs}_id"


def paths_table(entity: Entity, relation: Relation) -> str:
    """Return the name of the table with all paths of a tree: ``topic_above_paths``."""
    return bounded(f"{Forms.of(entity.name).snake}_{relation.name}_paths", _LONGEST)
