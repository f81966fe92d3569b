"""Packs applied to a Blueprint: each use of a pack becomes one instance per target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from archwright.blueprint.model import Blueprint, FeatureUse
from archwright.catalog.clashes import clashes
from archwright.catalog.entity import entity_manifest
from archwright.catalog.entity_check import check_names
from archwright.catalog.entity_columns import shared_columns
from archwright.catalog.instance import FOUNDATION, Expansion, Instance, Target, instantiate
from archwright.catalog.load import validate
from archwright.catalog.manifest import EntitySpec, Manifest
from archwright.catalog.naming import Forms
from archwright.catalog.pack import Catalog, Pack
from archwright.catalog.rename import rename
from archwright.diagnostics import Diagnostic, Place

SOURCE = "blueprint.yaml"


def expand(blueprint: Blueprint, catalog: Catalog) -> tuple[Expansion, list[Diagnostic]]:
    """Apply the Blueprint's features. Diagnostics: AW-2201 to AW-2212 and AW-3012."""
    return _Expander(blueprint, catalog).run()


class _Expander:
    """Works through the features until every target is known or cannot be."""

    def __init__(self, blueprint: Blueprint, catalog: Catalog) -> None:
        self.blueprint = blueprint
        self.catalog = catalog
        self.instances: dict[str, Instance] = {}
        self.targets: dict[str, Target] = {}
        self.tables: dict[str, str] = {}
        self.problems: list[Diagnostic] = []
        self.declared = {e.name: e for e in blueprint.entities}
        self.features = {u.use for u in blueprint.features}

    def run(self) -> tuple[Expansion, list[Diagnostic]]:
        self._entities()
        waiting = [(use, at, name) for use, at in self._uses() for name in self._start(use, at)]
        while waiting:
            ready = [w for w in waiting if w[2] in self.targets]
            if not ready:
                break
            waiting = [w for w in waiting if w[2] not in self.targets]
            for use, at, name in ready:
                self._attach(use, at, self.targets[name])
        for use, at, name in waiting:
            hint = "Known entities: " + ", ".join(sorted(self.targets))
            text = f"{use.use} is on {name}, which nothing defines"
            self._report("AW-2202", text, (*at, "on"), hint)
        self._claimed()
        if not self.problems:
            self.problems += clashes(self.instances.values())
        instances = tuple(self._shared(i) for i in self.instances.values())
        return Expansion(instances, dict(self.targets)), self.problems

    def _report(self, code: str, message: str, at: tuple[str, ...], hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, Place(SOURCE, at), hint))

    def _entities(self) -> None:
        """Add the entities that the Blueprint itself defines."""
        tables = {
            name: spec.table
            for use in (FOUNDATION, *sorted(self.features))
            if use in self.catalog
            for name, spec in self.catalog[use].manifest.entities.items()
        }
        own = [e for e in self.blueprint.entities if e.pack is None]
        tables |= {e.name: Forms.of(e.name, e.plural).snakes for e in own}
        shared = shared_columns(self.blueprint.entities)
        for index, entity in enumerate(self.blueprint.entities):
            at = ("entities", str(index))
            wrong = check_names(entity, at)
            self.problems += wrong
            if wrong or entity.pack is not None:
                continue
            manifest, problems = entity_manifest(entity, tables, at, shared.get(entity.name, ()))
            self.problems += problems
            if manifest is not None:
                self._add(Instance(f"entity:{entity.name}", "entity", manifest, at=at))

    def _claimed(self) -> None:
        """Report entities that are said to be of a pack that does not define them."""
        for index, entity in enumerate(self.blueprint.entities):
            target = self.targets.get(entity.name)
            if entity.pack in self.features | {FOUNDATION} and (
                target is None or target.instance.partition(":")[0] != entity.pack
            ):
                text = f"the pack {entity.pack} defines no {entity.name} here"
                hint = "Correct the name, put the feature on what it needs, or remove `pack`."
                self._report("AW-2213", text, ("entities", str(index), "pack"), hint)

    def _uses(self) -> Iterator[tuple[FeatureUse, tuple[str, ...]]]:
        """Yield the known features with their key path, the foundation first."""
        listed: list[tuple[FeatureUse, tuple[str, ...]]] = [
            (u, ("features", str(i))) for i, u in enumerate(self.blueprint.features)
        ]
        first = [item for item in listed if item[0].use == FOUNDATION]
        if not first:
            implied = FeatureUse(use=FOUNDATION, why="Every app stands on it")
            first = [(implied, ("features",))]
        for use, at in (*first, *(item for item in listed if item[0].use != FOUNDATION)):
            if use.use not in self.catalog or self.catalog[use.use].head.kind == "archetype":
                hint = "Known features: " + ", ".join(p.name for p in self.catalog.features)
                text = f"there is no feature called {use.use!r}"
                self._report("AW-2201", text, (*at, "use"), hint)
                continue
            self._check_options(use, at)
            yield use, at

    def _start(self, use: FeatureUse, at: tuple[str, ...]) -> tuple[str, ...]:
        """Add what needs no target; return the entities that the pack is to be applied to."""
        pack = self.catalog[use.use]
        if pack.head.instance == "single":
            self._add(self._instance(pack, pack.manifest, use, at))
            return ()
        if not use.on and (pack.head.instance == "per-target" or pack.head.attaches):
            hint = "Name the entities: `on: [...]`."
            self._report("AW-2203", f"{use.use} is on nothing", (*at, "on"), hint)
            return ()
        if pack.head.instance == "shared":
            self._add(self._instance(pack, pack.manifest, use, at))
        return use.on

    def _attach(self, use: FeatureUse, at: tuple[str, ...], target: Target) -> None:
        pack = self.catalog[use.use]
        trait = pack.head.attaches
        if trait is not None and trait not in target.traits:
            hint = f"Give {target.entity} the trait {trait!r}, or leave it out of `on`."
            text = f"{use.use} needs something {trait}, and {target.entity} is not"
            self._report("AW-2203", text, (*at, "on"), hint)
            return
        raw: Mapping[str, Any] = pack.raw
        shared = pack.head.instance == "shared"
        if shared:
            if pack.each is None:
                return
            each = pack.each_member if target.is_member else pack.each
            raw = {**(each or {}), "pack": pack.raw["pack"]}
        data, clashes = instantiate(raw, target.forms)
        draft = self._instance(pack, pack.manifest, use, at)
        key = f"{pack.name}:{target.entity}"
        draft = replace(draft, key=key, target=target, each=shared)
        for path in clashes:
            text = f"on {target.entity}, {path[-1]} gets the name of another key beside it"
            file = f"{pack.source}/{'each' if shared else 'pack'}.toml"
            self.problems.append(Diagnostic("AW-3012", text, Place(file, path)))
        manifest, problems = validate(data, "")
        for problem in problems:
            # What was valid about `Thing` fails because of what the entity is called.
            where = ".".join(problem.place.path)
            text = f"{use.use} cannot be on {target.entity}: {where}: {problem.message}"
            self._report("AW-2208", text, (*at, "on"), "Give the entity a shorter or other name.")
        if manifest is not None:
            self._add(replace(draft, manifest=self._with_parts(manifest, draft.target)))

    def _instance(
        self, pack: Pack, manifest: Manifest, use: FeatureUse, at: tuple[str, ...]
    ) -> Instance:
        options = {n: use.options.get(n, o.default) for n, o in pack.manifest.options.items()}
        why = use.why or pack.head.why
        manifest = self._with_parts(manifest)
        return Instance(pack.name, pack.name, manifest, pack, options=options, why=why, at=at)

    def _with_parts(self, manifest: Manifest, target: Target | None = None) -> Manifest:
        """Return the manifest without the parts whose feature the app does not have.

        A feature may be named after the target: ``things`` is then ``videos`` on Video.
        """
        head = manifest.pack
        wanted = dict(head.parts_if)
        if target is not None:
            wanted = {p: rename(name, "path", target.forms) for p, name in wanted.items()}
        parts = tuple(p for p in head.parts if wanted.get(p) in {None, *self.features})
        if parts == head.parts:
            return manifest
        return manifest.model_copy(update={"pack": head.model_copy(update={"parts": parts})})

    def _shared(self, instance: Instance) -> Instance:
        """Tell a shared instance its targets, now that all are known."""
        pack = instance.pack
        if pack is None or pack.head.instance != "shared" or instance.each:
            return instance
        use = self.blueprint.feature(pack.name)
        names = use.on if use else ()
        targets = tuple(self.targets[name] for name in names if name in self.targets)
        manifest, problems = validate(instantiate(pack.raw, None, targets)[0], "")
        for problem in problems:
            text = f"{pack.name} cannot be on these: {problem.message}"
            self._report("AW-2208", text, (*instance.at, "on"))
        if manifest is None:
            return instance
        return replace(instance, manifest=self._with_parts(manifest), targets=targets)

    def _add(self, instance: Instance) -> None:
        if instance.key in self.instances:
            text = f"{instance.key} is there twice"
            self._report("AW-2204", text, instance.at, "Merge the two entries.")
            return
        self.instances[instance.key] = instance
        for name, spec in instance.manifest.entities.items():
            if name in self.targets:
                text = f"{instance.key} and {self.targets[name].instance} both define {name}"
                at = self._entity_at(name) or instance.at
                self._report("AW-2205", text, at, "Rename the entity of the Blueprint.")
                continue
            other = self.tables.setdefault(spec.table, name)
            if other != name:
                text = f"{name} and {other} would both have the table {spec.table}"
                at = self._entity_at(name) or instance.at
                self._report("AW-2212", text, at, "Rename one of them, or its plural.")
                continue
            self.targets[name] = self._target(name, spec, instance.key)

    def _target(self, name: str, spec: EntitySpec, key: str) -> Target:
        declared = self.declared.get(name)
        label, labels, traits = spec.label, spec.labels, spec.traits
        if declared is not None:
            label, labels = declared.label or label, declared.labels or labels
            traits = tuple(dict.fromkeys((*traits, *declared.traits)))
        # The table says what the plural is: what packs call `things` must be this table.
        forms = replace(
            Forms.of(name, None, label, labels), plural_words=tuple(spec.table.split("_"))
        )
        return Target(name, forms, spec.table, spec.owner, traits, key)

    def _entity_at(self, name: str) -> tuple[str, ...] | None:
        names = [e.name for e in self.blueprint.entities]
        return ("entities", str(names.index(name))) if name in names else None

    def _check_options(self, use: FeatureUse, at: tuple[str, ...]) -> None:
        known = self.catalog[use.use].manifest.options
        for name, value in use.options.items():
            here = (*at, "options", name)
            if name not in known:
                hint = "Known options: " + (", ".join(sorted(known)) or "none")
                self._report("AW-2206", f"{use.use} has no option {name!r}", here, hint)
            elif not known[name].fits(value):
                text = f"{value!r:.60} does not fit option {name!r}"
                self._report("AW-2207", text, here, f"Expected {known[name].expected}.")
