"""The access language: who may do what to a row, as short text.

    owner or role(moderator) or (status = 'ready' and related(follower_of, video_id.author_id))

Atoms: ``public``, ``member``, ``nobody``, ``owner``, ``self(column)``, ``role(a, b)``,
``related(relation, path)``, ``parent(fk may select|update|delete)``, ``predicate(name, column)``,
comparisons, ``in``, ``is [not] null``. ``not`` binds tighter than ``and``, ``and`` than ``or``.
Truth is three-valued as in SQL; what is unknown is not granted.
"""

from __future__ import annotations

from archwright.blueprint.access_algebra import (
    Known,
    References,
    conjoin,
    disjoin,
    negate,
    references,
    simplify,
)
from archwright.blueprint.access_ast import Expr
from archwright.blueprint.access_check import check, check_relation
from archwright.blueprint.access_parser import parse
from archwright.blueprint.access_scope import (
    OPERATIONS,
    ForeignKey,
    Operation,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
)
from archwright.blueprint.access_text import render

__all__ = [
    "OPERATIONS",
    "Expr",
    "ForeignKey",
    "Known",
    "Operation",
    "PredicateRule",
    "References",
    "Relation",
    "Scope",
    "TableAccess",
    "check",
    "check_relation",
    "conjoin",
    "disjoin",
    "negate",
    "parse",
    "references",
    "render",
    "simplify",
]
