"""Looks names up in the schema cache, with PostgREST's refusals and suggestions."""

from __future__ import annotations

from collections.abc import Sequence

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.hints import closest
from archwright.stack.rest.model import Catalog, Column, Name, Relation, Table
from archwright.stack.rest.relations import matching


def find_table(catalog: Catalog, schema: str, name: str) -> Table:
    """Return a table or view; PGRST205 where there is none."""
    table = catalog.tables.get((schema, name))
    if table is not None:
        return table
    meant = closest(name, (other for home, other in catalog.tables if home == schema))
    raise RestError(
        404,
        "PGRST205",
        f"Could not find the table '{schema}.{name}' in the schema cache",
        None,
        f"Perhaps you meant the table '{schema}.{meant}'" if meant else None,
    )


def find_columns(table: Table, names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a write, each once; PGRST204 for an unknown one."""
    for name in names:
        if name not in table.columns:
            raise RestError(
                400,
                "PGRST204",
                f"Could not find the '{name}' column of '{table.name[1]}' in the schema cache",
            )
    return tuple(table.columns[name] for name in dict.fromkeys(names))


def find_relation(
    catalog: Catalog, schema: str, source: Name, name: str, hint: str | None
) -> Relation:
    """Resolve ``name!hint`` from a table: PGRST200 for no match, PGRST201 for several."""
    known = catalog.relations.get(source, ())
    matches = matching(known, schema, name, hint)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _ambiguous(source[1], name, matches)
    using = f" using the hint '{hint}'" if hint else ""
    raise RestError(
        400,
        "PGRST200",
        f"Could not find a relationship between '{source[1]}' and '{name}' in the schema cache",
        f"Searched for a foreign key relationship between '{source[1]}' and '{name}'{using}"
        f" in the schema '{schema}', but no matches were found.",
        _meant(catalog, schema, source, name),
    )


def _meant(catalog: Catalog, schema: str, source: Name, name: str) -> str | None:
    known = catalog.relations.get(source)
    if known:
        targets = {item.target[1] for item in known if item.target[0] == schema}
        meant = None if name in targets else closest(name, targets, sure=False)
        return f"Perhaps you meant '{meant}' instead of '{name}'." if meant else None
    parents = (other for home, other in catalog.relations if home == schema)
    meant = closest(source[1], parents, sure=False)
    return f"Perhaps you meant '{meant}' instead of '{source[1]}'." if meant else None


def _ambiguous(source: str, name: str, matches: Sequence[Relation]) -> RestError:
    options = ", ".join(
        f"'{item.target[1]}!{item.junction[1] if item.junction else item.constraint}'"
        for item in matches
    )
    return RestError(
        300,
        "PGRST201",
        f"Could not embed because more than one relationship was found for '{source}' and '{name}'",
        [
            {
                "cardinality": item.kind,
                "embedding": f"{item.source[1]} with {item.target[1]}",
                "relationship": _described(item),
            }
            for item in matches
        ],
        f"Try changing '{name}' to one of the following: {options}."
        " Find the desired relationship in the 'details' key.",
    )


def _described(item: Relation) -> str:
    if item.junction is not None:
        near = ", ".join(column for _, column in item.pairs)
        far = ", ".join(column for column, _ in item.far)
        keys = f"{item.constraint}({near}) and {item.far_constraint}({far})"
        return f"{item.junction[1]} using {keys}"
    own = ", ".join(column for column, _ in item.pairs)
    other = ", ".join(column for _, column in item.pairs)
    return f"{item.constraint} using {item.source[1]}({own}) and {item.target[1]}({other})"
