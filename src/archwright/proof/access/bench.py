"""A database with the fixture rows that answers statements as a persona and forgets them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from archwright.ports import Connection, Database
from archwright.proof.access.columns import TRY_COLUMNS
from archwright.proof.access.fixture import Fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.statement import Keys, Statement, value_literal, value_text
from archwright.proof.oracle import Persona, Row, plain
from archwright.schema.model import Ref, Table
from archwright.schema.sql_text import ident, literal, name, names

_MOST_RESULTS = 1000
"""Columns of one answer; PostgreSQL takes 1664."""
_ASK = """
create schema archwright_proof;
create function archwright_proof.ask(who text, claims text, plans text[], statements text[])
returns table (state text, message text, keys text[], planned boolean) language plpgsql as $$
declare
  made text[] := '{}';
begin
  perform set_config('request.jwt.claims', claims, true), set_config('role', who, true);
  for number in 1 .. cardinality(statements) loop
    begin
      state := '';
      message := '';
      keys := null;
      -- As the one who asks: what may not even be looked up is refused here.
      planned := plans[number] is null or plans[number] = any (made);
      if not planned then
        execute plans[number];
        made := made || plans[number];
        planned := true;
      end if;
      execute statements[number] into keys;
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
    places: Mapping[str, Keys]
    defaults: Mapping[tuple[str, str], Any]
    now: datetime
    plans: dict[tuple[str, str], str] = field(default_factory=dict)
    """The names of what is planned, by database role and text: each is planned once."""
    numbers: Iterator[int] = field(default_factory=count)

    def ask(self, persona: Persona, statements: Sequence[Statement]) -> list[Answer]:
        """Run each statement as the persona and undo it; the answers are in the same order."""
        if not statements:
            return []
        role = role_of(persona)
        claims = {"role": role} if persona.user is None else {"role": role, "sub": persona.user}
        fresh: dict[str, str] = {}
        plans: list[str | None] = []
        texts: list[str] = []
        for statement in statements:
            plan, text = self._spelled(statement, role, fresh)
            plans.append(plan)
            texts.append(text)
        query = "select state, message, keys, planned from archwright_proof.ask(%s, %s, %s, %s)"
        given = [role, json.dumps(claims), plans, texts]
        answers = self.connection.execute(query, given).fetchall()
        for statement, plan, answer in zip(statements, plans, answers, strict=True):
            if plan is not None and answer[3]:
                self.plans[role, statement.text] = fresh[statement.text]
        return [Answer(s, m, frozenset(k or ())) for s, m, k, _ in answers]

    def _spelled(
        self, statement: Statement, role: str, fresh: dict[str, str]
    ) -> tuple[str | None, str]:
        """Return how to plan a statement, None where that is done or not worth it, and to run it.

        Values that PostgreSQL would have to be told the types of stand only in what is planned.
        """
        if not statement.again:
            return None, statement.text
        known = self.plans.get((role, statement.text))
        if known is None:
            known = fresh.setdefault(statement.text, f"{role}_{next(self.numbers)}")
        plan = (
            None if (role, statement.text) in self.plans else f"prepare {known} as {statement.text}"
        )
        values = ", ".join("null" if v is None else literal(v) for v in statement.values)
        return plan, f"execute {known} ({values})" if values else f"execute {known}"

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
        # The driver would forget our plans together with its own after a rollback.
        connection.prepare_threshold = None
        connection.execute(_ASK)
        connection.execute(TRY_COLUMNS.encode())
        listed = [str(name(t.ref)) for t in layout.tables.values()]
        connection.execute(_UNBOUND.replace("%s::regclass[]", _array(listed)).replace("%%", "%"))
        connection.execute(_GUARDS)
        connection.execute("set session_replication_role = replica")
        connection.execute(_script(layout, fixture))
        connection.execute("set session_replication_role = origin")
        # Of these tables only, and at an end: the catalogues that databases share stay unlocked.
        connection.execute("analyze " + ", ".join(listed))
        # A plan that fits all values, so that each statement is planned once for each role.
        connection.execute("set plan_cache_mode = force_generic_plan")
        connection.commit()
        yield _read(connection, layout, fixture)
        connection.rollback()


def key_text(columns: Sequence[str]) -> str:
    """Return SQL for the text by which a row is known."""
    return f"concat_ws('|', {', '.join(f'{ident(c)}::text' for c in columns)})"


def _array(values: Sequence[str]) -> str:
    return f"array[{', '.join(literal(v) for v in values)}]::regclass[]"


def _script(layout: Layout, fixture: Fixture) -> str:
    members = ", ".join(f"({literal(m)}, '{{}}')" for m in fixture.cast.members)
    lines = [f"insert into auth.users (id, raw_user_meta_data) values {members};"]
    for table, rows in fixture.rows.items():
        if rows:
            ref, columns = layout.tables[table].ref, list(rows[0])
            tuples = (f"({', '.join(value_literal(row[c]) for c in columns)})" for row in rows)
            lines.append(insert(ref, columns, tuples))
    return "\n".join(lines)


def insert(ref: Ref, columns: Sequence[str], tuples: Iterator[str]) -> str:
    """Return one ``insert`` of several rows."""
    listed = ",\n".join(tuples)
    return f"insert into {name(ref)} ({names(columns)}) values\n{listed};"


def _read(connection: Connection, layout: Layout, fixture: Fixture) -> Bench:
    rows: dict[str, list[Row]] = {}
    keys: dict[str, list[str]] = {}
    places: dict[str, Keys] = {}
    for table in fixture.rows:
        spec = layout.tables[table]
        listed = [c.name for c in spec.columns]
        key = key_text(layout.identity(table))
        # By ctid: in the order in which they were written, partition by partition.
        query = f"select {key}, {names(listed)} from {name(spec.ref)} order by tableoid, ctid"
        found = connection.execute(query).fetchall()
        keys[table] = [row[0] for row in found]
        rows[table] = [dict(zip(listed, map(plain, row[1:]), strict=True)) for row in found]
        columns = layout.identity(table)
        types = tuple(layout.column(table, c).type for c in columns)
        told = [tuple(value_text(row[c]) for c in columns) for row in rows[table]]
        places[table] = Keys(columns, types, told)
    now = connection.execute("select now()").fetchone()[0]
    return Bench(connection, rows, keys, places, _defaults(connection, layout), now)


def _defaults(connection: Connection, layout: Layout) -> dict[tuple[str, str], Any]:
    """Return what the database puts into columns that a client leaves out, without a caller."""
    asked = [
        (table.ref.name, column.name, f"({column.default})::{column.type}")
        for table in layout.tables.values()
        for column in table.columns
        if column.default is not None and not calls(table, column.name)
    ]
    found: dict[tuple[str, str], Any] = {}
    for start in range(0, len(asked), _MOST_RESULTS):
        part = asked[start : start + _MOST_RESULTS]
        row = connection.execute("select " + ", ".join(sql for _, _, sql in part)).fetchone()
        found |= {
            (table, column): value for (table, column, _), value in zip(part, row, strict=True)
        }
    return found


def calls(table: Table, column: str) -> bool:
    """Tell whether a column's default is the caller."""
    found = table.column(column)
    return found is not None and "auth.uid" in (found.default or "")
