"""Tables and types of the Blueprint's entities whose names something else has already."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.catalog.columns import SCALARS
from archwright.catalog.instance import Instance
from archwright.diagnostics import Diagnostic, Place

_HINT = "Rename the entity, or give it another `plural`; of two relations rename one."


def clashes(instances: Iterable[Instance]) -> list[Diagnostic]:
    """Return AW-2212 for entities of the Blueprint: two tables, or a table and a type, of one name.

    In PostgreSQL each table is a type as well.
    """
    listed = list(instances)
    tables: dict[str, Instance] = {}
    types: dict[str, Instance] = {}
    found: list[Diagnostic] = []
    # What packs bring comes first, so that the Blueprint is told of what is in the way.
    for instance in sorted(listed, key=lambda i: i.pack is None):
        own = instance.pack is None
        for name in instance.manifest.tables:
            for taken, what in ((tables, "the table"), (types, "the type")):
                if own and name in taken:
                    found.append(_clash(instance, f"the table {name}", what, taken[name]))
            tables.setdefault(name, instance)
        for name in instance.manifest.enums:
            if own and (other := tables.get(name, instance)) is not instance:
                found.append(_clash(instance, f"the type {name}", "the table", other))
            elif own and (name in types or name in SCALARS):
                other = types.get(name, instance)
                found.append(_clash(instance, f"the type {name}", "the type", other))
            types.setdefault(name, instance)
    return found


def _clash(instance: Instance, made: str, what: str, other: Instance) -> Diagnostic:
    text = f"{_shown(instance)} makes {made}, and {_shown(other)} has {what} of that name"
    return Diagnostic("AW-2212", text, Place("blueprint.yaml", instance.at), _HINT)


def _shown(instance: Instance) -> str:
    return (
        instance.key.partition(":")[2] if instance.pack is None else f"the pack {instance.feature}"
    )
