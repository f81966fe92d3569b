"""What triggers are declared to refuse to everybody: no news where they do, a breach where not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
from archwright.proof.access.matrix import Matrix, Trouble
from archwright.proof.oracle_verdicts import Verdict

Refusals: TypeAlias = Mapping[tuple[str, str], "Refusal"]
"""By table and operation."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A trigger that is declared to refuse an operation whoever asks for it, and where."""

    trigger: str
    instance: str
    place: Place


def declared_refusals(app: Restricted) -> dict[tuple[str, str], Refusal]:
    """Return what triggers of the built parts are declared to refuse, or refuse by their kind."""
    found: dict[tuple[str, str], Refusal] = {
        (spec.table, operation): Refusal(
            name, instance.key, instance.place("triggers", name, "refuses")
        )
        for instance in app.instances
        for name, spec in sorted(instance.manifest.triggers.items())
        if app.has_part(instance, spec.part)
        for operation in spec.refuses
    }
    for instance in app.instances:
        for name, tree in sorted(instance.manifest.trees.items()):
            if app.has_part(instance, tree.part):
                refusal = Refusal(f"{name}_kept", instance.key, instance.place("trees", name))
                found |= {(tree.paths, o): refusal for o in ("insert", "update", "delete")}
        for name, number in sorted(instance.manifest.numbers.items()):
            if app.has_part(instance, number.part):
                place = instance.place("numbers", name)
                refusal = Refusal(f"{name}_kept_delete", instance.key, place)
                found[number.column.partition(".")[0], "delete"] = refusal
        for name, table in sorted(instance.manifest.tables.items()):
            if table.append_only and app.has_part(instance, table.part):
                place = instance.place("tables", name, "append_only")
                refusal = Refusal(f"{name}_append_only", instance.key, place)
                found |= {(name, o): refusal for o in ("update", "delete")}
    return found


def is_declared(trouble: Trouble, refusals: Refusals) -> bool:
    """Tell whether it is a refusal on purpose of which the manifest says that it is meant."""
    stated = (trouble.table, trouble.operation) in refusals
    return stated and trouble.deliberate and trouble.state != ""


def unkept(matrix: Matrix, refusals: Refusals) -> list[Diagnostic]:
    """Return an AW-5121 for each declared refusal of something that was done all the same."""
    refused = {(t.table, t.operation) for t in matrix.troubles if is_declared(t, refusals)}
    granted = {
        (table, operation)
        for (_, table, operation), cell in matrix.cells.items()
        if cell[Verdict.ALLOWED]
    }
    return [
        Diagnostic(
            "AW-5121",
            f"{operation} on {table}: the trigger {refusal.trigger} is to refuse it, and does not",
            refusal.place,
            f"trigger {refusal.trigger} is declared by {refusal.instance}",
        )
        for (table, operation), refusal in sorted(refusals.items())
        if (table, operation) in granted - refused
    ]
