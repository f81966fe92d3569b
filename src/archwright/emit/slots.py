"""Slots: which fillings go where, what they import and which fields they add to a host's query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archwright.catalog.instance import Instance
from archwright.catalog.manifest import FillSpec, SlotSpec
from archwright.diagnostics import Diagnostic
from archwright.plan.inventory import fill_part
from archwright.plan.restrict import Restricted

_SUBJECT = re.compile(r"\bsubject\b")


@dataclass(frozen=True, slots=True)
class Filling:
    """One filling: the element as text, the imports it needs, the fields its host must fetch."""

    slot: str
    element: str
    imports: tuple[str, ...]
    fields: tuple[str, ...]
    instance: str


@dataclass(frozen=True, slots=True)
class Slots:
    """All fillings of the built parts by slot, in order, and the entity each slot is about."""

    fillings: Mapping[str, tuple[Filling, ...]]
    entities: Mapping[str, str | None]

    def of(self, name: str) -> tuple[Filling, ...]:
        """Return the fillings of a slot; a slot that nobody fills has none."""
        return self.fillings.get(name, ())

    def fields(self, entity: str) -> tuple[str, ...]:
        """Return what fillings add to the query of an entity, in order, once each."""
        found: dict[str, None] = {}
        for slot, fillings in sorted(self.fillings.items()):
            if self.entities.get(slot) == entity:
                for filling in fillings:
                    found.update(dict.fromkeys(filling.fields))
        return tuple(found)


def gather_slots(app: Restricted) -> tuple[Slots, list[Diagnostic]]:
    """Collect fillings. Diagnostics: a slot that nobody or two packs offer."""
    problems: list[Diagnostic] = []
    offered: dict[str, tuple[Instance, SlotSpec]] = {}
    for instance in app.expansion.instances:
        for name, spec in instance.manifest.slots.items():
            first, _ = offered.setdefault(name, (instance, spec))
            if first is not instance:
                text = f"{instance.key} and {first.key} both offer the slot {name}"
                problems.append(Diagnostic("AW-3325", text, instance.place("slots", name)))
    ranked: dict[str, list[tuple[int, int, Filling]]] = {}
    for rank, (instance, index, fill) in enumerate(_fills(app)):
        if fill.slot not in offered:
            if not fill.optional:
                text = f"{instance.key} fills {fill.slot}, which nothing offers"
                known = ", ".join(sorted(offered)) or "none"
                place = instance.place("fills", str(index), "slot")
                problems.append(Diagnostic("AW-3325", text, place, f"Slots: {known}"))
            continue
        subject = offered[fill.slot][1].subject or "subject"
        filling = Filling(
            slot=fill.slot,
            element=_SUBJECT.sub(subject, fill.render),
            imports=tuple(i.strip() for i in fill.imports.split(";") if i.strip()),
            fields=fill.fields,
            instance=instance.key,
        )
        ranked.setdefault(fill.slot, []).append((fill.order, rank, filling))
    fillings = {
        slot: tuple(f for _, _, f in sorted(items, key=lambda item: item[:2]))
        for slot, items in sorted(ranked.items())
    }
    entities = {name: spec.entity for name, (_, spec) in offered.items()}
    return Slots(fillings, entities), problems


def _fills(app: Restricted) -> Iterator[tuple[Instance, int, FillSpec]]:
    for instance in app.expansion.instances:
        for index, fill in enumerate(instance.manifest.fills):
            if app.has_part(instance, fill_part(instance, fill.part)):
                yield instance, index, fill
