"""Filters made ready for a table's columns, and decided for rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal

import psycopg

from archwright.stack.database import Connection
from archwright.stack.realtime.filters import OPERATORS, Condition, FilterError

# what texts of values depend on, as the stream of changes has it
_SETTINGS = b"""
select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
  set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
  set_config('extra_float_digits', '1', true)
"""
# types whose equal values have equal texts, given fixed settings
_EXACT = frozenset(
    "int2 int4 int8 oid uuid text varchar name bool date timestamp timestamptz".split()
)
_NUMBERS = frozenset("int2 int4 int8 numeric".split())
_ORDER = {"eq": eq, "neq": ne, "lt": lt, "lte": le, "gt": gt, "gte": ge}
_PATTERNS = {"like": "~~", "ilike": "~~", "match": "~", "imatch": "~*"}
_FITTING = """
select exists (select from pg_operator o join pg_type t on t.oid = o.oprleft
  where o.oprname = %s and t.typname = %s)
"""
_HIDDEN = """
select c from unnest(%(names)s::text[]) c where not exists (
  select from pg_attribute a where a.attrelid = %(table)s::regclass and a.attname = c
    and a.attnum > 0 and not a.attisdropped
    and has_column_privilege(%(role)s, a.attrelid, a.attnum, 'select')
) order by c limit 1
"""
_COLUMN = """
select t.typname, t.typtype = 'e', format_type(a.atttypid, null),
  has_column_privilege(%(role)s, a.attrelid, a.attnum, 'select')
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = %(table)s::regclass and a.attname = %(column)s
  and a.attnum > 0 and not a.attisdropped
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a column of a known type; ``values`` are as the type writes them."""

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool
    how: Literal["text", "number", "sql"]
    sql_type: str

    def decide(self, value: str | None) -> bool | None:
        """Decide for a value; None where only the database can tell."""
        found = self._found(value)
        return found if found is None or not self.negated or value is None else not found

    def _found(self, value: str | None) -> bool | None:
        if self.operator == "is":
            wanted = self.values[0].lower()
            is_it = value is None if wanted in ("null", "unknown") else value == wanted[0]
            # the one comparison that nulls take part in, so it is negated here
            return is_it != (self.negated and value is None)
        if self.operator == "isdistinct":
            if value is None or self.values[0] == "null":
                distinct = (value is None) != (self.values[0] == "null")
                return distinct != (self.negated and value is None)
        elif value is None:
            return False
        if self.how == "number":
            return self._compare(Decimal(value), tuple(map(Decimal, self.values)))
        if self.how == "text":
            return self._compare(value, self.values)
        return None

    def _compare(self, value: Any, values: tuple[Any, ...]) -> bool:
        if self.operator == "in":
            return value in values
        if self.operator == "isdistinct":
            return bool(value != values[0])
        return bool(_ORDER[self.operator](value, values[0]))

    def expression(self, value: str) -> tuple[str, list[object]]:
        """Return SQL that decides for a value, and its parameters."""
        left, kind = f"(%s::text)::{self.sql_type}", self.sql_type
        if self.operator == "in":
            body, given = f"{left} = any((%s::text[])::{kind}[])", list(self.values)
            return self._maybe_not(body), [value, given]
        if self.operator in ("like", "ilike", "match", "imatch"):
            body = f"{left}::text {OPERATORS[self.operator]} %s::text"
        else:
            body = f"{left} {OPERATORS[self.operator]} (%s::text)::{kind}"
        return self._maybe_not(body), [value, self.values[0]]

    def _maybe_not(self, body: str) -> str:
        return f"coalesce(not ({body}), false)" if self.negated else f"coalesce({body}, false)"


async def prepare(
    connection: Connection, schema: str, table: str, role: str, conditions: tuple[Condition, ...]
) -> tuple[Check, ...]:
    """Make conditions ready for a table; raises ``FilterError``, within a transaction."""
    checks = []
    if conditions:
        await connection.execute(_SETTINGS)
    for condition in conditions:
        try:
            async with connection.transaction():
                checks.append(await _prepare(connection, schema, table, role, condition))
        except (psycopg.DataError, psycopg.ProgrammingError) as error:
            said = error.diag.message_primary or str(error)
            raise FilterError(f"invalid value for filter on {condition.column}: {said}") from error
    return tuple(checks)


async def check_select(
    connection: Connection, schema: str, table: str, role: str, names: frozenset[str] | None
) -> None:
    """Make sure that the columns asked for may be read; raises ``FilterError``."""
    if names is None:
        return
    asked = {"role": role, "table": _quoted(schema, table), "names": sorted(names)}
    hidden = await (await connection.execute(_HIDDEN, asked)).fetchone()
    if hidden is not None:
        raise FilterError(f"invalid column for select {hidden[0]}")


def _quoted(schema: str, table: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in (schema, table))


async def _check_operator(
    connection: Connection, condition: Condition, type_name: str, sql_type: str
) -> None:
    """Refuse what could not be computed for the column's type, as hosted."""
    operator, value = condition.operator, condition.values[0] if condition.values else ""
    if operator == "is" and value.lower() != "null" and type_name != "bool":
        raise FilterError(f"is {value} filter requires a boolean column, got {sql_type}")
    if operator not in _PATTERNS:
        return
    asked = (_PATTERNS[operator], "text" if type_name == "varchar" else type_name)
    fits = await (await connection.execute(_FITTING, asked)).fetchone()
    if not fits or not fits[0]:
        text = f"operator {operator} requires a text-compatible column type, got {sql_type}"
        raise FilterError(text)
    if operator in ("match", "imatch"):
        await connection.execute("select '' ~ %s", (value,))


async def _prepare(
    connection: Connection, schema: str, table: str, role: str, condition: Condition
) -> Check:
    asked = {"role": role, "table": _quoted(schema, table), "column": condition.column}
    found = await (await connection.execute(_COLUMN, asked)).fetchone()
    if found is None or not found[3]:
        raise FilterError(f"invalid column for filter {condition.column}")
    type_name, is_enum, sql_type, _ = found
    operator, values = condition.operator, condition.values
    await _check_operator(connection, condition, type_name, sql_type)
    verbatim = operator in ("like", "ilike", "match", "imatch", "is")
    if not verbatim and not (operator == "isdistinct" and values == ("null",)):
        cursor = await connection.execute(
            f"select array(select (v::{sql_type})::text from unnest(%s::text[])"
            " with ordinality u(v, n) order by n)".encode(),
            (list(values),),
        )
        canonical = await cursor.fetchone()
        assert canonical is not None
        # as text a boolean is a word, in the stream a letter
        values = tuple(text[:1] if type_name == "bool" else text for text in canonical[0])
    how: Literal["text", "number", "sql"] = "sql"
    equality = operator in ("eq", "neq", "in", "isdistinct")
    if type_name in _NUMBERS and not verbatim and "NaN" not in "".join(values):
        how = "number"
    elif equality and (type_name in _EXACT or is_enum):
        how = "text"
    if how == "number" and "Infinity" in "".join(values):
        how = "sql"
    return Check(condition.column, operator, values, condition.negated, how, sql_type)


async def decide(connection: Connection, asked: list[tuple[Check, str]]) -> list[bool]:
    """Let the database decide comparisons, all in one query; errors count as no."""
    if not asked:
        return []
    expressions, parameters = [], []
    for check, value in asked:
        text, given = check.expression(value)
        expressions.append(text)
        parameters += given
    query = f"select array[{', '.join(expressions)}]"
    try:
        async with connection.transaction():
            cursor = await connection.execute(query.encode(), parameters)
            found = await cursor.fetchone()
    except psycopg.DatabaseError:
        if len(asked) == 1:
            return [False]
        half = len(asked) // 2
        return [*await decide(connection, asked[:half]), *await decide(connection, asked[half:])]
    assert found is not None
    return list(found[0])
