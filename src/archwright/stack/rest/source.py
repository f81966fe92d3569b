"""What one level of a query reads from, and how names resolve there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archwright.stack.rest.model import Catalog, Column, Name, Table
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value
from archwright.stack.rest.syntax import FieldRef, is_index


@dataclass(frozen=True, slots=True)
class Source:
    """A FROM item: ``table`` is what it holds rows of, ``alias`` its name in the query.

    ``columns`` are those that ``*`` means; what is not among them may be a computed column,
    which PostgreSQL finds by the same notation, or is refused by PostgreSQL. ``represented``
    tells whether some of them are presented otherwise than they are stored.
    """

    from_sql: Sql
    alias: str
    table: Name
    columns: Mapping[str, Column | None] = field(default_factory=dict)
    returned: bool = False
    represented: bool = False

    def row(self) -> Sql:
        """Name the whole row, as the table's type."""
        if not self.returned:
            return ident(self.alias)
        # rows that a write or a call has returned are records, perhaps with more columns
        columns = join(", ", [ident(self.alias, name) for name in self.columns])
        return build("row({})::{}", columns, ident(*self.table))

    def column(self, name: str) -> Sql:
        """Name a column, or all of them."""
        return build("{}.*", ident(self.alias)) if name == "*" else ident(self.alias, name)

    def field(self, ref: FieldRef) -> Sql:
        """Name a column or a path into a JSON one."""
        out = self.column(ref.name)
        if not ref.path:
            return out
        column = self.columns.get(ref.name)
        if column is None or not column.json:
            out = build("to_jsonb({})", out)
        for arrow, key in ref.path:
            # an index too long for PostgreSQL is a key, as a number without quotes cannot be
            index = is_index(key) and len(key) < 10
            out = build("{}{}{}", out, raw(arrow), raw(key) if index else value(key, "text"))
        return build("({})", out)

    def shown(self, ref: FieldRef, form: str) -> Sql:
        """Name a field as it is presented in a form, ``json`` or ``text``."""
        out = self.field(ref)
        column = self.columns.get(ref.name) if self.represented and not ref.path else None
        function = column.casts.get(form) if column else None
        return build("{}({})", ident(*function), out) if function else out

    def reader(self, ref: FieldRef) -> Name | None:
        """Return the function that reads a field's values from text, if there is one."""
        column = self.columns.get(ref.name) if self.represented and not ref.path else None
        return column.casts.get("from text") if column else None

    def searchable(self, ref: FieldRef, language: str | None) -> Sql:
        """Name a field as a text-search vector."""
        column = self.columns.get(ref.name)
        if not ref.path and (column is None or column.type == "tsvector"):
            # a computed column is one already or becomes one by the operator
            return self.field(ref)
        if language is None:
            return build("to_tsvector({})", self.field(ref))
        return build("to_tsvector({}, {})", value(language, "regconfig"), self.field(ref))


def table_source(catalog: Catalog, name: Name, alias: str) -> Source:
    """Read a table or view under an alias."""
    table = catalog.tables[name]
    start = build("{} as {}", ident(*name), ident(alias))
    return Source(start, alias, name, table.columns, represented=table.represented)


def source_of(cte: str, name: Name, columns: Mapping[str, Column | None]) -> Source:
    """Read the rows that a write or a call has returned from its CTE, under the table's name."""
    start = build("{} as {}", ident(cte), ident(name[1]))
    represented = any(column and column.casts for column in columns.values())
    return Source(start, name[1], name, columns, returned=True, represented=represented)


def columns_of(table: Table | None, names: tuple[str, ...] = ()) -> Mapping[str, Column | None]:
    """Return a table's columns, or names without a type where there is no table."""
    return table.columns if table else dict.fromkeys(names)
