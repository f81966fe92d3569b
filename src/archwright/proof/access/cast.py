"""Who asks: members with every relation and role that the rules speak of, and those without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from archwright.blueprint.access_ast import Expr, atoms, columns_of
from archwright.blueprint.access_scope import Relation
from archwright.proof.access.layout import ROLES, Layout
from archwright.proof.access.predicates import Meaning, judges
from archwright.proof.access.values import NOW, member_id, telling_values
from archwright.proof.oracle import Persona, World, evaluate

BYSTANDERS = 4
"""Members who never ask: the other end of rows that must not relate two personas by accident."""


@dataclass(frozen=True, slots=True)
class Player:
    """A persona with the name under which reports speak of it."""

    name: str
    persona: Persona


@dataclass(frozen=True, slots=True)
class Link:
    """Rows that tie a member to others: ``mine`` holds the member, ``theirs`` each subject.

    Where ``theirs`` does not hold members it points at the first rows of its table instead.
    """

    table: str
    mine: str
    theirs: str
    member: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cast:
    """All members: ``subjects`` own what is looked at, ``players`` ask; ``names`` is by id."""

    players: tuple[Player, ...]
    subjects: tuple[str, ...]
    bystanders: tuple[str, ...]
    links: tuple[Link, ...]
    names: Mapping[str, str]

    @property
    def members(self) -> tuple[str, ...]:
        """Return everybody with an account: subjects, those who ask, bystanders."""
        asking = [p.persona.user for p in self.players if p.persona.user is not None]
        return tuple(dict.fromkeys((*self.subjects, *asking, *self.bystanders)))

    @property
    def asking(self) -> tuple[str, ...]:
        """Return the members among the players."""
        return tuple(p.persona.user for p in self.players if p.persona.user is not None)


def make_cast(layout: Layout, subjects: int) -> Cast:
    """Return the cast for the declared relations and roles, with a number of subjects."""
    maker = _Maker(subjects)
    for relation in sorted(layout.scope.relations.values(), key=lambda r: r.name):
        if relation.table in layout.tables:
            maker.relation(relation, layout)
    for role in sorted(layout.scope.roles):
        maker.role(role)
    maker.withholding(layout)
    return maker.cast()


class _Maker:
    def __init__(self, subjects: int) -> None:
        self.count = 0
        self.names: dict[str, str] = {}
        labels = ["owner", *(f"owner {n}" for n in range(2, subjects + 1))]
        self.subjects = tuple(self._member(label) for label in labels)
        self.players = [Player("anonymous", Persona())]
        self._player("member", "member")
        self.players.append(Player("owner", Persona(self.subjects[0])))
        self.links: list[Link] = []

    def _member(self, name: str) -> str:
        self.count += 1
        self.names[member_id(self.count)] = name
        return member_id(self.count)

    def _player(self, name: str, shown: str, roles: frozenset[str] = frozenset()) -> str:
        member = self._member(shown)
        self.players.append(Player(name, Persona(member, roles)))
        return member

    def relation(self, relation: Relation, layout: Layout) -> None:
        """Add who is related, who is by a row that the condition refuses, and the other end."""
        kinds = [(relation.name, relation.me, relation.other, True)]
        if relation.where is not None:
            kinds.append((f"not yet {relation.name}", relation.me, relation.other, False))
        if not relation.either and layout.is_member(relation.table, relation.other):
            kinds.append((f"other end of {relation.name}", relation.other, relation.me, True))
        for name, mine, theirs, wanted in kinds:
            values = values_for(relation.where, relation.table, layout, wanted=wanted)
            if values is None or self._there(relation.table, mine, theirs, values):
                continue
            member = self._player(name, name)
            self.links.append(Link(relation.table, mine, theirs, member, values))

    def _there(self, table: str, mine: str, theirs: str, values: Mapping[str, Any]) -> bool:
        wanted = (table, mine, theirs, values)
        return any((k.table, k.mine, k.theirs, k.values) == wanted for k in self.links)

    def role(self, role: str) -> None:
        """Add a member who holds a role."""
        member = self._player(role, role, frozenset({role}))
        self.links.append(Link(ROLES, "user_id", "role", member, {"role": role}))

    def withholding(self, layout: Layout) -> None:
        """Add members from whom roles or uploads are withheld; from the others with roles nothing.

        One with all roles shows whether any of them still counts.
        """
        for name, predicate in sorted(layout.scope.predicates.items()):
            meaning = layout.meanings.get(name)
            if not predicate.withholds or meaning is None or meaning.table not in layout.tables:
                continue
            free = [p.persona.user for p in self.players if p.persona.roles or p.name == "member"]
            shown = f"{name} staff" if "roles" in predicate.withholds else name
            roles = layout.scope.roles if "roles" in predicate.withholds else frozenset[str]()
            held = self._player(shown, shown, roles)
            for role in sorted(roles):
                self.links.append(Link(ROLES, "user_id", "role", held, {"role": role}))
            for member in (held, *(m for m in free if m is not None)):
                self._withheld(meaning, member, layout, wanted=member == held)

    def _withheld(self, meaning: Meaning, member: str, layout: Layout, *, wanted: bool) -> None:
        mine = layout.scope.tables[meaning.table].owner
        values = values_for(
            meaning.rule, meaning.table, layout, wanted=wanted, of=Persona(member), own=mine
        )
        if values is not None and mine:
            self.links.append(Link(meaning.table, mine, mine, member, values))

    def cast(self) -> Cast:
        """Return the finished cast; the service comes last."""
        bystanders = tuple(self._member(f"bystander {n + 1}") for n in range(BYSTANDERS))
        players = (*self.players, Player("service", Persona(service=True)))
        return Cast(players, self.subjects, bystanders, tuple(self.links), dict(self.names))


def values_for(
    where: Expr | None,
    table: str,
    layout: Layout,
    *,
    wanted: bool,
    of: Persona = Persona(),  # noqa: B008
    own: str = "",
) -> dict[str, Any] | None:
    """Return values of a row for which a condition holds, or does not; None: no such.

    ``own`` is the column that holds ``of``, where the condition is about who asks.
    """
    if where is None:
        return {}
    here = layout.tables[table]
    names = dict.fromkeys(c.name for atom in atoms(where) for c in columns_of(atom))
    columns = [column for n in names if (column := here.column(n)) is not None]
    choices = [telling_values(c, atoms(where), layout.scope.enums.get(c.type, ())) for c in columns]
    world = World(layout.scope, {}, NOW, judges(layout.meanings, lambda: world))
    for chosen in product(*choices):
        row = {column.name: value for column, value in zip(columns, chosen, strict=True)}
        row |= {own: of.user} if own else {}
        if (evaluate(where, world, of, table, row) is True) is wanted:
            return row
    return None
