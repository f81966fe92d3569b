"""What an entity of the Blueprint may be called and may hold, before a table is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.blueprint.names import RESERVED_SQL
from archwright.catalog.manifest_text import words_error
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic, Place

OWNER_COLUMN = "owner_id"
# A pack's tables add their own words to an entity's, and PostgreSQL has room for 63 bytes.
LONGEST_TABLE = 32
_LONGEST_COLUMN = 48
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_DATES = re.compile(_DATE)
_TIMES = re.compile(_DATE + r"([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


def owner_of(entity: Entity) -> str | None:
    """Return the column that says who owns a row."""
    return OWNER_COLUMN if entity.owned else None


def check_names(entity: Entity, at: tuple[str, ...]) -> list[Diagnostic]:
    """Return AW-2208 for names that no table can have and AW-2211 for labels that break text."""
    found: list[Diagnostic] = []
    for key in ("label", "labels"):
        value = getattr(entity, key)
        if value is not None and (wrong := words_error(value)):
            found.append(Diagnostic("AW-2211", wrong, _place(at, key)))
    forms = Forms.of(entity.name, entity.plural)
    key = "plural" if entity.plural else "name"
    if len(forms.snakes) > LONGEST_TABLE:
        text = f"{entity.name} makes the table {forms.snakes}, longer than {LONGEST_TABLE}"
        found.append(Diagnostic("AW-2208", text, _place(at, key), "Choose a shorter name."))
    if {forms.snakes, forms.snake} & RESERVED_SQL:
        text = f"{entity.name} makes the table {forms.snakes}: a reserved word of SQL"
        found.append(Diagnostic("AW-2208", text, _place(at, key), "Choose another name."))
    return found


def check_entity(entity: Entity, at: tuple[str, ...]) -> list[Diagnostic]:
    """Return AW-2208 to AW-2210: names, columns that stand twice, values that do not fit."""
    found: list[Diagnostic] = []
    columns = {"id", "created_at", "updated_at"} | ({OWNER_COLUMN} if entity.owned else set())
    for index, relation in enumerate(entity.relations):
        here = (*at, "relations", str(index))
        found += _column(entity, f"{relation.name}_id", columns, (*here, "name"))
        found += _relation(entity, relation, here)
    for index, attribute in enumerate(entity.attributes):
        here = (*at, "attributes", str(index))
        found += _column(entity, attribute.name, columns, (*here, "name"))
        if attribute.type == "enum":
            kind = f"{Forms.of(entity.name).snake}_{attribute.name}"
            if len(kind) > _LONGEST_COLUMN:
                text = f"{entity.name}.{attribute.name} makes the type {kind}, which is too long"
                found.append(Diagnostic("AW-2208", text, _place(here, "name")))
        for key, wrong in _attribute(attribute):
            text = f"{entity.name}.{attribute.name}: {wrong}"
            found.append(Diagnostic("AW-2210", text, _place(here, key)))
    return found


def _place(at: tuple[str, ...], *more: str) -> Place:
    return Place("blueprint.yaml", (*at, *more))


def _column(
    entity: Entity, name: str, taken: set[str], at: tuple[str, ...]
) -> Iterator[Diagnostic]:
    if name in taken:
        text = f"{entity.name} has the column {name} twice; id, owner and times come by themselves"
        yield Diagnostic("AW-2209", text, _place(at), "Rename or remove it.")
    if len(name) > _LONGEST_COLUMN:
        yield Diagnostic("AW-2208", f"the column {name} is too long", _place(at))
    taken.add(name)


def _relation(entity: Entity, relation: Relation, at: tuple[str, ...]) -> Iterator[Diagnostic]:
    if relation.required and relation.on_delete == "set null":
        text = f"{entity.name}.{relation.name} is required and cannot be set to null"
        yield Diagnostic("AW-2210", text, _place(at, "on_delete"), "Use cascade or restrict.")


def _attribute(attribute: Attribute) -> Iterator[tuple[str, str]]:
    """Yield (key, what is wrong) of one attribute."""
    low, high = attribute.minimum, attribute.maximum
    if attribute.type == "enum" and not attribute.values:
        yield "values", "an enum has at least one value"
    if attribute.type != "enum" and attribute.values:
        yield "values", f"only an enum has values, not a {attribute.type}"
    if len(set(attribute.values)) < len(attribute.values):
        yield "values", "a value stands twice"
    if attribute.type not in {"text", "integer", "decimal"}:
        if low is not None or high is not None:
            key = "minimum" if low is not None else "maximum"
            yield key, f"a {attribute.type} has no minimum or maximum"
        low = high = None
    if low is not None and high is not None and low > high:
        yield "minimum", f"the minimum {low} is above the maximum {high}"
    if attribute.type == "text" and ((low or 0) < 0 or high == 0 or (high or 1) < 0):
        yield "minimum" if (low or 0) < 0 else "maximum", "a length is above zero"
    if attribute.default is not None and not _fits(attribute, attribute.default):
        yield "default", f"the default {attribute.default!r:.40} is not a {attribute.type} in range"


def _fits(attribute: Attribute, value: bool | int | str) -> bool:
    """Tell whether a default is of the attribute's type and inside its range."""
    low, high = attribute.minimum, attribute.maximum
    kind = attribute.type
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    if isinstance(value, int):
        inside = (low is None or value >= low) and (high is None or value <= high)
        return kind in {"integer", "decimal"} and inside
    if kind == "enum":
        return value in attribute.values
    if kind == "text":
        return (low or 0) <= len(value) <= (2000 if high is None else high)
    pattern = {"decimal": _NUMBER, "date": _DATES, "datetime": _TIMES}.get(kind)
    return pattern is not None and pattern.fullmatch(value) is not None
