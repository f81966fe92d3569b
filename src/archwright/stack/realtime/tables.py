"""What is known of a published table: key, types, row security, and what a role may read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from archwright.stack.database import Connection
from archwright.stack.realtime.json_values import Shape, shape_of
from archwright.stack.realtime.pgoutput import Relation

_COLUMNS = """
select a.attname, a.attnum, t.typname, format_type(a.atttypid, null),
  base.typname, element.oid is not null,
  coalesce(a.attnum = any(i.indkey), false)
from pg_attribute a
join pg_type t on t.oid = a.atttypid
left join pg_type own on own.oid = nullif(t.typbasetype, 0)
left join pg_type element on element.oid = nullif(coalesce(own.typelem, t.typelem), 0)
  and coalesce(own.typcategory, t.typcategory) = 'A'
join lateral (
  select coalesce(deeper.typname, inner_.typname) typname
  from (select coalesce(element.oid, own.oid, t.oid) oid) chosen
  join pg_type inner_ on inner_.oid = chosen.oid
  left join pg_type deeper on deeper.oid = nullif(inner_.typbasetype, 0)
) base on true
left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
where a.attrelid = %s and a.attnum > 0 and not a.attisdropped
order by a.attnum
"""
_RIGHTS = """
select row_security_active(%(oid)s::oid),
  array(select has_column_privilege(%(oid)s::oid, n, 'select')
    from unnest(%(numbers)s::int2[]) with ordinality u(n, at) order by at)
"""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: number, names of its type (catalog's and SQL's), how its values are written."""

    name: str
    number: int
    type_name: str
    sql_type: str
    shape: Shape
    is_array: bool
    is_key: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role may read: whether policies decide for it, and which columns it may see."""

    secured: bool
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A published table; ``rights`` fills up as roles ask."""

    relation: Relation
    secured: bool
    columns: dict[str, TableColumn]
    rights: dict[str, Rights] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Schema and name, for messages."""
        return f"{self.relation.schema}.{self.relation.name}"

    @property
    def key(self) -> tuple[str, ...]:
        """The primary key's columns."""
        return tuple(column.name for column in self.columns.values() if column.is_key)


def type_of(column: TableColumn) -> sql.SQL:
    """Return a column's type as SQL; format_type has quoted what needs it."""
    name: Any = column.sql_type
    return sql.SQL(name)


async def read_table(connection: Connection, relation: Relation) -> Table | None:
    """Read a table's description; None where it has gone."""
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("select relrowsecurity from pg_class where oid = %s", (relation.oid,))
    found = await cursor.fetchone()
    if found is None:
        return None
    await cursor.execute(_COLUMNS, (relation.oid,))
    columns = {
        name: TableColumn(name, number, type_name, sql_type, shape_of(base), is_array, is_key)
        for name, number, type_name, sql_type, base, is_array, is_key in await cursor.fetchall()
    }
    return Table(relation, found[0], columns)


async def read_rights(connection: Connection, table: Table, role: str) -> Rights:
    """Read what a role may see of a table; of an unknown role nothing."""
    if role in table.rights:
        return table.rights[role]
    columns = list(table.columns.values())
    numbers = [column.number for column in columns]
    rights = Rights(True, frozenset())
    try:
        async with connection.transaction():
            await connection.execute("select set_config('role', %s, true)", (role,))
            cursor = await connection.execute(
                _RIGHTS, {"oid": table.relation.oid, "numbers": numbers}
            )
            found = await cursor.fetchone()
    except psycopg.errors.DatabaseError:
        found = None
    if found is not None:
        allowed = zip(columns, found[1], strict=True)
        rights = Rights(found[0], frozenset(column.name for column, may in allowed if may))
    table.rights[role] = rights
    return rights
