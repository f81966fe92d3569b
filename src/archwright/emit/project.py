"""Derived files of the project as a whole: package.json, config, seed."""

from __future__ import annotations

import json

from archwright.catalog.instance import Instance
from archwright.catalog.rename import rename
from archwright.catalog.template import Template, TemplateError
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.derived import derived
from archwright.emit.draft import Draft
from archwright.plan.context import instance_context
from archwright.plan.restrict import Restricted
from archwright.toolchain.pins import Pins

DEFAULT_UPLOAD_LIMIT = 50
"""MiB that Supabase takes of one file unless told otherwise, whatever a bucket allows."""

# Versions that every app needs; the others come in by a pack's [dependencies].
OPTIONAL = frozenset({"hls.js", "@tanstack/react-virtual"})


def package_file(app: Restricted, pins: Pins) -> tuple[Draft, list[Diagnostic]]:
    """Return package.json with the dependencies of the whole app, at the pinned versions."""
    problems: list[Diagnostic] = []
    wanted = {n: v for n, v in pins.app.items() if n not in OPTIONAL}
    for instance in app.expansion.instances:
        for name, version in instance.manifest.dependencies.items():
            if pins.app.get(name) != version:
                place = instance.place("dependencies", name)
                known = pins.app.get(name, "none")
                text = f"{name} {version} is not what this toolchain pins ({known})"
                problems.append(Diagnostic("AW-3323", text, place))
            wanted[name] = version
    tried = app.has("foundation.proof")
    data = {
        "name": app.blueprint.app.slug,
        "private": True,
        "version": "0.1.0",
        "type": "module",
        "engines": {"node": ">=22"},
        "scripts": {
            "dev": "vite",
            "build": "tsc -b && vite build",
            "typecheck": "tsc -b" + (" . e2e" if tried else ""),
            "lint": "oxlint --type-aware --deny-warnings src" + (" e2e" if tried else ""),
            "format": "oxfmt .",
            "test": "vitest run",
            **({"e2e": "playwright test"} if tried else {}),
            "unused": "knip",
        },
        "dependencies": dict(sorted(wanted.items())),
        "devDependencies": dict(sorted(pins.app_dev.items())),
    }
    return derived("package.json", [json.dumps(data, indent=2, ensure_ascii=False)]), problems


def seed_file(app: Restricted) -> tuple[Draft, list[Diagnostic]]:
    """Return supabase/seed.sql: the built packs' seed rows in order of definition.

    What packs share over all targets comes after these, and what listens to events at the end:
    such rows are about the others'.
    """
    lines = ["-- Sample rows for development. Not for production."]
    problems: list[Diagnostic] = []
    for instance in sorted(app.instances, key=_seeded):
        if instance.pack is None or not instance.pack.seed or instance.each:
            continue
        text = instance.pack.seed
        if instance.target is not None:
            text = rename(text, "sql", instance.target.forms)
        place = Place(f"{instance.pack.source}/seed.sql")
        template, found = Template.parse(text, place)
        problems += found
        if template is None:
            continue
        try:
            lines += [
                "",
                f"-- {instance.key}",
                template.render(instance_context(app, instance)).strip(),
            ]
        except TemplateError as error:
            problems.append(error.diagnostic)
    return derived("supabase/seed.sql", lines), problems


def _seeded(instance: Instance) -> tuple[bool, bool]:
    manifest = instance.manifest
    return bool(manifest.fanout), manifest.pack.instance == "shared"


def upload_limit(app: Restricted) -> int:
    """Return the MiB that the platform must let through in one file; 0 where its default does."""
    limits = [
        bucket.limit
        for instance in app.instances
        for bucket in instance.manifest.buckets.values()
        if app.has_part(instance, bucket.part)
    ]
    most = -(-max(limits, default=0) // 2**20)
    return most if most > DEFAULT_UPLOAD_LIMIT else 0


def _storage(app: Restricted) -> list[str]:
    most = upload_limit(app)
    return ["[storage]", f'file_size_limit = "{most}MiB"', ""] if most else []


def config_file(app: Restricted) -> Draft:
    """Return supabase/config.toml."""
    slug = app.blueprint.app.slug
    return derived(
        "supabase/config.toml",
        [
            "# What the Supabase CLI needs to know. Secrets stay in the environment.",
            f"project_id = {json.dumps(slug)}",
            "",
            "[api]",
            'schemas = ["public"]',
            "max_rows = 1000",
            "",
            "[db]",
            "major_version = 17",
            "",
            "[db.seed]",
            "enabled = true",
            'sql_paths = ["./seed.sql"]',
            "",
            *_storage(app),
            "[auth]",
            'site_url = "http://localhost:5173"',
            "enable_signup = true",
            "minimum_password_length = 10",
            "",
            "[auth.email]",
            "enable_confirmations = false",
            "double_confirm_changes = true",
        ],
    )
