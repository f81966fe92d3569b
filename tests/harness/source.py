"""What one level of a query reads from, and how names resolve there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import ApiError, unsupported
from .model import Catalog, Column, Table
from .sql import Sql, build, ident, raw, value
from .syntax import FieldRef


@dataclass(frozen=True, slots=True)
class Source:
    """A FROM item: ``table`` names it in the catalog, ``label`` in messages.

    ``stored`` is false where the rows come from a write or a function call: then PostgreSQL
    sees plain records, and only what was returned can be named.
    """

    from_sql: Sql
    alias: str
    label: str
    columns: Mapping[str, Column]
    computed: frozenset[str]
    table: Table | None
    stored: bool = True

    def star(self) -> Sql:
        """All columns, as PostgreSQL expands them (and checks their grants)."""
        return build("{}.*", ident(self.alias))

    def column(self, name: str) -> Sql:
        """Name a column, a computed column, or the row count of an embedding."""
        known = name in self.columns or name in self.computed
        if not known and name != "count":
            raise ApiError(400, "42703", f"column {self.label}.{name} does not exist")
        # a computed column is called in PostgreSQL's attribute notation, as PostgREST does:
        # what fails there (overloads over a function's rows) fails here too
        return ident(self.alias, name)

    def field(self, ref: FieldRef) -> Sql:
        """Name a column or a path into a JSON one."""
        out = self.column(ref.name)
        if not ref.path:
            return out
        column = self.columns.get(ref.name)
        if column is None or not column.json:
            out = build("to_jsonb({})", out)
        for arrow, key in ref.path:
            step = raw(key) if key.lstrip("-").isdigit() else value(key, "text")
            out = build("{} {} {}", out, raw(arrow), step)
        return build("({})", out)


def table_source(catalog: Catalog, name: str, alias: str) -> Source:
    """Read a table or view under an alias."""
    table = catalog.tables[name]
    return Source(
        from_sql=build("{} as {}", ident(catalog.schema, name), ident(alias)),
        alias=alias,
        label=alias,
        columns=table.columns,
        computed=catalog.computed.get(name, frozenset()),
        table=table,
    )


def returned_source(catalog: Catalog, cte: str, table: Table | None, label: str) -> Source:
    """Read the rows that a write or a call has returned from its CTE."""
    computed = catalog.computed.get(table.name, frozenset()) if table else frozenset[str]()
    return Source(
        from_sql=build("{} as {}", ident(cte), ident(label)),
        alias=label,
        label=label,
        columns=table.columns if table else {},
        computed=computed,
        table=table,
        stored=False,
    )


def need_table(source: Source) -> Table:
    """Return the table that relationships start from, or refuse."""
    if source.table is None:
        raise unsupported(f"embedding in the result of '{source.label}', which is no table's row")
    return source.table
