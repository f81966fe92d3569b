"""Hazards that a change has, and those that nobody has accepted: named before anything runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from archwright.diagnostics import Diagnostic, Place
from archwright.migrate.hazards import FoundHazard, Hazard, unaccepted

MOST_NAMED = 10


def not_accepted(found: Iterable[FoundHazard], accepted: Collection[str]) -> list[Diagnostic]:
    """Return AW-4011 where a hazard is not accepted: what each concerns, and what to type.

    AW-4012 names what was accepted and is no hazard at all.
    """
    left = unaccepted(found, accepted)
    problems = [_unknown(name) for name in sorted(accepted) if not _known(name)]
    if left:
        kinds = [(kind, [h for h in left if h.name is kind]) for kind in Hazard]
        told = [_told(kind, these) for kind, these in kinds if these]
        text = "the change may do harm to a database in use:\n  " + "\n  ".join(told)
        options = " ".join(f"--accept {kind}" for kind, these in kinds if these)
        hint = f"To do it all the same, add {options}."
        problems.append(Diagnostic("AW-4011", text, Place("blueprint.yaml"), hint))
    return problems


def _known(name: str) -> bool:
    return name.partition(":")[0] in {str(kind) for kind in Hazard}


def _told(kind: Hazard, found: list[FoundHazard]) -> str:
    objects = list(dict.fromkeys(item.object for item in found))
    more = len(objects) - MOST_NAMED
    return f"{kind}: {', '.join(objects[:MOST_NAMED])}" + (f" and {more} more" if more > 0 else "")


def _unknown(name: str) -> Diagnostic:
    text = f"there is no hazard called {name!r:.60}"
    hint = "There are " + ", ".join(str(kind) for kind in Hazard) + "."
    return Diagnostic("AW-4012", text, Place("--accept"), hint)
