"""Evaluates access rules over fixture rows: what the declared rules mean, with no SQL in sight.

It shares the syntax tree and the declarations with the SQL compiler and nothing else, so that the
access matrix proves the one against the other. Truth is three-valued: None is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias
from uuid import UUID

from archwright.blueprint.access_ast import (
    OWNER,
    And,
    Atom,
    Boolean,
    Column,
    Compare,
    Expr,
    HasRole,
    Integer,
    IsNull,
    Member,
    Nobody,
    Not,
    Now,
    OneOf,
    Or,
    Owner,
    Parent,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
    versions_of,
)
from archwright.blueprint.access_scope import Relation, Scope, Withheld

Truth: TypeAlias = bool | None
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Persona:
    """Who asks: a member by id, an anonymous caller (``user`` None), or the service."""

    user: str | None = None
    roles: frozenset[str] = frozenset()
    service: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Fixture rows by table and key, under declared rules, at a fixed time.

    Member ids are text; times are aware datetimes. ``predicates`` holds a pack's truth tables:
    each gets the persona and the values of the named columns.
    """

    scope: Scope
    rows: Mapping[str, Mapping[Any, Row]]
    now: datetime
    predicates: Mapping[str, Callable[[Persona, tuple[Any, ...]], Truth]] = field(
        default_factory=dict
    )
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Look-ups that many questions share; a world whose rows change needs a new one."""


def evaluate(
    expr: Expr,
    world: World,
    persona: Persona,
    table: str,
    row: Row,
    old: Row | None = None,
    new: Row | None = None,
) -> Truth:
    """Return True, False or None (unknown) for a rule on one row of a table.

    ``old`` and ``new`` are the rows of an update; where a rule speaks of one that is not at hand,
    that part is taken as granted. Raises ValueError where rows refer to one another in a circle
    that a rule would follow for ever.
    """
    return _Judge(world, persona, frozenset()).truth(expr, _Rows(table, row, old, new))


def update_parts(
    world: World, persona: Persona, table: str, old: Row, new: Row
) -> tuple[Truth, Truth]:
    """Return whether an update may reach the old row, and whether it may leave the new one."""
    here = world.scope.tables[table]
    judge = _Judge(world, persona, frozenset())
    reach = judge.truth(here.update, _Rows(table, old, old, None))
    leave = _all(
        (
            judge.truth(here.update, _Rows(table, new, None, new)),
            judge.truth(here.update_check, _Rows(table, new, None, new)),
            judge.truth(here.update, _Rows(table, new, old, new)),
        )
    )
    return reach, leave


def withheld(world: World, persona: Persona, what: Withheld) -> bool:
    """Tell whether a predicate that holds for a member keeps roles, or uploads, from them."""
    if persona.user is None:
        return False
    key = ("withheld", what, persona)
    if key not in world.memo:
        names = world.scope.withholding(what)
        world.memo[key] = any(world.predicates[name](persona, ()) is True for name in names)
    found: bool = world.memo[key]
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    table: str
    row: Row
    old: Row | None = None
    new: Row | None = None

    def of(self, column: Column) -> Row:
        chosen = {"old": self.old, "new": self.new}.get(column.version, self.row)
        return chosen if chosen is not None else {}


@dataclass(frozen=True, slots=True)
class _Judge:
    world: World
    persona: Persona
    visited: frozenset[tuple[str, str, int]]

    def truth(self, expr: Expr, rows: _Rows, *, granting: bool = True) -> Truth:
        if isinstance(expr, And):
            return _all(self.truth(item, rows, granting=granting) for item in expr.items)
        if isinstance(expr, Or):
            return _any(self.truth(item, rows, granting=granting) for item in expr.items)
        if isinstance(expr, Not):
            inner = self.truth(expr.item, rows, granting=not granting)
            return None if inner is None else not inner
        if (rows.old is None or rows.new is None) and self._lacks(expr, rows):
            return granting
        if isinstance(expr, Compare | OneOf | IsNull):
            return self._about_values(expr, rows)
        return self._about_caller(expr, rows)

    def _lacks(self, atom: Atom, rows: _Rows) -> bool:
        """Tell whether an atom speaks of a row of an update that is not at hand."""
        key = ("versions", id(atom))
        if key not in self.world.memo:
            # With the atom itself, so that its identity stays its own.
            self.world.memo[key] = (versions_of(atom), atom)
        named = self.world.memo[key][0]
        return ("old" in named and rows.old is None) or ("new" in named and rows.new is None)

    def _about_caller(self, atom: Expr, rows: _Rows) -> Truth:
        match atom:
            case Public():
                answer: Truth = True
            case Member():
                answer = self.persona.user is not None
            case HasRole(names):
                answer = any(self._holds(n) for n in names) and self._has_roles()
            case Owner():
                answer = self._is_me(Column(self.world.scope.tables[rows.table].owner), rows)
            case Self(column):
                answer = self._is_me(column, rows)
            case Related(relation, path):
                answer = self._related(relation, path, rows)
            case Parent(column_name, action):
                answer = self._parent(column_name, action, rows)
            case Predicate(name, arguments):
                answer = self._predicate(name, arguments, rows)
            case _:
                answer = False if isinstance(atom, Nobody) else None
        return answer

    def _has_roles(self) -> bool:
        """Tell whether nothing withholds from the caller the roles that were given."""
        return self.persona.user is not None and not withheld(self.world, self.persona, "roles")

    def _holds(self, role: str) -> bool:
        """Tell whether the caller has a role, or one in which it is included, step by step."""
        scope = self.world.scope
        reached = [role] if role in scope.roles else []
        for found in reached:
            more = (r for r in scope.inclusions.get(found, ()) if r in scope.roles)
            reached += [r for r in more if r not in reached]
        return not self.persona.roles.isdisjoint(reached)

    def _about_values(self, atom: Compare | OneOf | IsNull, rows: _Rows) -> Truth:
        if isinstance(atom, IsNull):
            return (self._value(atom.column, rows) is None) != atom.negated
        if isinstance(atom, OneOf):
            left = self._value(atom.column, rows)
            return _any([_compare(left, "=", _literal(value)) for value in atom.values])
        left = self._value(atom.left, rows)
        match atom.right:
            case Column() as column:
                right = self._value(column, rows)
            case Now():
                is_time = left is None or isinstance(left, datetime)
                right = self.world.now if is_time else self.world.now.date()
            case literal:
                right = _literal(literal)
        return _compare(left, atom.op, right)

    def _value(self, column: Column, rows: _Rows) -> Any:
        kinds = self.world.scope.tables[rows.table].columns
        if column.name not in kinds:
            return None
        value = plain(rows.of(column).get(column.name))
        folds = kinds[column.name].endswith("citext") and isinstance(value, str)
        return _Folded(value) if folds else value

    def _is_me(self, column: Column, rows: _Rows) -> Truth:
        return _compare(self._value(column, rows), "=", self.persona.user)

    def _related(self, relation: str, path: Path, rows: _Rows) -> Truth:
        declared = self.world.scope.relations.get(relation)
        if declared is None or declared.table not in self.world.scope.tables:
            return False
        if path.hop:
            beyond = self._parent_row(path.hop, rows)
            if beyond is None:
                return False
            # A row that the caller may not see is no evidence of anything.
            return _all((self._visible(beyond), self._among(declared, path, beyond))) is True
        return self._among(declared, path, rows)

    def _among(self, relation: Relation, path: Path, rows: _Rows) -> Truth:
        table = self.world.scope.tables[rows.table]
        column = table.owner if path.column == OWNER else path.column
        if column not in table.columns:
            return None
        found = plain(rows.row.get(column))
        return found is not None and found in self._members(relation)

    def _members(self, relation: Relation) -> frozenset[str]:
        me = self.persona.user
        if me is None:
            return frozenset()
        key = (relation.name, self.persona)
        if key not in self.world.memo:
            self.world.memo[key] = self._listed(relation, me)
        members: frozenset[str] = self.world.memo[key]
        return members

    def _listed(self, relation: Relation, me: str) -> frozenset[str]:
        found: set[str] = set()
        for row in self.world.rows.get(relation.table, {}).values():
            if relation.where is not None:
                holds = self.truth(relation.where, _Rows(relation.table, row))
                if holds is not True:
                    continue
            ends = (plain(row.get(relation.me)), plain(row.get(relation.other)))
            for mine, theirs in (ends, ends[::-1]) if relation.either else (ends,):
                if mine == me and theirs is not None:
                    found.add(theirs)
        return frozenset(found)

    def _parent(self, column: str, action: str, rows: _Rows) -> Truth:
        beyond = self._parent_row(column, rows)
        if beyond is None:
            return False
        answers = [self._visible(beyond)]
        rules = self.world.scope.tables[beyond.table]
        if action == "update":
            reached = _Rows(beyond.table, beyond.row, beyond.row, None)
            answers.append(self._inside("update", beyond).truth(rules.update, reached))
        if action == "delete":
            answers.append(self._inside("delete", beyond).truth(rules.delete, beyond))
        return _all(answers) is True

    def _visible(self, rows: _Rows) -> Truth:
        # Only rows of the world come here, so that each is known by its identity.
        key = (self.persona, rows.table, id(rows.row))
        if key not in self.world.memo:
            rule = self.world.scope.tables[rows.table].select
            self.world.memo[key] = self._inside("select", rows).truth(rule, rows)
        seen: Truth = self.world.memo[key]
        return seen

    def _inside(self, action: str, rows: _Rows) -> _Judge:
        step = (rows.table, action, id(rows.row))
        if step in self.visited:
            raise ValueError(f"rows of {rows.table} refer to one another in a circle")
        return _Judge(self.world, self.persona, self.visited | {step})

    def _parent_row(self, column: str, rows: _Rows) -> _Rows | None:
        key = self.world.scope.tables[rows.table].foreign_keys.get(column)
        value = plain(rows.row.get(column))
        if key is None or key.table not in self.world.scope.tables or value is None:
            return None
        beyond = self._by_column(key.table, key.column).get(value)
        return _Rows(key.table, beyond) if beyond is not None else None

    def _by_column(self, table: str, column: str) -> Mapping[Any, Row]:
        key = ("rows", table, column)
        if key not in self.world.memo:
            rows = reversed(list(self.world.rows.get(table, {}).values()))
            self.world.memo[key] = {plain(row.get(column)): row for row in rows}
        found: Mapping[Any, Row] = self.world.memo[key]
        return found

    def _predicate(self, name: str, arguments: tuple[Column, ...], rows: _Rows) -> Truth:
        rule = self.world.scope.predicates.get(name)
        if rule is None or (self.persona.user is None and not rule.anonymous):
            return False
        kinds = self.world.scope.tables[rows.table].columns
        if any(argument.name not in kinds for argument in arguments):
            return None
        values = tuple(plain(rows.of(a).get(a.name)) for a in arguments)
        key = ("predicate", name, self.persona, values)
        if key not in self.world.memo:
            self.world.memo[key] = self.world.predicates[name](self.persona, values)
        answer: Truth = self.world.memo[key]
        return answer


class _Folded(str):
    """A case-insensitive text."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.casefold() == other.casefold()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.casefold())


def _all(values: Iterable[Truth]) -> Truth:
    answer: Truth = True
    for value in values:
        if value is False:
            return False
        answer = None if value is None else answer
    return answer


def _any(values: Iterable[Truth]) -> Truth:
    answer: Truth = False
    for value in values:
        if value is True:
            return True
        answer = None if value is None else answer
    return answer


def _literal(value: Text | Integer | Boolean) -> str | int | bool:
    return value.value


def plain(value: Any) -> Any:
    """Return ids as text and whole decimals as they are, so that equal means equal."""
    if isinstance(value, UUID):
        return str(value)
    return value if not isinstance(value, float) else Decimal(str(value))


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def _compare(left: Any, operator: str, right: Any) -> Truth:
    if left is None or right is None:
        return None
    return bool(_OPERATORS[operator](left, right))
