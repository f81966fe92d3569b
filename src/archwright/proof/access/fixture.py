"""The fixture world: rows that bring about every case that the declared rules tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from archwright.proof.access.arc_values import settle, told, with_arcs
from archwright.proof.access.cast import Cast, Link, make_cast
from archwright.proof.access.layout import ROLES, Layout
from archwright.proof.access.pairwise import pairwise
from archwright.proof.access.predicates import judges
from archwright.proof.access.tree_values import hang, path_rows
from archwright.proof.access.values import NOW, plain_value, row_id, telling_values
from archwright.proof.oracle import Row, World, evaluate, update_parts
from archwright.schema.arcs import arc_columns, arcs

COVERING = 24
"""Rows of one table that cover pairs of values."""
OWNED = 16
"""Rows of one table beyond those: one for each persona in each column that holds members."""
ORPHANED = 3
"""Rows of one table beyond those that are nobody's any more, where its owner can go."""
TOLD_APART = 8
"""Rows of one table beyond those, each open to other personas than all before."""
SAMPLED = 150
"""Combinations of values among which these are looked for."""
MOST_SUBJECTS = 4
MOST_PARENTS = 8
_LINKED_ROWS = 2
_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Fixture:
    """Rows by table in an order in which they may be written, and who is in them.

    A column with a default that no rule depends on is left to the database.
    """

    cast: Cast
    rows: Mapping[str, Sequence[Row]]


def make_fixture(layout: Layout) -> Fixture:
    """Return the fixture world of an architecture: always the same for the same rules."""
    subjects = 1
    for table, key in layout.by_member.items():
        axes = _Builder(layout, make_cast(layout, 1)).axes(table, without=key)
        subjects = max(subjects, len(pairwise(axes, MOST_SUBJECTS)))
    builder = _Builder(layout, make_cast(layout, subjects))
    for table in layout.order:
        builder.build(table)
    return Fixture(builder.cast, builder.rows)


class _Builder:
    def __init__(self, layout: Layout, cast: Cast) -> None:
        self.layout = layout
        self.cast = cast
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.seen: dict[str, dict[int, Row]] = {}
        self.paths = {t.paths.name: t for t in layout.schema.trees}
        self.parents = {t.table.name: t for t in layout.schema.trees}
        self.linked = frozenset(r.table for r in layout.scope.relations.values()) | {ROLES}

    def build(self, table: str) -> None:
        """Add the rows of one table."""
        self.rows[table] = []
        for link in self.cast.links:
            if link.table == table:
                self._link(link)
        if table in self.paths:
            for row in path_rows(self.paths[table], self.rows[self.paths[table].table.name]):
                self._add(table, row)
        if table == ROLES or table in self.paths:
            return  # any other row would give somebody a role by accident
        key = self.layout.by_member.get(table)
        axes = self.axes(table, without=key)
        combinations = pairwise(axes, COVERING)
        if key is not None:
            for number, member in enumerate(self.cast.members):
                self._add(table, {**combinations[number % len(combinations)], key: member})
            return
        if self.layout.plain_key(table) is not None:
            # Others may belong to one of them and not to another, though nothing tells them apart.
            combinations = (combinations * _OTHERS)[: max(len(combinations), _OTHERS)]
        for chosen in combinations:
            self._add(table, chosen)
        self._owned(table, axes)
        self._orphaned(table, axes)
        if table not in self.linked:
            self._told_apart(table, axes)

    def axes(self, table: str, without: str | None) -> dict[str, list[Any]]:
        """Return the values that tell the rules' cases apart, for each column that they judge."""
        plain_key = self.layout.plain_key(table)
        found = {
            column: self._values(table, column)
            for column in self.layout.judged_columns(table)
            if column not in {without, plain_key}
        }
        listed = arcs(self.layout.tables[table])
        return with_arcs(found, listed, lambda column: self._plain(table, column, 0))

    def _values(self, table: str, name: str) -> list[Any]:
        column = self.layout.column(table, name)
        if self.layout.is_member(table, name):
            return self._or_null(table, name, self.cast.subjects)
        reference = self.layout.reference(table, name)
        if reference is not None:
            return self._or_null(table, name, self._representatives(*reference))
        found = telling_values(
            column, self.layout.atoms(table), self.layout.scope.enums.get(column.type, ())
        )
        return [*self._matched(table, name), *found]

    def _or_null(self, table: str, name: str, values: Sequence[Any]) -> list[Any]:
        found = list(values) or [row_id(name, 0)]
        return found if self.layout.column(table, name).not_null else [*found, None]

    def _matched(self, table: str, name: str) -> list[Any]:
        """Return values by which a predicate that takes this column finds its rows."""
        found: dict[Any, None] = {}
        for atom in self.layout.atoms(table):
            meaning = self.layout.meanings.get(getattr(atom, "name", ""))
            if meaning is None:
                continue
            for argument, match in zip(getattr(atom, "arguments", ()), meaning.match, strict=False):
                if argument.name == name:
                    rows = self.rows.get(meaning.table, ())
                    found |= {row.get(match): None for row in rows if row.get(match) is not None}
        return list(found)[:_OTHERS]

    def _representatives(self, table: str, key: str) -> list[Any]:
        """Return keys of rows with which members may do different things."""
        rows = self.rows.get(table)
        if not rows:
            # A circle of references: the ids of rows to come are known.
            return [row_id(table, n) for n in range(_OTHERS)]
        world = self.world()
        actions = self.layout.parent_actions.get(table, ("select",))
        classes: dict[tuple[object, ...], Any] = {}
        for row in rows:
            told = tuple(self._verdict(world, table, row, action) for action in actions)
            classes.setdefault(told, row.get(key))
        alike = [row.get(key) for row in rows[:_OTHERS]] if len(classes) < _OTHERS else []
        found = dict.fromkeys((*classes.values(), *alike))
        return [value for value in found if value is not None][:MOST_PARENTS]

    def _verdict(self, world: World, table: str, row: Row, action: str) -> tuple[object, ...]:
        here = self.layout.scope.tables[table]
        players = [p.persona for p in self.cast.players if not p.persona.service]
        if action == "update":
            return tuple(update_parts(world, p, table, row, row)[0] is True for p in players)
        rule = here.select if action == "select" else here.delete
        return tuple(evaluate(rule, world, p, table, row) is True for p in players)

    def world(self) -> World:
        """Return what there is so far, for the oracle."""
        for name, listed in self.rows.items():
            if name not in self.seen or len(self.seen[name]) != len(listed):
                self.seen[name] = dict(enumerate(listed))
        rows = dict(self.seen)
        world = World(self.layout.scope, rows, NOW, judges(self.layout.meanings, lambda: world))
        return world

    def _link(self, link: Link) -> None:
        if link.table not in self.layout.tables:
            return
        if link.theirs in link.values:
            self._add(link.table, {**link.values, link.mine: link.member}, bind=False)
            return
        ends: Sequence[Any] = self.cast.subjects
        if not self.layout.is_member(link.table, link.theirs):
            reference = self.layout.reference(link.table, link.theirs)
            rows = self.rows.get(reference[0], []) if reference else []
            ends = [row[reference[1]] for row in rows[:_LINKED_ROWS]] if reference else []
        for end in ends:
            chosen = {**link.values, link.mine: link.member, link.theirs: end}
            self._add(link.table, chosen, bind=False)

    def _owned(self, table: str, axes: Mapping[str, Sequence[Any]]) -> None:
        """Add a row for each persona in each column of members, the other columns taking turns."""
        members = {c for c in arc_columns(self.layout.tables[table]) if c not in axes}
        columns = [c for c in (*axes, *sorted(members)) if self.layout.is_member(table, c)]
        turns = [(column, member) for column in columns for member in self.cast.asking]
        for number, (column, member) in enumerate(turns[:OWNED]):
            chosen = {name: values[number % len(values)] for name, values in axes.items()}
            self._add(table, {**chosen, column: member})

    def _orphaned(self, table: str, axes: Mapping[str, Sequence[Any]]) -> None:
        """Add rows without an owner that differ in who may see them, the most open ones first.

        A rule about the owner is unknown there. On rows that are closed for other reasons it would
        not be noticed, should the database take that otherwise than the rules mean it.
        """
        owner = self.layout.scope.tables[table].owner
        if None not in axes.get(owner, ()):
            return
        world = self.world()
        found: dict[tuple[object, ...], dict[str, Any]] = {}
        for chosen in _sample({**axes, owner: [None]}, SAMPLED):
            told = self._verdict(world, table, self._filled(table, chosen, 0), "select")
            found.setdefault(told, chosen)
        for told in sorted(found, key=lambda told: -sum(map(bool, told)))[:ORPHANED]:
            self._add(table, found[told])

    def _told_apart(self, table: str, axes: Mapping[str, Sequence[Any]]) -> None:
        """Add rows that are open to another set of personas than every row so far.

        Pairs of values leave out what takes three at once: a row that all but one may see.
        """
        world = self.world()
        known = {self._verdict(world, table, row, "select") for row in self.rows[table]}
        more = 0
        for chosen in _sample(axes, SAMPLED):
            told = self._verdict(world, table, self._filled(table, chosen, 0), "select")
            if told not in known and more < TOLD_APART:
                known.add(told)
                more += 1
                self._add(table, chosen)

    def _add(self, table: str, chosen: Mapping[str, Any], *, bind: bool = True) -> None:
        """Add a row with the chosen values and plain ones elsewhere, unless its key is taken."""
        number = len(self.rows[table])
        row = self._filled(table, chosen, number)
        if bind and table in self.linked:
            self._keep_apart(table, row, number)
        keys = {self.layout.tables[table].primary_key, self.layout.identity(table)}
        if not any(
            all(other.get(column) == row.get(column) for column in key)
            for other in self.rows[table]
            for key in keys
        ):
            self.rows[table].append(row)

    def _filled(self, table: str, chosen: Mapping[str, Any], number: int) -> dict[str, Any]:
        spec = self.layout.tables[table]
        values = told(chosen)
        row: dict[str, Any] = {}
        for column in spec.columns:
            name = column.name
            if name in values:
                row[name] = values[name]
            elif column.generated is not None:
                continue
            elif name in spec.primary_key:
                row[name] = self._key(table, name, number)
            elif column.default is not None and "auth.uid" not in column.default:
                continue
            else:
                row[name] = self._plain(table, name, number) if column.not_null else None
        if table in self.parents:
            hang(row, self.parents[table], self.rows[table])
        settle(row, arcs(spec), chosen, number, lambda name: self._plain(table, name, number))
        return row

    def _key(self, table: str, name: str, number: int) -> Any:
        if self.layout.plain_key(table) == name and self.layout.column(table, name).type == "uuid":
            return row_id(table, number)
        return self._plain(table, name, number)

    def _plain(self, table: str, name: str, number: int) -> Any:
        if self.layout.is_member(table, name):
            return self.cast.subjects[0]
        reference = self.layout.reference(table, name)
        if reference is not None:
            rows = self.rows.get(reference[0])
            return rows[number % len(rows)].get(reference[1]) if rows else row_id(reference[0], 0)
        column = self.layout.column(table, name)
        labels = self.layout.scope.enums.get(column.type, ())
        return plain_value(column, labels, number)

    def _keep_apart(self, table: str, row: dict[str, Any], number: int) -> None:
        """Put a bystander at the other end of a row that would relate two of the cast."""
        for relation in self.layout.scope.relations.values():
            if relation.table != table or not self.layout.is_member(table, relation.other):
                continue
            ends = (row.get(relation.me), row.get(relation.other))
            if None not in ends and not set(ends) & set(self.cast.bystanders):
                row[relation.other] = self.cast.bystanders[number % len(self.cast.bystanders)]


def _sample(axes: Mapping[str, Sequence[Any]], most: int) -> Iterator[dict[str, Any]]:
    """Yield combinations of values: all, or so many of them evenly from the whole."""
    total = prod(len(values) for values in axes.values())
    for place in range(min(total, most)):
        number = place * total // min(total, most)
        chosen = {}
        for name, values in axes.items():
            number, index = divmod(number, len(values))
            chosen[name] = values[index]
        yield chosen
