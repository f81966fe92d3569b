"""The app as it stands after some parts are built: what every later stage compiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from archwright.blueprint.model import Blueprint
from archwright.blueprint.once import Once
from archwright.catalog.instance import Expansion, Instance


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One part of one instance: the unit that a phase takes in."""

    instance: str
    part: str

    def __str__(self) -> str:
        """Render as ``likes:Video/data``."""
        return f"{self.instance}/{self.part}"


@dataclass(frozen=True)
class Restricted:
    """A Blueprint with the parts that are built so far.

    Names, slot order and enum values are always those of the whole Blueprint, so that a later
    phase adds to what is there and renames nothing. ``once`` keeps what stages worked out.
    """

    blueprint: Blueprint
    expansion: Expansion
    built: frozenset[Node]
    once: Once = field(default_factory=Once, init=False, repr=False, compare=False)

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Return the instances of which at least the first part is built, in definition order."""
        return tuple(i for i in self.expansion.instances if Node(i.key, i.parts[0]) in self.built)

    def has_part(self, instance: Instance, part: str | None) -> bool:
        """Tell whether a part is built; None is the instance's first part."""
        return Node(instance.key, part or instance.parts[0]) in self.built

    def complete(self, instance: Instance) -> bool:
        """Tell whether every part of an instance is built."""
        return all(Node(instance.key, part) in self.built for part in instance.parts)

    @cached_property
    def _features(self) -> frozenset[str]:
        names: set[str] = set()
        for instance in self.expansion.instances:
            for part in instance.parts:
                if Node(instance.key, part) in self.built:
                    names |= {f"{instance.feature}.{part}"}
                    if part == instance.parts[0]:
                        names |= {instance.feature, instance.key.replace(":", "@")}
        return frozenset(names)

    def has(self, feature: str) -> bool:
        """Tell whether a feature's first part is there, or with ``feature.part`` that part.

        ``feature@Entity`` asks for the feature on one entity.
        """
        return feature in self._features

    @cached_property
    def finished(self) -> bool:
        """Tell whether nothing is left to build."""
        return all(self.complete(i) for i in self.expansion.instances)


def all_nodes(expansion: Expansion) -> tuple[Node, ...]:
    """Return every part of every instance."""
    return tuple(Node(i.key, part) for i in expansion.instances for part in i.parts)


def restrict(blueprint: Blueprint, expansion: Expansion, built: Iterable[Node]) -> Restricted:
    """Return the app with only the parts in ``built``."""
    return Restricted(blueprint, expansion, frozenset(built))


def whole(blueprint: Blueprint, expansion: Expansion) -> Restricted:
    """Return the app with every part built."""
    return restrict(blueprint, expansion, all_nodes(expansion))
