"""The routes and the navigation of the app, from what its features declare."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from archwright.catalog.instance import Instance
from archwright.catalog.manifest import NavSpec, RouteSpec
from archwright.diagnostics import Diagnostic
from archwright.emit.derived import derived, quoted
from archwright.emit.draft import Draft
from archwright.plan.restrict import Restricted

ROUTES = "src/app/routes.tsx"
_ROLE = re.compile(r"role\(([a-z_]+)\)")
_GROUPS = ("main", "create", "account", "staff")


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
    framed = bool(start) or any(r.layout == "app" for r in found)
    names = {"Providers": "providers", "RouteError": "route-error"}
    names |= {"Layout": "layout", "NotFound": "route-error"} if framed else {}
    names |= {"BareLayout": "bare-layout"} if any(r.layout == "bare" for r in found) else {}
    guards = sorted({_guard(r)[0] for r in found} - {""})
    router = "import { Navigate, type RouteObject } from 'react-router';"
    lines = [router if start else "import type { RouteObject } from 'react-router';"]
    if guards:
        lines.append(f"import {{ {', '.join(guards)} }} from '@/app/guards';")
    for module in dict.fromkeys(names[name] for name in sorted(names)):
        components = ", ".join(sorted(name for name in names if names[name] == module))
        lines.append(f"import {{ {components} }} from '@/app/{module}';")
    lines += ["", "export const routes: RouteObject[] = [", "{ Component: Providers, children: ["]
    for component, layout in (("Layout", "app"), ("BareLayout", "bare")):
        inside = [r for r in found if r.layout == layout]
        if component in names:
            lines.append(f"{{ Component: {component}, children: [")
            lines.append("{ ErrorBoundary: RouteError, children: [")
            lines += start if layout == "app" else []
            lines += _guarded(inside)
            # What is not there looks like what is there for others only.
            lines += ["{ path: '*', Component: NotFound },"] if layout == "app" else []
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


def check_routes(app: Restricted) -> list[Diagnostic]:
    """Report (AW-3326) a path that two pages have."""
    first: dict[str, Instance] = {}
    problems: list[Diagnostic] = []
    for instance in app.instances:
        for index, route in enumerate(instance.manifest.routes):
            # Two names for one parameter are one path.
            path = re.sub(r":[^/]+", ":", route.path)
            if path in first:
                text = f"{first[path].key} and {instance.key} both have a page at {route.path}"
                place = instance.place("routes", str(index), "path")
                problems.append(Diagnostic("AW-3326", text, place))
            first.setdefault(path, instance)
    return problems


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
    """Return the navigation entries of finished features, by group and in order."""
    found = [
        (_GROUPS.index(entry.group), entry.order, rank, entry)
        for rank, instance in enumerate(app.instances)
        if app.complete(instance)
        for entry in instance.manifest.nav
    ]
    return [entry for *_, entry in sorted(found, key=lambda item: item[:3])]
