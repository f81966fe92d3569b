"""A database with the fixture rows that answers statements as a persona and forgets them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archwright.ports import Connection, Database
from archwright.proof.access.fixture import Fixture
from archwright.proof.access.layout import Layout
from archwright.proof.oracle import Persona, Row
from archwright.schema.model import Ref, Table
from archwright.schema.sql_text import ident, literal, name, names

_ASK = """
create schema archwright_proof;
create function archwright_proof.ask(who text, claims text, statements text[])
returns table (state text, message text, keys text[]) language plpgsql as $$
declare
  statement text;
begin
  perform set_config('request.jwt.claims', claims, true), set_config('role', who, true);
  foreach statement in array statements loop
    begin
      state := '';
      message := '';
      keys := null;
      execute statement into keys;
      raise exception using errcode = 'AW000';
    exception when others then
      if sqlstate <> 'AW000' then
        state := sqlstate;
        message := sqlerrm;
        keys := null;
      end if;
    end;
    return next;
  end loop;
  perform set_config('role', 'none', true);
end
$$;
"""
# What a check, a unique or an exclusion constraint forbids is no question of access, and a row that
# one of them would refuse may be the one on which a rule's case can be seen.
_UNBOUND = """
do $$
declare
  found record;
begin
  for found in
    select c.conrelid::regclass as of_table, c.conname from pg_constraint c
    where c.contype in ('c', 'u', 'x') and c.conrelid = any (%s::regclass[])
  loop
    execute format('alter table %%s drop constraint %%I cascade', found.of_table, found.conname);
  end loop;
  for found in
    select i.indexrelid::regclass as of_index from pg_index i
    where i.indisunique and not i.indisprimary and i.indrelid = any (%s::regclass[])
  loop
    execute format('drop index %%s', found.of_index);
  end loop;
end
$$
"""


_GUARDS = """
do $$
declare
  found record;
begin
  for found in
    select t.tgrelid::regclass as of_table, t.tgname from pg_trigger t
    where t.tgname like '%\\_update\\_guard' and not t.tgisinternal
  loop
    execute format('alter table %s enable always trigger %I', found.of_table, found.tgname);
  end loop;
end
$$
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a statement ended: its SQLSTATE ("" = done), what was said, the keys that it returned."""

    state: str
    message: str
    keys: frozenset[str]


@dataclass(frozen=True)
class Bench:
    """A connection, as the superuser, to a clone with the fixture rows in place."""

    connection: Connection
    rows: Mapping[str, Sequence[Row]]
    keys: Mapping[str, Sequence[str]]
    defaults: Mapping[tuple[str, str], Any]
    now: datetime

    def ask(self, persona: Persona, statements: Sequence[str]) -> list[Answer]:
        """Run each statement as the persona and undo it; the answers are in the same order."""
        if not statements:
            return []
        query = "select state, message, keys from archwright_proof.ask(%s, %s, %s)"
        role = role_of(persona)
        claims = {"role": role} if persona.user is None else {"role": role, "sub": persona.user}
        rows = self.connection.execute(query, [role, json.dumps(claims), list(statements)])
        return [Answer(s, m, frozenset(k or ())) for s, m, k in rows.fetchall()]

    @contextmanager
    def without_triggers(self) -> Iterator[None]:
        """Leave out all triggers but the guards that update rules are compiled to."""
        self.connection.execute("set session_replication_role = replica")
        yield
        self.connection.execute("set session_replication_role = origin")


def role_of(persona: Persona) -> str:
    """Return the database role of a persona."""
    if persona.service:
        return "service_role"
    return "anon" if persona.user is None else "authenticated"


@contextmanager
def open_bench(
    postgres: Database, database: str, layout: Layout, fixture: Fixture
) -> Iterator[Bench]:
    """Clone a migrated database, put the fixture rows in, and close it all at the end."""
    with (
        postgres.scratch(database) as clone,
        postgres.connect(clone, superuser=True) as connection,
    ):
        connection.execute(_ASK)
        listed = [str(name(t.ref)) for t in layout.tables.values()]
        connection.execute(_UNBOUND.replace("%s::regclass[]", _array(listed)).replace("%%", "%"))
        connection.execute(_GUARDS)
        connection.execute("set session_replication_role = replica")
        connection.execute(_script(layout, fixture))
        connection.execute("set session_replication_role = origin")
        # Of these tables only, and at an end: the catalogues that databases share stay unlocked.
        connection.execute("analyze " + ", ".join(listed))
        connection.commit()
        yield _read(connection, layout, fixture)
        connection.rollback()


def key_text(columns: Sequence[str]) -> str:
    """Return SQL for the text by which a row is known."""
    return f"concat_ws('|', {', '.join(f'{ident(c)}::text' for c in columns)})"


def value_text(value: Any) -> str:
    """Return a value as an SQL literal that takes the type of the column it is written to."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list) and not isinstance(value, str):
        return literal(json.dumps(value)) if isinstance(value, dict) else literal(_list(value))
    return literal(str(value))


def _list(values: Sequence[Any]) -> str:
    quoted = (str(v).replace("\\", "\\\\").replace('"', '\\"') for v in values)
    return "{" + ",".join(f'"{v}"' for v in quoted) + "}"


def _array(values: Sequence[str]) -> str:
    return f"array[{', '.join(literal(v) for v in values)}]::regclass[]"


def _script(layout: Layout, fixture: Fixture) -> str:
    members = ", ".join(f"({literal(m)}, '{{}}')" for m in fixture.cast.members)
    lines = [f"insert into auth.users (id, raw_user_meta_data) values {members};"]
    for table, rows in fixture.rows.items():
        if rows:
            ref, columns = layout.tables[table].ref, list(rows[0])
            tuples = (f"({', '.join(value_text(row[c]) for c in columns)})" for row in rows)
            lines.append(insert(ref, columns, tuples))
    return "\n".join(lines)


def insert(ref: Ref, columns: Sequence[str], tuples: Iterator[str]) -> str:
    """Return one ``insert`` of several rows."""
    listed = ",\n".join(tuples)
    return f"insert into {name(ref)} ({names(columns)}) values\n{listed};"


def _read(connection: Connection, layout: Layout, fixture: Fixture) -> Bench:
    rows: dict[str, list[Row]] = {}
    keys: dict[str, list[str]] = {}
    for table in fixture.rows:
        spec = layout.tables[table]
        listed = [c.name for c in spec.columns]
        key = key_text(layout.identity(table))
        # By ctid: in the order in which they were written.
        query = f"select {key}, {names(listed)} from {name(spec.ref)} order by ctid"
        found = connection.execute(query).fetchall()
        keys[table] = [row[0] for row in found]
        rows[table] = [dict(zip(listed, row[1:], strict=True)) for row in found]
    now = connection.execute("select now()").fetchone()[0]
    return Bench(connection, rows, keys, _defaults(connection, layout), now)


def _defaults(connection: Connection, layout: Layout) -> dict[tuple[str, str], Any]:
    """Return what the database puts into columns that a client leaves out, without a caller."""
    asked = [
        (table.ref.name, column.name, f"({column.default})::{column.type}")
        for table in layout.tables.values()
        for column in table.columns
        if column.default is not None and not calls(table, column.name)
    ]
    if not asked:
        return {}
    row = connection.execute("select " + ", ".join(sql for _, _, sql in asked)).fetchone()
    return {(table, column): value for (table, column, _), value in zip(asked, row, strict=True)}


def calls(table: Table, column: str) -> bool:
    """Tell whether a column's default is the caller."""
    found = table.column(column)
    return found is not None and "auth.uid" in (found.default or "")
