"""Which roles include which: whoever holds one may do all that those included in it may."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.plan.restrict import Restricted


def role_inclusions(app: Restricted) -> dict[str, tuple[str, ...]]:
    """Return for each role of the whole app, built or not, the roles that it is included in.

    The Blueprint's word counts before the pack's. As declared: not what follows from several
    steps, and also names of roles that are not there.
    """
    found: dict[str, tuple[str, ...]] = {}
    for instance in app.expansion.instances:
        for name, spec in instance.manifest.roles.items():
            found.setdefault(name, spec.included_in)
    for role in app.blueprint.roles:
        if role.included_in is not None or role.name not in found:
            found[role.name] = role.included_in or ()
    return found


def role_holders(inclusions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return for each role that others include, in however many steps, those others, sorted."""
    found: dict[str, tuple[str, ...]] = {}
    for role in inclusions:
        holders: set[str] = set()
        waiting = list(inclusions[role])
        while waiting:
            holder = waiting.pop()
            if holder not in holders and holder in inclusions:
                holders.add(holder)
                waiting += inclusions[holder]
        if holders - {role}:
            found[role] = tuple(sorted(holders - {role}))
    return dict(sorted(found.items()))
