"""What an entity of the Blueprint may be called and may hold, before a table is made of it."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.blueprint.names import RESERVED_SQL
from archwright.catalog.attribute_check import check_attribute
from archwright.catalog.link_names import link_columns, link_table, paths_table
from archwright.catalog.manifest_text import words_error
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic, Place

OWNER_COLUMN = "owner_id"
# A pack's tables add their own words to an entity's, and PostgreSQL has room for 63 bytes.
LONGEST_TABLE = 32
_LONGEST_COLUMN = 48
SYSTEM_COLUMNS = frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"})
_SINGLE = frozenset({"belongs_to", "one_to_one"})
# What a relation can only say if it is of such a kind.
_ONLY = {
    "attributes": frozenset({"many_to_many"}),
    "paths": frozenset({"tree"}),
    "arc": _SINGLE,
    "within": _SINGLE | {"tree"},
    "deferred": _SINGLE,
}


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
    snake = Forms.of(entity.name).snake
    columns = {"id", "created_at", "updated_at"} | ({OWNER_COLUMN} if entity.owned else set())
    types = {Forms.of(entity.name, entity.plural).snakes: "its table"}
    found: list[Diagnostic] = []
    for index, relation in enumerate(entity.relations):
        here = (*at, "relations", str(index))
        found += _relation(entity, relation, here)
        if relation.kind != "many_to_many":
            found += _column(entity.name, relation.column, columns, (*here, "name"))
            if relation.paths:
                types[paths_table(entity, relation)] = f"the paths of {entity.name}"
            continue
        name, prefix = f"{entity.name}.{relation.name}", f"{snake}_{relation.name}"
        types[link_table(entity, relation)] = f"the table of {name}"
        taken = {"created_at", "updated_at", *link_columns(entity, relation)}
        found += _attributes(name, prefix, relation.attributes, taken, here)
    found += _attributes(entity.name, snake, entity.attributes, columns, at)
    return [*found, *_types(entity, snake, types, at)]


def _attributes(
    whose: str,
    prefix: str,
    attributes: tuple[Attribute, ...],
    columns: set[str],
    at: tuple[str, ...],
) -> Iterator[Diagnostic]:
    for index, attribute in enumerate(attributes):
        here = (*at, "attributes", str(index))
        yield from _column(whose, attribute.name, columns, (*here, "name"))
        kind = f"{prefix}_{attribute.name}"
        if attribute.type == "enum" and len(kind) > _LONGEST_COLUMN:
            text = f"{whose}.{attribute.name} makes the type {kind}, which is too long"
            yield Diagnostic("AW-2208", text, _place(here, "name"), "Choose a shorter name.")
        for key, wrong in check_attribute(attribute):
            text = f"{whose}.{attribute.name}: {wrong}"
            yield Diagnostic("AW-2210", text, _place(here, key), "Correct it, or leave it out.")


def _types(
    entity: Entity, snake: str, taken: dict[str, str], at: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """A table is a type as well, so that no enum can have its name, nor that of another enum."""
    for prefix, attributes, path in _attribute_lists(entity, snake, at):
        for index, attribute in enumerate(attributes):
            if attribute.type != "enum":
                continue
            kind = f"{prefix}_{attribute.name}"
            if kind in taken:
                text = (
                    f"{entity.name}.{attribute.name} makes the type {kind}, as does {taken[kind]}"
                )
                here = _place(path, "attributes", str(index), "name")
                yield Diagnostic("AW-2209", text, here, "Rename one of the two.")
            taken.setdefault(kind, attribute.name)


def _attribute_lists(
    entity: Entity, snake: str, at: tuple[str, ...]
) -> Iterator[tuple[str, tuple[Attribute, ...], tuple[str, ...]]]:
    """Yield the attributes of the entity and of each relation, with their prefix and place."""
    yield snake, entity.attributes, at
    for index, relation in enumerate(entity.relations):
        yield (
            f"{snake}_{relation.name}",
            relation.attributes,
            (*at, "relations", str(index)),
        )


def _place(at: tuple[str, ...], *more: str) -> Place:
    return Place("blueprint.yaml", (*at, *more))


def _column(whose: str, name: str, taken: set[str], at: tuple[str, ...]) -> Iterator[Diagnostic]:
    if name in taken:
        text = f"{whose} has the column {name} twice; ids, owner and times come by themselves"
        yield Diagnostic("AW-2209", text, _place(at), "Rename or remove it.")
    if name in SYSTEM_COLUMNS:
        text = f"{whose} cannot have a column {name}: each table of PostgreSQL has one itself"
        yield Diagnostic("AW-2208", text, _place(at), "Choose another name.")
    if len(name) > _LONGEST_COLUMN:
        text = f"the column {name} is too long"
        yield Diagnostic("AW-2208", text, _place(at), "Choose a shorter name.")
    taken.add(name)


def _relation(entity: Entity, relation: Relation, at: tuple[str, ...]) -> Iterator[Diagnostic]:
    name = f"{entity.name}.{relation.name}"
    several = relation.kind == "many_to_many"
    if relation.on_delete == "set null" and (relation.needed or several):
        why = "makes links, which have both ends" if several else "is required"
        text = f"{name} {why} and cannot be set to null"
        yield Diagnostic("AW-2210", text, _place(at, "on_delete"), "Use cascade or restrict.")
    if relation.kind == "tree" and relation.to != entity.name:
        text = f"{name} is a tree, whose rows have parents of their own kind, not a {relation.to}"
        hint = f"Say `to: {entity.name}`, or another kind."
        yield Diagnostic("AW-2210", text, _place(at, "to"), hint)
    if relation.paths and relation.within:
        text = f"{name} keeps its paths, and a tree of paths lies within nothing"
        yield Diagnostic("AW-2210", text, _place(at, "within"), "Leave one of the two out.")
    for key, kinds in _ONLY.items():
        if getattr(relation, key) and relation.kind not in kinds:
            text = f"{name} is a {relation.kind}, which has no {key}"
            hint = f"Leave it out, or say `kind: {sorted(kinds)[0]}`."
            yield Diagnostic("AW-2210", text, _place(at, key), hint)
