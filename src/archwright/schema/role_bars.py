"""Predicates during which nobody has a role: what they ask must not come back to roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archwright.blueprint.access import parse, references
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import PredicateSpec
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
from archwright.schema.model import Function


def endless_roles(app: Restricted, functions: Iterable[Function]) -> list[Diagnostic]:
    """Report each ``of_member`` that is no ``private`` function (uuid) returns boolean.

    Also each such predicate that asks for a role: whether that is held would hang on itself.
    """
    known = {
        f.ref.name
        for f in functions
        if f.ref.schema == "private"
        and [a.type for a in f.arguments] == ["uuid"]
        and f.returns == "boolean"
    }
    return [
        problem
        for instance in app.instances
        for name, spec in sorted(instance.manifest.predicates.items())
        if spec.of_member is not None and app.has_part(instance, spec.part)
        for problem in _problems(instance, name, spec, known)
    ]


def _problems(
    instance: Instance, name: str, spec: PredicateSpec, known: set[str]
) -> Iterator[Diagnostic]:
    if spec.of_member not in known:
        text = f"predicate {name} names private.{spec.of_member}(uuid), which is not there"
        hint = "Declare it as a private function; it returns boolean."
        place = instance.place("predicates", name, "of_member")
        yield Diagnostic("AW-3102", text, place, hint)
    rule, _ = parse(spec.same_as, Place())
    if rule is not None and references(rule).roles:
        text = f"predicate {name} withholds roles and asks for one itself"
        yield Diagnostic("AW-3102", text, instance.place("predicates", name, "same_as"))
