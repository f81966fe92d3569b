"""Lists all files of an app from the manifests, without rendering one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archwright.catalog.instance import Instance
from archwright.catalog.pack import PackFile
from archwright.catalog.rename import rename
from archwright.catalog.template import Template
from archwright.diagnostics import Place
from archwright.plan.restrict import Node, Restricted

# Made anew in every phase by the compiler; listed, but not counted against a phase's limit.
DERIVED = (
    "AGENTS.md",
    "README.md",
    "blueprint.schema.json",
    "blueprint.yaml",
    "package.json",
    "src/app/navigation.ts",
    "src/app/routes.tsx",
    "src/lib/constraint-messages.ts",
    "src/lib/database.types.ts",
    "src/locales/en.ts",
    "supabase/config.toml",
    "supabase/seed.sql",
)
LIVE_TOPICS = "src/lib/live-topics.ts"
"""Derived as well, from the foundation's part ``live`` on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its path, the node that brings it, and the nodes that change it later."""

    path: str
    node: Node | None
    changed_by: tuple[Node, ...] = ()
    derived: bool = False


# `t.built.components`: a part of a feature on one of its targets
_BUILT = re.compile(r"\.built\.([a-z_]+)")


def emitted_path(instance: Instance, file: PackFile) -> str:
    """Return where a pack's file goes in the app, named after the target."""
    if instance.target is None:
        return file.path
    return rename(file.path, "path", instance.target.forms)


def own_files(instance: Instance) -> Iterator[tuple[PackFile, str]]:
    """Yield the files that an instance brings, with their paths in the app."""
    for file in instance.pack.files if instance.pack else ():
        if file.each == instance.each:
            yield file, emitted_path(instance, file)


def state_file(instance: Instance, name: str) -> str:
    """Return the path of the store that a state declaration renders to."""
    return f"src/features/{instance.feature}/{name.replace('_', '-')}-store.ts"


def slot_name(instance: Instance, name: str) -> str:
    """Return what a slot of a pack's file is called for the instance's target.

    Marks are left alone when a file is renamed, and manifests are not.
    """
    return rename(name, "toml", instance.target.forms) if instance.target else name


def inventory(app: Restricted) -> tuple[Entry, ...]:
    """Return every file of the app by path; migrations are counted by phase and not listed."""
    entries: dict[str, Entry] = {path: Entry(path, None, derived=True) for path in DERIVED}
    fills = _fill_nodes(app)
    for instance in app.instances:
        for file, path in own_files(instance):
            node = Node(instance.key, file.part)
            if node in app.built:
                changed = _changed_by(app, instance, file, fills)
                entries[path] = Entry(path, node, tuple(n for n in changed if n != node))
        for spec in instance.manifest.selects.values():
            node = Node(instance.key, spec.part or instance.parts[0])
            if node in app.built:
                entries[spec.file] = Entry(spec.file, node, derived=True)
        for name, state in instance.manifest.state.items():
            node = Node(instance.key, state.part or instance.parts[0])
            if node in app.built:
                path = state_file(instance, name)
                entries[path] = Entry(path, node)
    if any(app.has_part(i, f.part) for i in app.instances for f in i.manifest.fanout.values()):
        path = "src/lib/event-kinds.ts"
        entries[path] = Entry(path, None, derived=True)
    if app.has("foundation.live"):
        entries[LIVE_TOPICS] = Entry(LIVE_TOPICS, None, derived=True)
    if app.has("foundation.proof"):
        path = "e2e/support/pages.ts"
        entries[path] = Entry(path, None, derived=True)
    return tuple(entries[path] for path in sorted(entries))


def fill_part(instance: Instance, part: str | None) -> str:
    """Return the part that brings a filling: its own, else the components, else the last."""
    if part is not None:
        return part
    return "components" if "components" in instance.parts else instance.parts[-1]


def _fill_nodes(app: Restricted) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for instance in app.expansion.instances:
        for fill in instance.manifest.fills:
            node = Node(instance.key, fill_part(instance, fill.part))
            found.setdefault(fill.slot, []).append(node)
    return found


def _changed_by(
    app: Restricted, instance: Instance, file: PackFile, fills: dict[str, list[Node]]
) -> tuple[Node, ...]:
    """Return the nodes whose arrival changes a file: by its slots, or by what it asks for."""
    template, _ = Template.parse(file.text, Place(file.path))
    if template is None:
        return ()
    found: list[Node] = []
    for slot in template.slots:
        found += fills.get(slot_name(instance, slot), [])
    for name in sorted(template.features):
        feature, _, part = name.partition(".")
        base, _, entity = feature.partition("@")
        for other in app.expansion.instances:
            named = other.feature == base and (not entity or other.key == f"{base}:{entity}")
            if named:
                found.append(Node(other.key, part or other.parts[0]))
    if instance.targets and "targets" in file.text:
        asked = set(_BUILT.findall(file.text))
        found += [
            Node(other.key, part)
            for other in app.expansion.instances
            if other.feature == instance.feature and other.each
            for part in other.parts
            if part == other.parts[0] or part in asked
        ]
    return tuple(dict.fromkeys(found))
