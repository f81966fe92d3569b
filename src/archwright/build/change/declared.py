"""``--rename`` beside a blueprint.yaml that has the new names already."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.build.change.paths import NOTHING, LostError, called, item
from archwright.build.change.renames import Renamed, rename_in
from archwright.diagnostics import Diagnostic, Place


def declared(
    before: str, after: Blueprint, texts: Iterable[str]
) -> tuple[tuple[Renamed, ...], list[Diagnostic]]:
    """Return what is declared to have another name in ``after`` than in ``before``, a Blueprint.

    Diagnostics AW-1501 to AW-1504: names that are not there before, or not afterwards.
    """
    blueprint, problems = load(before, "the journal's Blueprint")
    if blueprint is None:
        return (), problems
    data = blueprint.model_dump(mode="json", exclude_defaults=True)
    wanted = after.model_dump(mode="json", exclude_defaults=True)
    renamed: list[Renamed] = []
    for text in dict.fromkeys(texts):
        try:
            one = rename_in(data, text)
            _there(wanted, one)
        except LostError as lost:
            place = Place(f"--rename {text[:80]}")
            problems.append(Diagnostic(lost.code, lost.message, place, lost.hint))
        else:
            renamed.append(one)
    return tuple(renamed), problems


def _there(wanted: dict[str, list[dict[str, object]]], one: Renamed) -> None:
    """Raise where the Blueprint does not have the new name."""
    entity = item(wanted.get("entities", ()), one.entity)
    columns = entity.get(one.columns, ()) if entity and one.columns else ()
    there = entity is not None and (not one.columns or item(columns, one.new) is not None)
    if not there:
        what = f"{one.entity}.{one.new}" if one.columns else one.new
        names = ", ".join(called(c) for c in columns) or "none"
        hint = f"Rename it in blueprint.yaml as well. There are: {names}."
        raise LostError(f"blueprint.yaml has no {what}", hint, NOTHING)
