"""Reads and rearranges access expressions: names used, conjunction, folding to what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archwright.blueprint.access_ast import (
    OWNER,
    And,
    Atom,
    Expr,
    HasRole,
    IsNull,
    Nobody,
    Not,
    Or,
    Owner,
    Parent,
    Path,
    Predicate,
    Public,
    Related,
    Version,
    atoms,
    columns_of,
    versions_of,
)


@dataclass(frozen=True, slots=True)
class References:
    """Everything that an expression names.

    ``columns`` are the row's own, foreign keys included; ``hops`` pairs of foreign key and the
    column read beyond it; ``parents`` pairs of foreign key and action; ``owner``: the owner counts.
    """

    relations: frozenset[str]
    predicates: frozenset[str]
    columns: frozenset[str]
    roles: frozenset[str]
    parents: frozenset[tuple[str, str]]
    hops: frozenset[tuple[str, str]]
    versions: frozenset[Version]
    owner: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What one table has in the present phase.

    ``parents`` maps each foreign key to the columns of the table that it points at, where that
    table is there; ``owner`` tells whether the table has an owner column, ``parent_owners`` the
    foreign keys whose target has one.
    """

    relations: frozenset[str] = frozenset()
    predicates: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owner: bool = False
    parent_owners: frozenset[str] = frozenset()


def references(expr: Expr) -> References:
    """Collect the names that an expression uses."""
    found = list(atoms(expr))
    paths = [a.path for a in found if isinstance(a, Related)]
    parents = frozenset((a.column, a.action) for a in found if isinstance(a, Parent))
    own = {p.column for p in paths if not p.hop and p.column != OWNER} | {
        p.hop for p in paths if p.hop
    }
    return References(
        relations=frozenset(a.relation for a in found if isinstance(a, Related)),
        predicates=frozenset(a.name for a in found if isinstance(a, Predicate)),
        columns=frozenset(c.name for a in found for c in columns_of(a))
        | own
        | {column for column, _ in parents},
        roles=frozenset(n for a in found if isinstance(a, HasRole) for n in a.names),
        parents=parents,
        hops=frozenset((p.hop, p.column) for p in paths if p.hop),
        versions=frozenset(v for a in found for v in versions_of(a)),
        owner=any(isinstance(a, Owner) for a in found)
        or any(p.column == OWNER and not p.hop for p in paths),
    )


def conjoin(*exprs: Expr) -> Expr:
    """Return ``a and b ...``, flat, without repetition; nothing at all is ``public``."""
    items = _flat(And, exprs)
    if any(isinstance(e, Nobody) for e in items):
        return Nobody()
    return _joined(And, Public(), [e for e in items if not isinstance(e, Public)])


def disjoin(*exprs: Expr) -> Expr:
    """Return ``a or b ...``, flat, without repetition; nothing at all is ``nobody``."""
    items = _flat(Or, exprs)
    if any(isinstance(e, Public) for e in items):
        return Public()
    return _joined(Or, Nobody(), [e for e in items if not isinstance(e, Nobody)])


def negate(expr: Expr) -> Expr:
    """Return ``not a``; double negation and constants fold. Unknown stays unknown."""
    match expr:
        case Not(item):
            return item
        case Public():
            return Nobody()
        case Nobody():
            return Public()
        case _:
            return Not(expr)


def simplify(expr: Expr, known: Known | None = None) -> Expr:
    """Fold constants and, given ``known``, whatever the present phase lacks.

    A relation, role, predicate or foreign key that is not there grants nobody, so `not` of it
    grants everybody: without blocks, nobody is blocked. A column that is not there is null:
    `is null` holds, and a comparison is unknown, which never grants, also under `not`.
    """
    return _fold(expr, known, granting=True)


def _fold(expr: Expr, known: Known | None, *, granting: bool) -> Expr:
    match expr:
        case Not(item):
            return negate(_fold(item, known, granting=not granting))
        case And(items):
            return conjoin(*(_fold(item, known, granting=granting) for item in items))
        case Or(items):
            return disjoin(*(_fold(item, known, granting=granting) for item in items))
        case _:
            return expr if known is None else _present(expr, known, granting=granting)


def _present(atom: Atom, known: Known, *, granting: bool) -> Expr:
    """Return the atom, or the constant that stands for it where its names are missing."""
    unknown: Expr = Nobody() if granting else Public()
    missing = any(column.name not in known.columns for column in columns_of(atom))
    match atom:
        case HasRole(names):
            kept = tuple(name for name in names if name in known.roles)
            kept_atom: Expr = HasRole(kept) if kept else Nobody()
        case Related(relation, path):
            there = relation in known.relations and (not path.hop or _beyond(path, known))
            kept_atom = atom if there else Nobody()
            if there and not path.hop and not _own_member(path, known):
                kept_atom = unknown
        case Parent(column, _):
            kept_atom = atom if column in known.parents else Nobody()
        case Predicate(name, _) if name not in known.predicates:
            kept_atom = Nobody()
        case Owner():
            kept_atom = atom if known.owner else unknown
        case IsNull(_, negated) if missing:
            kept_atom = Nobody() if negated else Public()
        case _:
            kept_atom = unknown if missing else atom
    return kept_atom


def _own_member(path: Path, known: Known) -> bool:
    return known.owner if path.column == OWNER else path.column in known.columns


def _beyond(path: Path, known: Known) -> bool:
    if path.column == OWNER:
        return path.hop in known.parent_owners
    return path.column in known.parents.get(path.hop, frozenset())


def _flat(kind: type[And | Or], exprs: Iterable[Expr]) -> list[Expr]:
    items: list[Expr] = []
    for expr in exprs:
        parts = _flat(kind, expr.items) if isinstance(expr, kind) else [expr]
        items.extend(part for part in parts if part not in items)
    return items


def _joined(kind: type[And | Or], empty: Expr, items: list[Expr]) -> Expr:
    if not items:
        return empty
    return items[0] if len(items) == 1 else kind(tuple(items))
