"""Hazards that a change has, and those that nobody has accepted: named before anything runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from archwright.diagnostics import Diagnostic, Place
from archwright.migrate.hazards import FoundHazard, Hazard, unaccepted

MOST_NAMED = 10


def not_accepted(found: Iterable[FoundHazard], accepted: Collection[str]) -> list[Diagnostic]:
    """Return AW-4011 for each kind of hazard that is not accepted: what it concerns, what to type.

    AW-4012 names what was accepted and is no hazard at all.
    """
    left = unaccepted(found, accepted)
    problems = [_unknown(name) for name in sorted(accepted) if not _known(name)]
    for kind in Hazard:
        these = [item for item in left if item.name is kind]
        if these:
            problems.append(_hazard(kind, these))
    return problems


def _known(name: str) -> bool:
    return name.partition(":")[0] in {str(kind) for kind in Hazard}


def _hazard(kind: Hazard, found: list[FoundHazard]) -> Diagnostic:
    told = [f"{item.object}: {item.sentence}" for item in found[:MOST_NAMED]]
    if more := len(found) - MOST_NAMED:
        told += [f"and {more} more"] if more > 0 else []
    text = f"the change may do harm to a database in use ({kind}): " + " ".join(told)
    hint = f"To do it all the same: `archwright apply FOLDER --accept {kind}`, or with `change`."
    return Diagnostic("AW-4011", text, Place("blueprint.yaml"), hint)


def _unknown(name: str) -> Diagnostic:
    text = f"there is no hazard called {name!r:.60}"
    hint = "There are " + ", ".join(str(kind) for kind in Hazard) + "."
    return Diagnostic("AW-4012", text, Place("--accept"), hint)
