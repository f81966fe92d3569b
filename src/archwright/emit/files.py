"""Renders the packs' own files: renamed for their target, filled, imports merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from archwright.catalog.instance import Instance
from archwright.catalog.pack import PackFile
from archwright.catalog.regions import Language
from archwright.catalog.rename import rename
from archwright.catalog.template import Template, TemplateError
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.context import file_context, slot_text
from archwright.emit.draft import Draft
from archwright.emit.imports import merge_imports
from archwright.emit.slots import Slots
from archwright.plan.inventory import emitted_path, slot_name
from archwright.plan.restrict import Restricted

LANGUAGES: Mapping[str, Language] = {".ts": "ts", ".tsx": "tsx", ".sql": "sql"}


def pack_files(app: Restricted) -> Iterator[tuple[Instance, PackFile, str]]:
    """Yield the built files with their path in the app, in definition order."""
    for instance in app.instances:
        if instance.pack is None:
            continue
        for file in instance.pack.files:
            if file.each == instance.each and app.has_part(instance, file.part):
                yield instance, file, emitted_path(instance, file)


def render_files(
    app: Restricted, slots: Slots, shared: Mapping[str, Any]
) -> tuple[list[Draft], list[Diagnostic]]:
    """Render every built file. Diagnostics carry the pack's file and line."""
    drafts: list[Draft] = []
    problems: list[Diagnostic] = []
    for instance, file, path in pack_files(app):
        assert instance.pack is not None
        origin = f"{instance.pack.source}/{file.place}"
        text, found = _render(app, slots, shared, instance, file, Place(origin))
        problems += found
        if text is not None:
            drafts.append(Draft(path, text, origin, False, instance.key, file.part))
    return drafts, problems


def _render(
    app: Restricted,
    slots: Slots,
    shared: Mapping[str, Any],
    instance: Instance,
    file: PackFile,
    place: Place,
) -> tuple[str | None, list[Diagnostic]]:
    key = ("template", instance.key, file.part, file.path)
    template, problems = app.expansion.once(key, lambda: _template(instance, file, place))
    if template is None:
        return None, problems
    used: list[str] = []
    names = partial(slot_name, instance)
    context = file_context(shared, app, instance, lambda name: slot_text(slots, used, names(name)))
    try:
        rendered = template.render(context)
    except TemplateError as error:
        return None, [*problems, error.diagnostic]
    imports = [i for name in used for f in slots.of(name) for i in f.imports]
    if imports:
        merged, found = merge_imports(rendered, imports, place)
        return merged, [*problems, *found]
    return rendered, problems


def _template(
    instance: Instance, file: PackFile, place: Place
) -> tuple[Template | None, list[Diagnostic]]:
    """Return a file renamed for its target and parsed: the same in every phase."""
    text = file.text
    language = LANGUAGES.get(file.path[file.path.rfind(".") :])
    if instance.target is not None and language is not None:
        text = rename(text, language, instance.target.forms)
    return Template.parse(text, place)
