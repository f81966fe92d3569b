"""The hazards of a migration, and which of them nobody has accepted yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.hazard import FoundHazard, Hazard

__all__ = ["FoundHazard", "Hazard", "hazards", "unaccepted"]


def hazards(operations: Iterable[Operation]) -> tuple[FoundHazard, ...]:
    """Return the hazards of all operations in their order, each once."""
    return tuple(dict.fromkeys(found for op in operations for found in op.hazards))


def unaccepted(found: Iterable[FoundHazard], accepted: Collection[str]) -> tuple[FoundHazard, ...]:
    """Return the hazards that are not among the accepted ones.

    ``accepted`` holds names (``data_loss``: wherever it occurs), or names with the object
    (``data_loss:public.clips.caption``: only there).
    """
    return tuple(
        h for h in found if h.name not in accepted and f"{h.name}:{h.object}" not in accepted
    )
