"""Wishes as they are typed (``--add likes@Video``) become a Blueprint; nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.build.change.additions import add, add_entity
from archwright.build.change.paths import Data, LostError
from archwright.build.change.removals import remove
from archwright.build.change.renames import Renamed, rename
from archwright.build.change.settings import put
from archwright.build.change.surroundings import Surroundings
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, Place, has_errors

Kind = Literal["rename", "add-entity", "add", "set", "remove"]
LONGEST = 4000
"""Characters of one wish."""

_ORDER: tuple[Kind, ...] = ("rename", "add-entity", "add", "set", "remove")
_VERBS: dict[Kind, Callable[[Data, str, Surroundings], Renamed | None]] = {
    "rename": rename,
    "add-entity": add_entity,
    "add": add,
    "set": put,
    "remove": remove,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One option of ``archwright change`` with what was typed behind it."""

    kind: Kind
    text: str

    @property
    def place(self) -> Place:
        """Return where a mistake in it is shown."""
        return Place(f"--{self.kind} {self.text[:80]}")


def granted(
    blueprint: Blueprint, catalog: Catalog, wishes: Iterable[Wish]
) -> tuple[Blueprint | None, tuple[Renamed, ...], list[Diagnostic]]:
    """Return the Blueprint with all wishes granted, and what it renames.

    What is renamed comes first, then what is added, set and removed, whatever the order. None of
    it checks the app as a whole: that is the plan's. Diagnostics: AW-1501 to AW-1504.
    """
    data: Data = blueprint.model_dump(mode="json", exclude_defaults=True)
    renamed: list[Renamed] = []
    problems: list[Diagnostic] = []
    given = list(dict.fromkeys(wishes))
    for kind in _ORDER:
        for wish in (w for w in given if w.kind == kind):
            after, found, wrong = _one(data, wish, catalog)
            problems += wrong
            data = after
            renamed += [found] if found else []
    if has_errors(problems):
        return None, (), problems
    made = Blueprint.model_validate(data)
    if made == blueprint and not renamed:
        text = "the app is like that already" if given else "it is not said what is to change"
        hint = "For example: archwright change FOLDER --set app.theme.primary=#0f766e."
        return None, (), [Diagnostic("AW-1504", text, hint=hint)]
    return made, tuple(renamed), problems


def _one(data: Data, wish: Wish, catalog: Catalog) -> tuple[Data, Renamed | None, list[Diagnostic]]:
    """Return the data with one wish granted; where that cannot be, as it was, and why."""
    if len(wish.text) > LONGEST:
        text = f"more than {LONGEST} characters"
        return data, None, [Diagnostic("AW-1501", text, wish.place, "Edit blueprint.yaml.")]
    after = deepcopy(data)
    try:
        renamed = _VERBS[wish.kind](after, wish.text, Surroundings(data, catalog))
        Blueprint.model_validate(after)
    except LostError as lost:
        return data, None, [Diagnostic(lost.code, lost.message, wish.place, lost.hint)]
    except ValidationError:
        return data, None, [_unfit(after, wish)]
    return after, renamed, []


def _unfit(data: Data, wish: Wish) -> Diagnostic:
    """Return what the Blueprint says to a value, in its own words: JSON is YAML."""
    _, problems = load(json.dumps(data), "")
    said = problems[0] if problems else Diagnostic("", "the value does not fit")
    where = ".".join(said.place.path)
    return Diagnostic("AW-1503", f"{where}: {said.message}", wish.place, said.hint)
