"""What named predicates mean, from their second wording in the access language; never the SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archwright.blueprint.access import parse, simplify
from archwright.blueprint.access_ast import Expr
from archwright.blueprint.access_scope import Scope
from archwright.diagnostics import Place
from archwright.plan.restrict import Restricted
from archwright.proof.oracle import Persona, Truth, World, evaluate, plain


@dataclass(frozen=True, slots=True)
class Meaning:
    """A predicate holds where a row of ``table`` matches the arguments and ``rule`` holds on it."""

    table: str
    match: tuple[str, ...]
    rule: Expr


def meanings(app: Restricted, scope: Scope) -> dict[str, Meaning]:
    """Return the meaning of every predicate of the scope; its words were checked by the architect.

    Raises ValueError where a wording does not parse, which is a bug of the caller.
    """
    found: dict[str, Meaning] = {}
    for instance in app.instances:
        for name, spec in instance.manifest.predicates.items():
            if name not in scope.predicates:
                continue
            rule, problems = parse(spec.same_as, Place())
            if rule is None:
                raise ValueError(f"predicate {name}: {problems[0].message}")
            if spec.table in scope.tables:
                rule = simplify(rule, scope.known(spec.table))
            found[name] = Meaning(spec.table, spec.match, rule)
    return found


def judges(
    found: Mapping[str, Meaning], world: Callable[[], World]
) -> dict[str, Callable[[Persona, tuple[Any, ...]], Truth]]:
    """Return what the oracle calls; ``world`` is asked when a predicate is."""
    return {name: _judge(meaning, world) for name, meaning in found.items()}


def _judge(
    meaning: Meaning, world: Callable[[], World]
) -> Callable[[Persona, tuple[Any, ...]], Truth]:
    def holds(persona: Persona, values: tuple[Any, ...]) -> Truth:
        here = world()
        if any(value is None for value in values):
            return False
        return any(
            tuple(plain(row.get(column)) for column in meaning.match) == values
            and evaluate(meaning.rule, here, persona, meaning.table, row) is True
            for row in here.rows.get(meaning.table, {}).values()
        )

    return holds
