"""Packs applied to a Blueprint: each use of a pack becomes one instance per target."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archwright.blueprint.model import Blueprint, Entity, FeatureUse, Scalar
from archwright.catalog.entity import entity_manifest
from archwright.catalog.load import validate
from archwright.catalog.manifest import Manifest
from archwright.catalog.naming import Forms
from archwright.catalog.pack import Catalog, Pack
from archwright.catalog.rename import rename
from archwright.diagnostics import Diagnostic, Place

FOUNDATION = "foundation"
_EACH = re.compile(r"@each\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Target:
    """An entity as packs see it: its names, its table, and who owns a row."""

    entity: str
    forms: Forms
    table: str
    owner: str | None
    traits: tuple[str, ...]
    instance: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One use of a pack: ``key`` is the pack's name, with ``:Entity`` where it has a target."""

    key: str
    feature: str
    manifest: Manifest = field(repr=False)
    pack: Pack | None = field(default=None, repr=False)
    target: Target | None = None
    targets: tuple[Target, ...] = ()
    options: Mapping[str, Scalar] = field(default_factory=dict)
    each: bool = False
    why: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the instance's parts in the order in which they are built."""
        return self.manifest.pack.parts


@dataclass(frozen=True, slots=True)
class Expansion:
    """All instances, in an order in which each entity is defined before it is a target."""

    instances: tuple[Instance, ...]
    targets: Mapping[str, Target]


def expand(blueprint: Blueprint, catalog: Catalog) -> tuple[Expansion, list[Diagnostic]]:
    """Apply the Blueprint's features. Diagnostics: unknown packs, entities, traits, options."""
    return _Expander(blueprint, catalog).run()


def instantiate(raw: Mapping[str, Any], forms: Forms | None, targets: tuple[Target, ...]) -> Any:
    """Return a manifest's data with ``Thing`` renamed and ``@each(...)`` spelled out."""

    def text(value: str) -> str:
        if forms is not None:
            return rename(value, "toml", forms)

        def spell(match: re.Match[str]) -> str:
            return ", ".join(rename(match[1], "toml", t.forms) for t in targets)

        return _EACH.sub(spell, value)

    def walk(node: Any) -> Any:
        if isinstance(node, str):
            return text(node)
        if isinstance(node, list):
            return [walk(item) for item in node]
        if isinstance(node, dict):
            return {text(k): walk(v) for k, v in node.items()}
        return node

    return {key: value if key == "pack" else walk(value) for key, value in raw.items()}


def _with_parts_for(manifest: Manifest, features: set[str]) -> Manifest:
    """Return the manifest without the parts whose feature the app does not have."""
    head = manifest.pack
    parts = tuple(p for p in head.parts if head.parts_if.get(p) in {None, *features})
    if parts == head.parts:
        return manifest
    return manifest.model_copy(update={"pack": head.model_copy(update={"parts": parts})})


class _Expander:
    """Works through the features until every target is known or cannot be."""

    def __init__(self, blueprint: Blueprint, catalog: Catalog) -> None:
        self.blueprint = blueprint
        self.catalog = catalog
        self.instances: list[Instance] = []
        self.targets: dict[str, Target] = {}
        self.problems: list[Diagnostic] = []
        self.declared = {e.name: e for e in blueprint.entities}

    def run(self) -> tuple[Expansion, list[Diagnostic]]:
        for entity in self.blueprint.entities:
            if entity.pack is None:
                self._add(Instance(f"entity:{entity.name}", "entity", entity_manifest(entity)))
        waiting: list[tuple[int, FeatureUse, str]] = []
        uses = [FeatureUse(use=FOUNDATION, why="Every app stands on it")]
        uses += [u for u in self.blueprint.features if u.use != FOUNDATION]
        for index, use in enumerate(uses):
            if use.use not in self.catalog or self.catalog[use.use].head.kind == "archetype":
                hint = "Known features: " + ", ".join(p.name for p in self.catalog.features)
                place = Place("blueprint.yaml", ("features", str(index - 1), "use"))
                self._report("AW-2201", f"there is no feature called {use.use!r}", place, hint)
                continue
            self._check_options(use, index - 1)
            waiting += [(index - 1, use, name) for name in self._start(use)]
        while waiting:
            ready = [w for w in waiting if w[2] in self.targets]
            if not ready:
                break
            for index, use, name in ready:
                self._attach(index, use, self.targets[name])
            waiting = [w for w in waiting if w not in ready]
        for index, use, name in waiting:
            place = Place("blueprint.yaml", ("features", str(index), "on"))
            hint = "Known entities: " + ", ".join(sorted(self.targets))
            self._report("AW-2202", f"{use.use} is on {name}, which nothing defines", place, hint)
        return Expansion(tuple(self.instances), dict(self.targets)), self.problems

    def _report(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, place, hint))

    def _start(self, use: FeatureUse) -> tuple[str, ...]:
        """Add what needs no target; return the entities that the pack is to be applied to."""
        pack = self.catalog[use.use]
        if pack.head.instance != "per-target":
            targets = tuple(
                t for name in use.on if (t := self.targets.get(name) or self._foreseen(name))
            )
            raw = instantiate(pack.raw, None, targets)
            draft = Instance(pack.name, pack.name, pack.manifest, pack, targets=targets)
            self._build(raw, draft, use)
        if pack.head.instance == "single":
            return ()
        return use.on

    def _foreseen(self, name: str) -> Target | None:
        """Return a target that a later instance defines: names need no more than the entity."""
        if not any(name == e.name for e in self.blueprint.entities):
            return None
        return Target(name, self._forms(name, None, None), "", None, (), "")

    def _attach(self, index: int, use: FeatureUse, target: Target) -> None:
        pack = self.catalog[use.use]
        trait = pack.head.attaches
        if trait is not None and trait not in target.traits:
            place = Place("blueprint.yaml", ("features", str(index), "on"))
            hint = f"Give {target.entity} the trait {trait!r}, or leave it out of `on`."
            text = f"{use.use} needs something {trait}, and {target.entity} is not"
            self._report("AW-2203", text, place, hint)
            return
        shared = pack.head.instance == "shared"
        if shared and pack.each is None:
            return
        source = {"pack": pack.raw["pack"], **pack.each} if shared and pack.each else pack.raw
        key = f"{pack.name}:{target.entity}"
        instance = Instance(key, pack.name, pack.manifest, pack, target=target, each=shared)
        self._build(instantiate(source, target.forms, ()), instance, use)

    def _build(self, raw: Any, draft: Instance, use: FeatureUse) -> None:
        pack = draft.pack
        assert pack is not None
        file = "each.toml" if draft.each else "pack.toml"
        manifest, problems = validate(raw, f"{pack.source}/{file}")
        self.problems += problems
        if manifest is None:
            return
        manifest = _with_parts_for(manifest, {u.use for u in self.blueprint.features})
        options = {n: use.options.get(n, o.default) for n, o in pack.manifest.options.items()}
        self._add(
            Instance(
                key=draft.key,
                feature=draft.feature,
                manifest=manifest,
                pack=pack,
                target=draft.target,
                targets=draft.targets,
                options=options,
                each=draft.each,
                why=use.why or pack.head.why,
            )
        )

    def _add(self, instance: Instance) -> None:
        if any(i.key == instance.key for i in self.instances):
            place = Place("blueprint.yaml", ("features",))
            text = f"{instance.key} is there twice"
            self._report("AW-2204", text, place, "Merge the two entries.")
            return
        self.instances.append(instance)
        for name, spec in instance.manifest.entities.items():
            if name in self.targets:
                first = self.targets[name].instance
                text = f"{instance.key} and {first} both define {name}"
                place = Place("blueprint.yaml", ("entities",))
                self._report("AW-2205", text, place, "Rename the entity of the Blueprint.")
                continue
            forms = self._forms(name, spec.label, spec.labels)
            declared = self.declared.get(name)
            traits = tuple(dict.fromkeys((*spec.traits, *(declared.traits if declared else ()))))
            self.targets[name] = Target(name, forms, spec.table, spec.owner, traits, instance.key)

    def _forms(self, name: str, label: str | None, labels: str | None) -> Forms:
        entity: Entity | None = self.declared.get(name)
        if entity is None:
            return Forms.of(name, None, label, labels)
        return Forms.of(name, entity.plural, entity.label or label, entity.labels or labels)

    def _check_options(self, use: FeatureUse, index: int) -> None:
        known = self.catalog[use.use].manifest.options
        for name, value in use.options.items():
            place = Place("blueprint.yaml", ("features", str(index), "options", name))
            if name not in known:
                hint = "Known options: " + (", ".join(sorted(known)) or "none")
                self._report("AW-2206", f"{use.use} has no option {name!r}", place, hint)
                continue
            option = known[name]
            kinds = {"boolean": bool, "integer": int, "string": str, "choice": str}
            right = isinstance(value, kinds[option.type]) and (
                option.type == "boolean" or not isinstance(value, bool)
            )
            if option.choices and value not in option.choices:
                right = False
            if isinstance(value, int) and not isinstance(value, bool):
                low, high = option.minimum, option.maximum
                right = right and (low is None or value >= low) and (high is None or value <= high)
            if not right:
                hint = f"Expected a {option.type}" + (
                    " of " + ", ".join(option.choices) if option.choices else ""
                )
                self._report("AW-2207", f"{value!r} does not fit option {name!r}", place, hint)
