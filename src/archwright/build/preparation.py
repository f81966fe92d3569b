"""One phase prepared: its files formatted, its migration written, what changes against the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archwright.build.stage import texts
from archwright.compiler import Compiled
from archwright.emit.draft import Draft
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files, version
from archwright.plan.phases import Phase
from archwright.schema.model import Schema

MIGRATIONS = "supabase/migrations"


@dataclass(frozen=True)
class Step:
    """A phase ready to be proven.

    ``before`` and ``after`` map path to text; ``standing`` are the migrations of earlier phases,
    ``migrations`` those of this one.
    """

    phase: Phase
    compiled: Compiled
    drafts: tuple[Draft, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    standing: tuple[MigrationFile, ...]
    migrations: tuple[MigrationFile, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the paths that are new or different, in order."""
        return tuple(p for p, t in sorted(self.after.items()) if self.before.get(p) != t)

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the paths that go."""
        return tuple(sorted(self.before.keys() - self.after.keys()))


def prepare(
    phase: Phase,
    number: int,
    compiled: Compiled,
    schema: Schema,
    formatted: Sequence[Draft],
    before: Mapping[str, str],
    standing: tuple[MigrationFile, ...],
) -> Step:
    """Put a phase together from its formatted drafts and the schema that stood before it."""
    operations = diff(schema, compiled.architecture.schema)
    name = migration_name(number)
    title = f"Phase {number}: {phase.title}"
    migrations = to_files(operations, len(standing) + 1, name, title)
    origin = _packs(phase, compiled)
    drafts = (*formatted, *(migration_draft(m, phase, origin) for m in migrations))
    after = texts(drafts)
    after |= {f"{MIGRATIONS}/{m.filename}": m.sql for m in standing}
    return Step(phase, compiled, drafts, before, after, standing, migrations)


def migration_name(number: int) -> str:
    """Return the name of a phase's migration."""
    return f"phase_{number:02d}"


def planned_migrations(phases: Sequence[Phase], standing: int = 0, first: int = 1) -> list[str]:
    """Return the paths of the migrations that a first build will write, one a phase."""
    found: list[str] = []
    for offset, phase in enumerate(phases):
        if phase.migration:
            stamp = version(standing + len(found) + 1)
            found.append(f"{MIGRATIONS}/{stamp}_{migration_name(first + offset)}.sql")
    return found


def migration_draft(migration: MigrationFile, phase: Phase, origin: str) -> Draft:
    """Return a migration as a draft; ``origin`` names the packs whose tables it makes."""
    part = phase.nodes[0] if phase.nodes else None
    return Draft(
        path=f"{MIGRATIONS}/{migration.filename}",
        text=migration.sql,
        origin=origin,
        instance=part.instance if part else "",
        part=part.part if part else "",
    )


def _packs(phase: Phase, compiled: Compiled) -> str:
    """Return the packs of a phase, or the compiler for one that brings no part."""
    keys = {node.instance for node in phase.nodes}
    instances = compiled.app.expansion.instances
    sources = dict.fromkeys(i.pack.source for i in instances if i.key in keys and i.pack)
    return ", ".join(sources) or "compiler"
