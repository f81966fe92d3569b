"""Which entities of the Blueprint must stand before others, because their tables refer to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archwright.blueprint.circles import circles
from archwright.catalog.columns import ColumnType, parse_column
from archwright.catalog.instance import Expansion, Instance
from archwright.diagnostics import Diagnostic, Place


def related(
    expansion: Expansion, needs: Mapping[str, set[str]]
) -> tuple[dict[str, set[str]], list[Diagnostic]]:
    """Return what each entity of the Blueprint needs besides, by instance.

    ``needs`` are those that are known. Entities that refer to one another in a circle are built at
    once: each waits for all that any of them waits for. Diagnostics: AW-4007 where such a circle
    goes through a feature, which can only come later.
    """
    homes = {table: i.key for i in expansion.instances for table in i.manifest.tables}
    own = [i for i in expansion.instances if i.pack is None]
    wanted = {i.key: {homes[t] for t in references(i) if t in homes} - {i.key} for i in own}
    joined = {key: known | wanted.get(key, set()) for key, known in needs.items()}
    circle_of = {key: circle for circle in circles(joined) for key in circle}
    problems = _through_features(own, expansion, circle_of)
    found: dict[str, set[str]] = {}
    for key in wanted:
        circle = circle_of.get(key, (key,))
        found[key] = set().union(*(joined[member] for member in circle)) - set(circle)
    return found, problems


def references(instance: Instance) -> set[str]:
    """Return the tables that an instance's own tables refer to."""
    found: set[str] = set()
    for spec in instance.manifest.tables.values():
        found |= {key.references for key in spec.foreign}
        parsed = (parse_column(text) for text in spec.columns.values())
        found |= {p.references for p in parsed if isinstance(p, ColumnType) and p.references}
    return found


def _through_features(
    own: Sequence[Instance], expansion: Expansion, circle_of: Mapping[str, tuple[str, ...]]
) -> list[Diagnostic]:
    instances = {i.key: i for i in expansion.instances}
    problems = []
    for instance in own:
        members = (instances[key] for key in circle_of.get(instance.key, ()))
        wanted = references(instance)
        for other in members:
            if other.pack is not None and wanted & set(other.manifest.tables):
                name = instance.key.partition(":")[2]
                text = f"{name} refers to what {other.feature} adds to it, which is built after it"
                place = Place("blueprint.yaml", (*instance.at, "relations"))
                hint = "Turn the relation round, or leave it out."
                problems.append(Diagnostic("AW-4007", text, place, hint))
    return problems
