"""Thousands of rows for the tables of some queries: one member and one parent own very many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count, islice, product
from math import isqrt
from typing import Any
from zlib import crc32

from archwright.blueprint.access import parse
from archwright.blueprint.access_ast import And, Expr, Not, Or, Related
from archwright.diagnostics import Place
from archwright.proof.access.cast import values_for
from archwright.proof.access.fixture import Fixture
from archwright.proof.access.layout import ROLES, Layout
from archwright.proof.access.predicates import judges
from archwright.proof.access.statement import value_literal
from archwright.proof.access.values import NOW
from archwright.proof.oracle import Row, World, evaluate
from archwright.proof.plans.arc_turns import in_turn, set_in_turn
from archwright.proof.plans.declared import Declared
from archwright.proof.plans.tree_rows import parent_above
from archwright.schema.model import Column, Table
from archwright.schema.sql_text import literal, name, names
from archwright.schema.trees import every_path

ROWS = 3000
LARGE = 100_000
"""Rows of a table of which something is asked, when the whole app is judged."""
_PRIMES = (2, 3, 5, 7, 11)
_CYCLE = 30
_MOST_KINDS = 200
_OWNERS = 4
_TIME, _STEP, _DAY = "timestamptz '2024-01-01'", "interval '1 hour'", "date '2024-01-01'"
HOLDERS = 300
"""How many members hold a role: staff are few."""
HOT_MEMBER = "md5('member/1')::uuid"


@cache
def primes_about(rows: int) -> tuple[int, ...]:
    """Return some primes about so many rows, the largest first.

    Each reference to a table counts modulo another of them: so pairs of references hardly repeat.
    """
    found = (n for n in count(rows + 3, -1) if all(n % d for d in range(2, isqrt(n) + 1)))
    return tuple(islice(found, 5))


def moment(now: str = "now()") -> str:
    """Return SQL for the end of the population's latest day: the last midnight (UTC).

    So its rows are the same at any hour, and a query that groups by day has a whole day to group.
    """
    return f"date_trunc('day', {now}, 'UTC')"


def staff_member(role: str) -> str:
    """Return SQL for the member who holds a role, and nothing else."""
    return f"md5({literal('staff/' + role)})::uuid"


def hot_row(table: str) -> str:
    """Return SQL for the key of the row to which very many others belong."""
    return f"md5({literal(table + '/1')})::uuid"


class Population:
    """Writes the rows for some queries; ``fixture`` shows which rows are visible to most.

    ``now`` is SQL for when it is made; ``large`` is how many rows those tables get of which a query
    returns rows, and that others only read have ROWS.

    What the rows hold follows from all declared queries of the app: a query of a function says
    nothing of its columns, and another query of the same table does.
    """

    def __init__(
        self,
        layout: Layout,
        fixture: Fixture,
        queries: Sequence[Declared],
        declared: Sequence[Declared] = (),
        now: str = "now()",
        large: int = ROWS,
    ) -> None:
        self.layout = layout
        self.fixture = fixture
        self.asked = queries
        self.queries = declared or queries
        self.latest = moment(now)
        self.parents = {(t.table.name, t.parent) for t in layout.schema.trees}
        self.large = large
        asked = {query.table for query in queries} - {ROLES}
        # there are as many members, too
        asked |= {t for t in layout.tables if layout.is_member(t, layout.tables[t].primary_key[0])}
        self.sizes = dict.fromkeys(asked, large)
        self.apart = 0
        rows = {t: dict(enumerate(listed)) for t, listed in fixture.rows.items()}
        self.world = World(layout.scope, rows, NOW, judges(layout.meanings, lambda: self.world))

    def tables(self) -> list[str]:
        """Return the tables that the queries read, with what rules and foreign keys lead to."""
        found: dict[str, None] = {}
        waiting = [table for query in self.asked for table in query.tables]
        while waiting:
            table = waiting.pop()
            if table in found or table not in self.layout.tables or table == ROLES:
                continue
            found[table] = None
            waiting += sorted(self.layout.reads(table))
            keys = self.layout.scope.tables[table].foreign_keys.values()
            waiting += sorted(key.table for key in keys)
        return sorted(found)

    def script(self) -> str:
        """Return the statements that fill the tables; triggers and foreign keys must be off."""
        tables = self.tables()
        paths = [t for t in self.layout.schema.trees if t.paths.name in tables]
        plain = [t for t in tables if t not in {tree.paths.name for tree in paths}]
        rows = [*(self._insert(table) for table in plain), *map(every_path, paths)]
        return "\n".join([*rows, *self._staff()])

    def _staff(self) -> Iterator[str]:
        for role in sorted({query.spec.role for query in self.asked if query.spec.role}):
            into = f"insert into {name(self.layout.tables[ROLES].ref)} (user_id, role)"
            yield f"{into} values ({staff_member(role)}, {literal(role)});"
        if any(query.spec.table == ROLES for query in self.asked):
            yield self._holders()

    def _holders(self) -> str:
        """Return the statement that gives some members roles, but not who asks the queries."""
        ref = self.layout.tables[ROLES].ref
        roles = sorted(self.layout.scope.roles)
        listed = ", ".join(literal(role) for role in roles)
        kind = self.layout.column(ROLES, "role").type
        return (
            f"insert into {name(ref)} (user_id, role)\n"
            f"select md5('member/' || i)::uuid, (array[{listed}])[i % {len(roles)} + 1]::{kind}\n"
            f"from generate_series(2, {HOLDERS + 1}) as i\non conflict do nothing;"
        )

    def _insert(self, table: str) -> str:
        spec = self.layout.tables[table]
        variants = self._variants(table)
        primes, references = count(), count()
        self.apart = self.large if table in self._refusing() else 0
        columns: list[str] = []
        values: list[str] = []
        for column in spec.columns:
            if column.generated is None:
                columns.append(column.name)
                found = self._value(spec, set_in_turn(spec, column), variants, (primes, references))
                values.append(in_turn(spec, column.name, found))
        listed = ",\n  ".join(values)
        into = f"insert into {name(spec.ref)} ({names(columns)})"
        return (
            f"{into}\nselect\n  {listed}\n"
            f"from generate_series(1, {self.sizes.get(table, ROWS)}) as i\non conflict do nothing;"
        )

    def _variants(self, table: str) -> Sequence[Mapping[str, Any]]:
        """Return kinds of rows: as visible as can be, once for each filter of a query."""
        base = self._open(table)
        found: list[dict[str, Any]] = [base]
        for query in self.queries:
            if query.spec.table == table and query.spec.filter:
                expr, _ = parse(query.spec.filter, Place())
                values = None
                if expr is not None:
                    values = values_for(expr, table, self.layout, wanted=True)
                if values is not None:
                    found.append({**base, **values})
        # The filters' kinds take up most of the rows, as what people look for does.
        return found if len(found) == 1 else found[1:] + found[:1]

    def _open(self, table: str) -> dict[str, Any]:
        """Return the values with which a row is open to most, left empty where that is the same."""
        key = self.layout.tables[table].primary_key
        judged = [
            c
            for c in self.layout.judged_columns(table)
            if c not in key and not self._points(table, c)
        ]
        rows = list(self.fixture.rows.get(table, ()))
        axes = [list(dict.fromkeys(row[c] for row in rows if c in row)) for c in judged]
        best: tuple[int, int] = (-1, 0)
        chosen: dict[str, Any] = {}
        for values in islice(product(*axes), _MOST_KINDS):
            kind = dict(zip(judged, values, strict=True))
            seen = sum(self._seen_by(table, {**row, **kind}) for row in rows[:_OWNERS])
            rank = (seen, sum(value is None for value in values))
            if rank > best:
                best, chosen = rank, kind
        return chosen

    def _seen_by(self, table: str, row: Row) -> int:
        """Return to how many personas the row, or what hangs on it, is open."""
        rules = [self.layout.scope.tables[table].select]
        rules += [m.rule for m in self.layout.meanings.values() if m.table == table]
        players = [p.persona for p in self.fixture.cast.players if not p.persona.service]
        return sum(
            evaluate(rule, self.world, p, table, row) is True for rule in rules for p in players
        )

    def _points(self, table: str, column: str) -> bool:
        return (
            self.layout.is_member(table, column) or self.layout.reference(table, column) is not None
        )

    def _value(
        self,
        table: Table,
        column: Column,
        variants: Sequence[Mapping[str, Any]],
        numbers: tuple[Iterator[int], Iterator[int]],
    ) -> str:
        where = table.ref.name
        plain = self._plain(table, column, *numbers)
        chosen = [v.get(column.name, plain) for v in variants]
        if column.not_null:
            chosen = [plain if value is None else value for value in chosen]
        if all(value is plain for value in chosen):
            return plain
        texts = [
            plain
            if value is plain or (value is not None and self._points(where, column.name))
            else f"{value_literal(value)}::{column.type}"
            for value in chosen
        ]
        if len(set(texts)) == 1:
            return texts[0]
        cases = " ".join(f"when {number} then {text}" for number, text in enumerate(texts))
        return f"case (i / {_CYCLE}) % {len(texts)} {cases} end"

    def _refusing(self) -> set[str]:
        """Return the join tables of relations that take something away from those who are in them.

        Their rows concern members of whom there is nothing else, or there would be nothing to see.
        """
        refusing = {
            name for access in self.layout.scope.tables.values() for name in refused(access.select)
        }
        return {r.table for n, r in self.layout.scope.relations.items() if n in refusing}

    def _plain(
        self, table: Table, column: Column, primes: Iterator[int], references: Iterator[int]
    ) -> str:
        where, name_ = table.ref.name, column.name
        alone = (name_,) == table.primary_key or (name_,) in {u.columns for u in table.uniques}
        wanted = self._asked(where, name_)
        if self.layout.is_member(where, name_):
            number = "i" if alone else self._shuffled(where, name_, self.large, references)
            own = f"md5('member/' || ({number} + {self.apart}))::uuid"
            hot = HOT_MEMBER
        elif (where, name_) in self.parents:
            return parent_above(where)
        elif (reference := self.layout.reference(where, name_)) is not None:
            if not column.not_null and not wanted and reference[0] == where:
                return f"null::{column.type}"  # a tree: most rows are at its top
            rows = self.sizes.get(reference[0], ROWS)
            number = "i" if alone else self._shuffled(where, name_, rows, references)
            own = f"md5({literal(reference[0] + '/')} || {number})::uuid"
            hot = hot_row(reference[0])
        elif name_ in table.primary_key and column.type == "uuid":
            return f"md5({literal(where + '/')} || i)::uuid"
        else:
            own, hot = self._spread(where, column, wanted=wanted), self._common(column)
            if alone or not hot or not wanted:
                return own
        if alone:
            return own
        prime = _PRIMES[next(primes) % len(_PRIMES)]
        return f"case when i % {prime} = 0 then {hot} else {own} end"

    def _shuffled(self, table: str, column: str, rows: int, references: Iterator[int]) -> str:
        """Return SQL for the numbers of some other rows in an order of the column's own.

        Without it the even rows of one table would meet the even rows of another, and no odd ones.
        """
        primes = primes_about(rows)
        modulus = primes[next(references) % len(primes)]
        factor = crc32(f"{table}.{column}".encode()) % (modulus - 2) + 2
        return f"((i::bigint * {factor}) % {modulus})"

    def _asked(self, table: str, column: str) -> bool:
        """Tell whether a query looks rows up by this column."""
        return any(
            column == condition.split()[0]
            for query in self.queries
            if query.spec.table == table
            for condition in query.spec.where
        )

    def _ordered(self, table: str, column: str) -> bool:
        return any(
            column == order.split()[0]
            for query in self.queries
            if query.spec.table == table
            for order in query.spec.order
        )

    def _numbers(self, table: str, column: str) -> bool:
        """Tell whether a column tells rows of one parent apart: else few of many would stay."""
        made = self.layout.tables[table]
        keys = [made.primary_key, *(u.columns for u in made.uniques)]
        keys += [
            tuple(c.split()[0] for c in i.columns)
            for i in self.layout.schema.indexes
            if i.unique and i.table.name == table
        ]
        return any(column in key for key in keys)

    def _common(self, column: Column) -> str:
        """Return a value that many rows share, for a column that is looked up by."""
        labels = self.layout.scope.enums.get(column.type, ())
        if labels:
            return f"{literal(labels[0])}::{column.type}"
        simple = {"text": "'common'", "extensions.citext": "'common'", "date": "date '2024-01-01'"}
        return simple.get(column.type, "")

    def _spread(self, table: str, column: Column, *, wanted: bool) -> str:
        """Return an expression with many different values, or the default, or null."""
        labels = self.layout.scope.enums.get(column.type, ())
        used = wanted or self._ordered(table, column.name)
        if not column.not_null and not used and column.type not in {"text", "tsvector"}:
            return f"null::{column.type}"
        simple = {
            "uuid": f"md5({literal(column.name + '/')} || i)::uuid",
            "timestamp with time zone": f"{self.latest} - i * interval '1 minute'",
            "date": "date '2024-01-01' - i % 365",
            "time without time zone": "time '00:00' + i * interval '1 second'",
            "interval": "i * interval '1 minute'",
            "tstzrange": f"tstzrange({_TIME} + {_STEP} * i, {_TIME} + {_STEP} * (i + 1))",
            "daterange": f"daterange({_DAY} + i, {_DAY} + i + 1)",
            "int4range": "int4range(i, i + 1)",
            "jsonb": "'{}'::jsonb",
            "bytea": "'\\x00'::bytea",
            "boolean": column.default or "false",
            "text": "substr(md5(i::text), 1, 8) || ' ' || substr(md5((i % 97)::text), 1, 6)",
            "extensions.citext": "substr(md5(i::text), 1, 8)",
            "tsvector": "to_tsvector('simple', md5((i % 97)::text))",
        }
        if labels:
            return f"{literal(labels[0])}::{column.type}"
        if column.type.endswith("[]"):
            return f"'{{}}'::{column.type}"
        if column.type in simple:
            return simple[column.type]
        if self._numbers(table, column.name):
            return f"i::{column.type}"
        return f"((i * 7919) % 1000)::{column.type}" if used else (column.default or "1")


def refused(rule: Expr, *, negated: bool = False) -> Iterator[str]:
    """Yield the relations that a rule names under ``not``."""
    match rule:
        case Not(item):
            yield from refused(item, negated=not negated)
        case And(items) | Or(items):
            for item in items:
                yield from refused(item, negated=negated)
        case Related(relation) if negated:
            yield relation


def fill(connection: Any, layout: Layout, population: Population) -> None:
    """Write the rows in a clone without its checks, and gather statistics."""
    tables = population.tables()
    listed = ", ".join(literal(name(layout.tables[t].ref)) for t in tables)
    connection.execute(
        f"""
        do $$
        declare found record;
        begin
          for found in
            select c.conrelid::regclass as of_table, c.conname from pg_constraint c
            where c.contype = 'c' and c.conrelid = any (array[{listed}]::regclass[])
          loop
            execute format('alter table %s drop constraint %I', found.of_table, found.conname);
          end loop;
        end
        $$
        """
    )
    connection.execute("set session_replication_role = replica")
    connection.execute(population.script())
    connection.execute("set session_replication_role = origin")
    connection.execute("analyze " + ", ".join(name(layout.tables[t].ref) for t in tables))
