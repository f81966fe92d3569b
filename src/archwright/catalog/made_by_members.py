"""``[unless_member]`` of each.toml: what is added to what members make, and not to members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archwright.diagnostics import Diagnostic, Place

KEY = "unless_member"


def unfold(
    each: Mapping[str, Any] | None, source: str
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[Diagnostic]]:
    """Return what each target gets, what one that is members gets, and mistakes (AW-3001).

    Both are None without each.toml; the second is the first without what stands below
    ``[unless_member]``.
    """
    if each is None:
        return None, None, []
    members = {key: value for key, value in each.items() if key != KEY}
    more = each.get(KEY, {})
    problems: list[Diagnostic] = []
    merged = _merged(members, more, (KEY,), source, problems)
    return (merged if isinstance(merged, dict) else members), members, problems


def _merged(
    first: Any, more: Any, path: tuple[str, ...], source: str, problems: list[Diagnostic]
) -> Any:
    if isinstance(first, dict) and isinstance(more, dict):
        found = dict(first)
        for key, value in more.items():
            known = key in found
            found[key] = (
                _merged(found[key], value, (*path, key), source, problems) if known else value
            )
        return found
    if isinstance(first, list) and isinstance(more, list):
        return [*first, *more]
    text = "this is said without [unless_member] too"
    problems.append(Diagnostic("AW-3001", text, Place(source, path)))
    return first
