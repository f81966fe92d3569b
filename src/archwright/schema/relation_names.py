"""Names that PostgreSQL keeps apart in one schema: tables, keys and indexes together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
from archwright.schema.model import Index, Table
from archwright.schema.sql_text import constraint_name


def name_clashes(
    app: Restricted, tables: Iterable[Table], indexes: Iterable[Index]
) -> list[Diagnostic]:
    """Return AW-3105 where two of them have one name, at what the second is part of."""
    listed = list(tables)
    homes = {t: i for i in reversed(app.instances) for t in i.manifest.tables}
    taken: dict[tuple[str, str], str] = {}
    problems = []
    for schema, name, table, what in _named(listed, indexes):
        first = taken.setdefault((schema, name), what)
        if first != what:
            home = homes.get(table)
            place = home.place("tables", table) if home else Place()
            text = f"{what} and {first} would both be called {name}"
            hint = "Rename a table, a column or a relation of the two."
            problems.append(Diagnostic("AW-3105", text, place, hint))
    return problems


def _named(
    tables: Iterable[Table], indexes: Iterable[Index]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (schema, name, table, what it is), the tables themselves first."""
    listed = list(tables)
    for table in listed:
        yield table.ref.schema, table.ref.name, table.ref.name, f"the table {table.ref.name}"
    for table in listed:
        schema, name = table.ref.schema, table.ref.name
        if table.primary_key:
            yield schema, constraint_name(name, "pkey"), name, f"the primary key of {name}"
        for unique in table.uniques:
            shown = ", ".join(unique.columns)
            yield schema, unique.name, name, f"the key ({shown}) of {name}"
        for exclusion in table.exclusions:
            yield schema, exclusion.name, name, f"an exclusion of {name}"
    for index in indexes:
        shown, where = ", ".join(index.columns), index.table
        yield where.schema, index.name, where.name, f"the index ({shown}) of {where.name}"
