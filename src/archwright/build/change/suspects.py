"""What looks like a rename that nobody declared: told with what to type, and never assumed."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.build.evolution import Evolution
from archwright.catalog.instance import Expansion
from archwright.migrate.renames import renamed
from archwright.migrate.suspected import Suspect, suspected_renames


def look_alikes(way: Evolution) -> tuple[str, ...]:
    """Return a sentence for each table or column of the Blueprint's own that may have been renamed.

    Undeclared, it is dropped with its rows, and the other comes empty.
    """
    if not way.strides:
        return ()
    first, last = way.strides[0], way.strides[-1]
    old = renamed(first.operations, way.base.architecture.schema)
    new = last.compiled.architecture.schema
    apps = way.base.app.expansion, last.compiled.app.expansion
    return tuple(text for s in suspected_renames(old, new) for text in _said(s, *apps))


def _said(suspect: Suspect, before: Expansion, after: Expansion) -> Iterator[str]:
    for table, to in suspect.renames.tables:
        old, new = _entity(before, table.name), _entity(after, to)
        if old and new:
            yield _sentence(old, new, suspect.reason, f"{old}={new}")
    for table, column, to in suspect.renames.columns:
        entity = _entity(after, table.name)
        if entity:
            old, new = (name.removesuffix("_id") for name in (column, to))
            path = f"{entity}.{old}"
            yield _sentence(path, f"{entity}.{new}", suspect.reason, f"{path}={new}")


def _sentence(old: str, new: str, reason: str, option: str) -> str:
    return (
        f"{old} goes and {new} comes, which looks like a rename ({reason}): --rename {option} "
        "keeps what is there"
    )


def _entity(expansion: Expansion, table: str) -> str:
    """Return the entity of the Blueprint's own whose table it is, "" where there is none."""
    own = {i.key for i in expansion.instances if i.pack is None}
    targets = expansion.targets.values()
    return next((t.entity for t in targets if t.table == table and t.instance in own), "")
