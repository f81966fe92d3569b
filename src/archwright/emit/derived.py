"""Derived files of the front end: routes, navigation, texts, messages, queries, event kinds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archwright.catalog.instance import Instance
from archwright.catalog.manifest import NavSpec, RouteSpec
from archwright.catalog.naming import Forms
from archwright.catalog.rename import rename
from archwright.emit.draft import Draft
from archwright.emit.slots import Slots
from archwright.plan.inventory import DERIVED
from archwright.plan.restrict import Restricted
from archwright.schema.events import event_table

ORIGIN = "compiler"
ROUTES = "src/app/routes.tsx"
_ROLE = re.compile(r"role\(([a-z_]+)\)")


def quoted(text: str) -> str:
    """Return a TypeScript string literal in single quotes."""
    body = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{body}'"


def derived(path: str, lines: Iterable[str]) -> Draft:
    """Return a derived draft; every path is known to the inventory or to a manifest."""
    return Draft(path, "\n".join(lines) + "\n", ORIGIN, derived=True)


def routes_file(app: Restricted) -> Draft:
    """Return the route table: lazy pages below their layout and guard, inside the providers."""
    found = [
        route
        for instance in app.instances
        for route in instance.manifest.routes
        if app.has_part(instance, route_part(instance, route))
    ]
    if not found:
        lines = ["import type { RouteObject } from 'react-router';", ""]
        return derived(ROUTES, [*lines, "export const routes: RouteObject[] = [];"])
    start = _start(app, found)
    names = {"Providers": "providers", "RouteError": "route-error"}
    names |= {"Layout": "layout"} if start or any(r.layout == "app" for r in found) else {}
    names |= {"BareLayout": "bare-layout"} if any(r.layout == "bare" for r in found) else {}
    guards = sorted({_guard(r)[0] for r in found} - {""})
    router = "import { Navigate, type RouteObject } from 'react-router';"
    lines = [router if start else "import type { RouteObject } from 'react-router';"]
    if guards:
        lines.append(f"import {{ {', '.join(guards)} }} from '@/app/guards';")
    lines += [f"import {{ {n} }} from '@/app/{module}';" for n, module in sorted(names.items())]
    lines += ["", "export const routes: RouteObject[] = [", "{ Component: Providers, children: ["]
    for component, layout in (("Layout", "app"), ("BareLayout", "bare")):
        inside = [r for r in found if r.layout == layout]
        if component in names:
            lines.append(f"{{ Component: {component}, children: [")
            lines.append("{ ErrorBoundary: RouteError, children: [")
            lines += start if layout == "app" else []
            lines += _guarded(inside)
            lines += ["] },", "] },"]
    return derived(ROUTES, [*lines, "] },", "];"])


def _start(app: Restricted, found: Sequence[RouteSpec]) -> list[str]:
    """Return a redirect from ``/`` to the first main page, where no pack has a page there."""
    if any(r.path == "/" for r in found):
        return []
    paths = {r.path for r in found}
    first = next((e.to for e in _entries(app) if e.group == "main" and e.to in paths), None)
    if first is None:
        first = next((r.path for r in found if ":" not in r.path), None)
    if first is None:
        return []
    return [f"{{ path: '/', element: <Navigate to={json.dumps(first)} replace /> }},"]


def _guarded(routes: Sequence[RouteSpec]) -> list[str]:
    """Return routes, those of one guard below one element."""
    lines = [_page(r) for r in routes if r.guard == "public"]
    for guard in dict.fromkeys(r.guard for r in routes if r.guard != "public"):
        same = [r for r in routes if r.guard == guard]
        name, props = _guard(same[0])
        lines.append(f"{{ element: <{name}{props} />, children: [")
        lines += [_page(r) for r in same]
        lines.append("] },")
    return lines


def route_part(instance: Instance, route: RouteSpec) -> str:
    """Return the part that brings a route: the one that brings its page."""
    if route.part is not None:
        return route.part
    return "pages" if "pages" in instance.parts else instance.parts[-1]


def _guard(route: RouteSpec) -> tuple[str, str]:
    """Return the guard component and its props."""
    if route.guard == "public":
        return "", ""
    match = _ROLE.fullmatch(route.guard)
    if match:
        return "RequireRole", f' role="{match[1]}"'
    return ("RequireGuest", "") if route.guard == "guest" else ("RequireMember", "")


def _page(route: RouteSpec) -> str:
    module = re.sub(r"\.tsx?$", "", re.sub(r"^src/", "@/", route.file))
    return f"{{ path: {quoted(route.path)}, lazy: () => import({quoted(module)}) }},"


def navigation_file(app: Restricted) -> Draft:
    """Return the navigation entries; a feature that is not finished yet has none."""
    entries = _entries(app)
    icons = sorted({e.icon for e in entries})
    lines = ["import type { ParseKeysWithoutVariables } from 'i18next';"]
    names = [f"type {n}" if n == "LucideIcon" else n for n in sorted({*icons, "LucideIcon"})]
    if icons:
        lines.append(f"import {{ {', '.join(names)} }} from 'lucide-react';")
    else:
        lines.append("import type { LucideIcon } from 'lucide-react';")
    lines += [
        "",
        "export interface NavigationEntry {",
        "  to: string;",
        "  labelKey: ParseKeysWithoutVariables;",
        "  icon: LucideIcon;",
        "  group: 'main' | 'create' | 'account' | 'staff';",
        "  guard: 'public' | 'member' | 'guest' | `role:${string}`;",
        "}",
        "",
        "export const navigation: readonly NavigationEntry[] = [",
    ]
    for entry in entries:
        guard = _ROLE.sub(r"role:\1", entry.guard)
        lines.append(
            f"  {{ to: {quoted(entry.to)}, labelKey: {quoted(entry.text)}, icon: {entry.icon}, "
            f"group: {quoted(entry.group)}, guard: {quoted(guard)} }},"
        )
    lines.append("];")
    return derived("src/app/navigation.ts", lines)


def _entries(app: Restricted) -> list[NavSpec]:
    """Return the navigation entries of finished features, in order."""
    found = [
        (entry.order, rank, entry)
        for rank, instance in enumerate(app.instances)
        if app.complete(instance)
        for entry in instance.manifest.nav
    ]
    return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])]


def texts(app: Restricted) -> dict[str, Any]:
    """Return the text catalogue, nested by feature and key."""
    tree: dict[str, Any] = {
        "app": {"name": app.blueprint.app.name, "summary": app.blueprint.app.summary}
    }
    for instance in app.instances:
        pack = instance.pack
        for key, text in pack.texts.items() if pack else ():
            space = "app" if instance.feature == "foundation" else instance.feature
            path, value = [space, *key.split(".")], text
            if instance.target is not None:
                forms = instance.target.forms
                named = [space, *(rename(step, "toml", forms) for step in path[1:])]
                if named != path:
                    path, value = named, _about(text, forms)
            elif path[1] == "thing":
                continue
            node = tree
            for step in path[:-1]:
                node = node.setdefault(step, {})
            node[path[-1]] = value
    return tree


def _about(text: str, forms: Forms) -> str:
    """Return a text with the words for its target."""
    for name, form in (
        ("{thing}", forms.label),
        ("{things}", forms.labels),
        ("{Thing}", forms.label.capitalize()),
        ("{Things}", forms.labels.capitalize()),
    ):
        # {{thing}} is a variable that the app fills in
        text = form.join(re.split(rf"(?<!\{{){re.escape(name)}(?!\}})", text))
    return text


def locale_file(app: Restricted) -> Draft:
    """Return the English text catalogue as a typed constant."""
    lines = ["export const en = {"]

    def walk(node: Mapping[str, Any], depth: int) -> None:
        for key in node:
            name = key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) else quoted(key)
            value = node[key]
            pad = "  " * depth
            if isinstance(value, str):
                lines.append(f"{pad}{name}: {quoted(value)},")
            else:
                lines.append(f"{pad}{name}: {{")
                walk(value, depth + 1)
                lines.append(f"{pad}}},")

    walk(texts(app), 1)
    lines.append("} as const;")
    return derived("src/locales/en.ts", lines)


def messages_file(app: Restricted) -> Draft:
    """Return the texts of constraints, by the constraint's name."""
    found = {k: v for i in app.instances for k, v in i.manifest.messages.items()}
    lines = [
        "import type { ParseKeysWithoutVariables } from 'i18next';",
        "",
        "/** What to tell people when the database refuses a value. */",
        "export const constraintMessages: Readonly<Record<string, ParseKeysWithoutVariables>> = {",
    ]
    lines += [f"  {name}: {quoted(found[name])}," for name in sorted(found)]
    lines.append("};")
    return derived("src/lib/constraint-messages.ts", lines)


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
        "  subject: string | null;",
        "}",
        "",
        "export const eventKinds: Readonly<Record<string, EventKind>> = {",
    ]
    for name, instance, link, subject in _events(app):
        key = quoted(f"{instance.feature}.events.{name}")
        shown = quoted(subject) if subject else "null"
        lines.append(f"  {name}: {{ textKey: {key}, link: {quoted(link)}, subject: {shown} }},")
    lines.append("};")
    return derived("src/lib/event-kinds.ts", lines)


def _events(app: Restricted) -> list[tuple[str, Instance, str, str]]:
    found = []
    for instance in app.instances:
        for name, spec in instance.manifest.events.items():
            if app.has_part(instance, spec.part):
                subject = spec.about or ""
                found.append((name, instance, spec.link, subject or event_table(spec) or ""))
    return sorted(found, key=lambda item: item[0])


assert {"src/app/routes.tsx", "src/app/navigation.ts", "src/locales/en.ts"} <= set(DERIVED)
