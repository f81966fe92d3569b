"""What a wish may ask about the app that it is for: its packs, and what these define."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archwright.blueprint.model import Blueprint
from archwright.catalog.expansion import expand
from archwright.catalog.instance import Expansion, Target
from archwright.catalog.manifest import Option
from archwright.catalog.materialise import access_of
from archwright.catalog.pack import Catalog


@dataclass(frozen=True)
class Surroundings:
    """A Blueprint's data before a wish, and the packs that there are."""

    data: Mapping[str, Any]
    catalog: Catalog

    @cached_property
    def _expansion(self) -> Expansion:
        return expand(Blueprint.model_validate(self.data), self.catalog)[0]

    @property
    def features(self) -> tuple[str, ...]:
        """Return the features that there are."""
        return tuple(pack.name for pack in self.catalog.features)

    def target(self, entity: str) -> Target | None:
        """Return an entity of the app, whoever defines it."""
        return self._expansion.targets.get(entity)

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the entities of the app, those of packs included."""
        return tuple(self._expansion.targets)

    def option(self, feature: str, name: str) -> Option | None:
        """Return what a pack says of an option of its own."""
        if feature not in self.catalog:
            return None
        return self.catalog[feature].manifest.options.get(name)

    def access(self, entity: str) -> dict[str, Any]:
        """Return the access that an entity has without any of its own in the Blueprint."""
        target = self.target(entity)
        for instance in self._expansion.instances if target else ():
            tables = instance.manifest.tables
            if target and instance.key == target.instance and target.table in tables:
                given = access_of(tables[target.table].access)
                data = given.model_dump(mode="json", exclude_none=True)
                own = instance.pack is None  # all of its columns, those to come as well
                return {k: v for k, v in data.items() if not (own and k.endswith("_columns"))}
        return {}
