"""Derived files of the front end: queries of hosts, kinds of events; and what all of them need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from archwright.emit.draft import Draft
from archwright.emit.slots import Slots
from archwright.plan.restrict import Restricted

ORIGIN = "compiler"
ROUTES = "src/app/routes.tsx"
_ROLE = re.compile(r"role\(([a-z_]+)\)")
_JSON = json.JSONEncoder(ensure_ascii=False).encode


def quoted(text: str) -> str:
    """Return a TypeScript string literal in single quotes."""
    body = _JSON(text)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{body}'"


def derived(path: str, lines: Iterable[str]) -> Draft:
    """Return a derived draft; every path is known to the inventory or to a manifest."""
    return Draft(path, "\n".join(lines) + "\n", ORIGIN, derived=True)


def select_files(app: Restricted, slots: Slots) -> list[Draft]:
    """Return the host queries: a literal that supabase-js reads types from."""
    drafts: list[Draft] = []
    for instance in app.instances:
        for entity, spec in instance.manifest.selects.items():
            if not app.has_part(instance, spec.part):
                continue
            fields = dict.fromkeys((*spec.fields, *slots.fields(entity)))
            lines = [
                f"/** What is fetched of a {_label(app, entity)} wherever one is shown. */",
                f"export const {spec.name} = {quoted(', '.join(fields))};",
            ]
            drafts.append(derived(spec.file, lines))
    return drafts


def _label(app: Restricted, entity: str) -> str:
    target = app.expansion.targets.get(entity)
    return target.forms.label if target else entity


def event_kinds_file(app: Restricted) -> Draft | None:
    """Return what each kind of event is called and where it leads; None where nobody listens."""
    if not any(app.has_part(i, f.part) for i in app.instances for f in i.manifest.fanout.values()):
        return None
    lines = [
        "import type { ParseKeysWithoutVariables } from 'i18next';",
        "",
        "export interface EventKind {",
        "  textKey: ParseKeysWithoutVariables;",
        "  /** Route of the subject: `:id` stands for its id, `:actor` for who did it. */",
        "  link: string;",
        "}",
        "",
        "export const eventKinds: Readonly<Record<string, EventKind>> = {",
    ]
    for name, feature, link in _events(app):
        key = quoted(f"{feature}.events.{name}")
        lines.append(f"  {name}: {{ textKey: {key}, link: {quoted(link)} }},")
    lines.append("};")
    return derived("src/lib/event-kinds.ts", lines)


def _events(app: Restricted) -> list[tuple[str, str, str]]:
    return sorted(
        (name, instance.feature, spec.link)
        for instance in app.instances
        for name, spec in instance.manifest.events.items()
        if spec.news and app.has_part(instance, spec.part)
    )
