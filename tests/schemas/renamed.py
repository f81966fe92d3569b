"""A schema under other names, as a compiler would write it: all texts follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from archwright.migrate.renames import Renames, check_renames
from archwright.schema.model import Ref, Schema
from archwright.schema.namespaces import PLATFORM_ONLY
from schemas.sample import CLIPS, PEOPLE

RENAMES = Renames(
    tables=((CLIPS, "videos"),),
    columns=((CLIPS, "caption", "title"), (PEOPLE, "mood", "feeling")),
    enums=(("mood", "feeling"),),
    values=(("visibility", "followers", "friends"),),
)
_WORDS = {"clips": "videos", "caption": "title", "mood": "feeling", "followers": "friends"}
_RANDOM = {"alpha": "omega", "count": "total", "caption": "body", "draft": "sketch"}


def renamed_sample(base: Schema) -> Schema:
    """Return the sample after RENAMES."""
    return _renamed(base, _WORDS)


def renamed_random(old: Schema, base: Schema) -> tuple[Schema, Renames]:
    """Return a random schema under other names, and what to declare for getting there from old."""
    new = _renamed(base, _RANDOM)
    alpha = Ref("public", "alpha")
    wanted = [Renames(tables=((alpha, "omega"),)), Renames(values=(("state", "draft", "sketch"),))]
    fits = _fitting(old, new, wanted, Renames())
    columns = [
        Renames(columns=((t.ref, was, now),))
        for t in old.tables
        for was, now in (("count", "total"), ("caption", "body"), ("alpha_id", "omega_id"))
    ]
    return new, _fitting(old, new, columns, fits)


def _fitting(old: Schema, new: Schema, wanted: list[Renames], fits: Renames) -> Renames:
    for one in wanted:
        both = Renames(
            fits.tables + one.tables,
            fits.columns + one.columns,
            fits.enums + one.enums,
            fits.values + one.values,
        )
        if not check_renames(old, new, both):
            fits = both
    return fits


def _renamed(base: Schema, words: Mapping[str, str]) -> Schema:
    """Return the schema with words replaced; buckets and policies on the platform stay."""
    made: Schema = _rewritten(base, words)
    ours = (p for p in made.policies if p.table.schema not in PLATFORM_ONLY)
    platform = (p for p in base.policies if p.table.schema in PLATFORM_ONLY)
    return replace(made, policies=(*ours, *platform), buckets=base.buckets)


def _rewritten(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in words.items():
            value = re.sub(rf"(?<![a-z]){old}(?![a-z])", new, value)
        return value
    if isinstance(value, tuple):
        return tuple(_rewritten(v, words) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: _rewritten(getattr(value, f.name), words) for f in fields(value)}
        return replace(value, **found)
    return value
