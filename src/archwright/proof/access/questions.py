"""What is asked of the database, with the answers that the declared rules give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from archwright.blueprint.access_scope import Operation, TableAccess
from archwright.proof.access.bench import Bench, calls, key_text
from archwright.proof.access.cast import Player
from archwright.proof.access.layout import Layout
from archwright.proof.access.statement import Statement, value_literal, value_text
from archwright.proof.access.values import row_id
from archwright.proof.oracle import Persona, Row, World, evaluate, update_parts
from archwright.proof.oracle_verdicts import (
    Verdict,
    may_delete,
    may_insert,
    may_select,
    may_update,
    privileged,
)
from archwright.schema.sql_text import ident, name, names

Kind: TypeAlias = Literal["keys", "insert", "closed", "blind"]
_MOST_INSERTS = 16
_MOST_CHANGED = 4
_MOST_VALUES = 5
_MOST_REFUSED = 3
"""Rows of one update that a policy's check must refuse: each of them takes its own statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row under one operation: how it must end, and what it looks like."""

    key: str
    row: Row
    expected: Verdict
    alone: Statement
    """The statement for this row by itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """One statement about some rows.

    ``keys``: it returns the keys of the rows on which it worked. ``insert``: all its rows are
    allowed. ``closed``: a missing privilege must end it. What else comes back is asked row by row.
    ``blind``: it names no row and reads none, so that what may be seen is no protection; it must
    work on ``count`` rows, or None: be refused.
    """

    player: Player
    table: str
    operation: Operation
    statement: Statement
    kind: Kind
    items: tuple[Item, ...] = field(repr=False)
    note: str = ""
    count: int | None = None


class Asker:
    """Asks about one table as one persona."""

    def __init__(
        self, layout: Layout, bench: Bench, world: World, player: Player, table: str
    ) -> None:
        self.layout = layout
        self.bench = bench
        self.world = world
        self.player = player
        self.table = table
        self.spec = layout.tables[table]
        self.target = name(self.spec.ref)
        self.access: TableAccess = layout.scope.tables[table]
        self.places = bench.places[table]
        self.key = key_text(self.places.columns)
        pairs = list(zip(bench.keys[table], bench.rows[table], strict=True))
        self.rows = pairs[:1] if player.persona.service else pairs

    @property
    def persona(self) -> Persona:
        """Return who asks."""
        return self.player.persona

    def all(self) -> Iterator[Question]:
        """Yield the questions about all four operations."""
        yield self._select()
        yield from self._insert()
        yield from self._update()
        yield from self._delete()
        if not self.persona.service:
            yield self._blind_update()
            yield self._blind_delete()

    def _question(
        self,
        operation: Operation,
        kind: Kind,
        statement: Statement,
        items: Sequence[Item],
        note: str = "",
    ) -> Question:
        return Question(self.player, self.table, operation, statement, kind, tuple(items), note)

    def _select(self) -> Question:
        text = f"select array_agg({self.key}) from {self.target}"
        columns = frozenset(self.places.columns)
        items = []
        rows = zip(self.bench.keys[self.table], self.bench.rows[self.table], strict=True)
        for index, (key, row) in enumerate(rows):
            verdict = may_select(self.world, self.persona, self.table, row, columns)
            where, values = self.places.at(index)
            items.append(Item(key, row, verdict, Statement(f"{text} where {where}", values)))
        closed = not self._may("select") and not self.persona.service
        return self._question("select", "closed" if closed else "keys", Statement(text), items)

    def _delete(self) -> Iterator[Question]:
        deleting = f"delete from {self.target}"
        verdicts = [may_delete(self.world, self.persona, self.table, row) for _, row in self.rows]
        yield from self._grouped("delete", verdicts, deleting, (), "")

    def _update(self) -> Iterator[Question]:
        allowed = self.access.updatable
        names_ = [c.name for c in self.spec.columns if c.generated is None]
        open_ = [n for n in names_ if allowed is None or n in allowed] or names_[:1]
        yield from self._change(open_[0], None)
        if not allowed or self.persona.service or not self._may("update"):
            return
        judged = [c for c in self.layout.judged_columns(self.table) if c in allowed]
        for name_ in judged[:_MOST_CHANGED]:
            found = dict.fromkeys(row[name_] for _, row in self.rows)
            for value in list(found)[:_MOST_VALUES]:
                yield from self._change(name_, {name_: value})

    def _change(self, column: str, change: Mapping[str, Any] | None) -> Iterator[Question]:
        """Set a column of every row to one value, or (None) to what it is."""
        to = frozenset({column})
        verdicts = [
            may_update(self.world, self.persona, self.table, row, {**row, **(change or {})}, to)
            for _, row in self.rows
        ]
        name_ = ident(column)
        if not change:
            setting = f"update {self.target} set {name_} = {name_}"
            yield from self._grouped("update", verdicts, setting, (), "")
            return
        value = value_text(change[column])
        setting = f"update {self.target} set {name_} = $1"
        note = f"set {name_} = {value_literal(change[column])}"
        yield from self._grouped("update", verdicts, setting, (value,), note)

    def _blind_delete(self) -> Question:
        reached = [
            evaluate(self.access.delete, self.world, self.persona, self.table, row) is True
            for _, row in self.rows
        ]
        count = sum(reached) if self._may("delete") else None
        return self._blind("delete", f"delete from {self.target}", (), count)

    def _blind_update(self) -> Question:
        allowed = self.access.updatable
        judged = self.layout.judged_columns(self.table)
        names_ = [c.name for c in self.spec.columns if c.generated is None]
        open_ = [n for n in names_ if allowed is None or n in allowed] or names_[:1]
        column = next((n for n in open_ if n not in judged), open_[0])
        value = self.rows[0][1][column] if self.rows else None
        statement = f"update {self.target} set {ident(column)} = $1"
        count: int | None = 0
        for _, row in self.rows:
            new = {**row, column: value}
            reach, leave = update_parts(self.world, self.persona, self.table, row, new)
            if reach is True:
                count = None if leave is not True or count is None else count + 1
        values = (value_text(value),)
        return self._blind("update", statement, values, count if self._may("update") else None)

    def _blind(
        self,
        operation: Operation,
        statement: str,
        values: tuple[str | None, ...],
        count: int | None,
    ) -> Question:
        text = f"with done as ({statement} returning 1) select array[count(*)::text] from done"
        note = "without naming rows"
        asked = Statement(text, values)
        return Question(self.player, self.table, operation, asked, "blind", (), note, count)

    def _grouped(
        self,
        operation: Operation,
        verdicts: Sequence[Verdict],
        doing: str,
        values: tuple[str | None, ...],
        note: str,
    ) -> Iterator[Question]:
        """Ask in one statement about all rows that must not end it, and about the others alone.

        ``doing`` lacks its ``where``; ``values`` are those of the parameters that it has.
        """

        def statement(where: str, at: tuple[str | None, ...]) -> Statement:
            text = f"{doing} where {where} returning {self.key} as known"
            done = f"with done as ({text}) select array_agg(known) from done"
            return Statement(done, (*values, *at))

        first = len(values) + 1
        items = [
            Item(key, row, verdict, statement(*self.places.at(index, first)))
            for index, ((key, row), verdict) in enumerate(zip(self.rows, verdicts, strict=True))
        ]
        closed = not (self._may(operation) and self._may("select")) and not self.persona.service
        together = [n for n, v in enumerate(verdicts) if closed or v is not Verdict.DENIED]
        if together or closed:
            asked = statement(*self.places.among(together, first))
            kind: Kind = "closed" if closed else "keys"
            yield self._question(operation, kind, asked, [items[n] for n in together], note)
        if not closed:
            refused = [i for i in items if i.expected is Verdict.DENIED]
            for item in _spread(refused, _MOST_REFUSED):
                yield self._question(operation, "keys", item.alone, [item], note)

    def _insert(self) -> Iterator[Question]:
        generated = {c.name for c in self.spec.columns if c.generated is not None}
        everything = frozenset(c.name for c in self.spec.columns) - generated
        open_ = everything if self.access.insertable is None else self.access.insertable
        if self.persona.service:
            open_ = everything
        columns = sorted(open_) or [self.spec.primary_key[0]]
        items = self._new_rows(columns)
        if not self.persona.service and not self._may("insert"):
            yield self._question("insert", "closed", items[0].alone, items[:1])
            return
        allowed = [i for i in items if i.expected is Verdict.ALLOWED]
        if allowed:
            listed = ", ".join(
                f"({', '.join(value_literal(i.row.get(c)) for c in columns)})" for i in allowed
            )
            together = Statement(self._inserting(columns, listed), again=False)
            yield self._question("insert", "insert", together, allowed)
        for item in items:
            if item.expected is not Verdict.ALLOWED:
                yield self._question("insert", "keys", item.alone, [item])
        owner = self.access.owner
        if owner and owner not in open_ and owner not in generated and not self.persona.service:
            yield self._forged(sorted({*open_, owner}), owner)

    def _forged(self, columns: Sequence[str], owner: str) -> Question:
        """Ask for a row in somebody else's name, where no client may write the owner."""
        others = [row for _, row in self.rows if str(row[owner]) != self.persona.user]
        row = others[0] if others else {}
        item = self._item(row, columns)
        return self._question("insert", "closed", item.alone, [item], f"with {owner} given")

    def _new_rows(self, columns: Sequence[str]) -> list[Item]:
        """Return copies of the rows, one for each case that a client can bring about."""
        judged = [c for c in self.layout.judged_columns(self.table) if c in columns]
        found: dict[tuple[Any, ...], Item] = {}
        for _, row in self.rows:
            case = tuple(str(row.get(c)) for c in judged)
            if case not in found:
                found[case] = self._item(row, columns, len(found))
        return list(found.values())[:_MOST_INSERTS] or [self._item({}, columns)]

    def _item(self, row: Row, columns: Sequence[str], number: int = 0) -> Item:
        new: dict[str, Any] = {}
        for column in self.spec.columns:
            if column.name in columns:
                new[column.name] = self._fresh(column.name, row, number)
            elif calls(self.spec, column.name):
                new[column.name] = self.persona.user
            else:
                new[column.name] = self.bench.defaults.get((self.table, column.name))
        verdict = may_insert(self.world, self.persona, self.table, new, frozenset(columns))
        values = tuple(value_text(new.get(c)) for c in columns)
        marks = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
        return Item("", new, verdict, Statement(self._inserting(columns, f"({marks})"), values))

    def _fresh(self, column: str, row: Row, number: int) -> Any:
        """Return a new id where the key is one, the row's own value elsewhere."""
        own = self.layout.plain_key(self.table) == column
        if own and self.layout.column(self.table, column).type == "uuid":
            return row_id(self.table, 1000 + number)
        return row.get(column)

    def _inserting(self, columns: Sequence[str], values: str) -> str:
        into = f"insert into {self.target} ({names(columns)}) values {values}"
        # A row that is there already is no matter of access; the policy has been asked by then.
        return f"with done as ({into} on conflict do nothing) select null::text[]"

    def _may(self, operation: Operation) -> bool:
        """Tell whether the persona's database role has the privilege at all."""
        return privileged(self.layout.scope, self.persona, self.table, operation)


def _spread(items: Sequence[Item], most: int) -> Sequence[Item]:
    """Return at most so many of the items, evenly from all of them."""
    step = -(-len(items) // most) if items else 1
    return items[::step]
