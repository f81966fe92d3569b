"""The whole app as drafts: packs' files, derived files, state stores. Pure; nothing is written."""

from __future__ import annotations

from archwright.blueprint.codec import dump
from archwright.blueprint.json_schema import json_schema
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.context import app_context
from archwright.emit.derived import derived, event_kinds_file, select_files
from archwright.emit.draft import Draft
from archwright.emit.files import render_files
from archwright.emit.guides import agents_file, readme_file
from archwright.emit.live import live_topics_file
from archwright.emit.pages import pages_file
from archwright.emit.project import config_file, package_file, seed_file
from archwright.emit.restricted import restricted_blueprint
from archwright.emit.routes import check_routes, navigation_file, routes_file
from archwright.emit.slots import gather_slots
from archwright.emit.state import state_files
from archwright.emit.texts import locale_file, messages_file
from archwright.emit.theme import build_theme
from archwright.plan.restrict import Restricted
from archwright.schema.live_events import topics
from archwright.schema.model import Schema
from archwright.schema.typescript import database_types
from archwright.toolchain.pins import pins


def emit(app: Restricted, schema: Schema) -> tuple[tuple[Draft, ...], list[Diagnostic]]:
    """Return all drafts of a restricted app by path, unformatted, without migrations."""
    slots, problems = gather_slots(app)
    palette = app.blueprint.app.theme
    theme, notes = build_theme(palette.background, palette.primary, palette.mode)
    problems += notes
    shared = app_context(app, theme)
    drafts, found = render_files(app, slots, shared)
    problems += found
    states, found = state_files(app)
    problems += found
    package, found = package_file(app, pins())
    problems += found
    seed, found = seed_file(app)
    problems += found
    drafts += states
    drafts += [package, seed, config_file(app), readme_file(app, schema), agents_file(app)]
    problems += check_routes(app)
    locale, found = locale_file(app)
    problems += found
    drafts += [routes_file(app), navigation_file(app), locale, messages_file(app)]
    drafts += select_files(app, slots)
    drafts.append(derived("src/lib/database.types.ts", [database_types(schema).rstrip("\n")]))
    drafts.append(derived("blueprint.yaml", [dump(restricted_blueprint(app)).rstrip("\n")]))
    drafts.append(derived("blueprint.schema.json", [json_schema().rstrip("\n")]))
    if (pages := pages_file(app)) is not None:
        drafts.append(pages)
    if (kinds := event_kinds_file(app)) is not None:
        drafts.append(kinds)
    told = topics(app, {t.ref.name: t for t in schema.tables})
    if (listed := live_topics_file(app, told)) is not None:
        drafts.append(listed)
    problems += _doubles(drafts)
    return tuple(sorted(drafts, key=lambda d: d.path)), problems


def _doubles(drafts: list[Draft]) -> list[Diagnostic]:
    """Report two writers of one path, also where only case tells the paths apart."""
    seen: dict[str, Draft] = {}
    problems: list[Diagnostic] = []
    for draft in drafts:
        key = draft.path.lower()
        if key in seen:
            text = f"{seen[key].origin} and {draft.origin} both write {draft.path}"
            problems.append(Diagnostic("AW-3324", text, Place(draft.origin)))
        seen[key] = draft
    return problems
