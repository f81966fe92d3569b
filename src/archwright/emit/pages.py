"""The pages of the app as its specs see them: where they are, with which samples, for whom."""

from __future__ import annotations

import re

from archwright.catalog.manifest import RouteSpec
from archwright.emit.derived import derived, quoted
from archwright.emit.draft import Draft
from archwright.emit.routes import route_part
from archwright.plan.restrict import Restricted

PAGES = "e2e/support/pages.ts"
MEMBER = "lena"
_SEEN_BY = {"public": None, "guest": None, "role(admin)": "mara", "role(moderator)": "teo.bakes"}
"""Whom of the sample people a page is for; all others are seen by a member."""
_NEWCOMER = "newcomer"
_HEAD = """\
export interface AppPage {
  path: string;
  /** For each parameter a value, or `from table.column`: the first that the visitor may read. */
  sample: Readonly<Record<string, string>>;
  guard: 'public' | 'guest' | 'member' | `role:${string}`;
  /** One of the sample people, `newcomer`, or null for a visitor without an account. */
  seenBy: string | null;
  /** Who sees a page of everybody with an account. */
  member: string;
}

export const pages: readonly AppPage[] = [
"""


def pages_file(app: Restricted) -> Draft | None:
    """Return the list of pages for the specs; None before the app has any specs."""
    if not app.has("foundation.proof"):
        return None
    entries = [
        _entry(app, route)
        for instance in app.instances
        for route in instance.manifest.routes
        if app.has_part(instance, route_part(instance, route))
    ]
    return derived(PAGES, [*_HEAD.splitlines(), *sorted(entries), "];"])


def _entry(app: Restricted, route: RouteSpec) -> str:
    member = MEMBER if app.has("profiles") else _NEWCOMER
    seen_by = route.seen_by or _SEEN_BY.get(route.guard, member)
    sample = ", ".join(f"{name}: {quoted(value)}" for name, value in route.sample.items())
    guard = re.sub(r"role\(([a-z_]+)\)", r"role:\1", route.guard)
    who = "null" if seen_by is None else quoted(seen_by)
    return (
        f"  {{ path: {quoted(route.path)}, sample: {{ {sample} }}, guard: {quoted(guard)}, "
        f"seenBy: {who}, member: {quoted(member)} }},"
    )
