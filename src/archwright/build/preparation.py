"""One phase prepared: its files formatted, its migration written, what changes against the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archwright.build.stage import texts
from archwright.compiler import Compiled
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile, to_files, version
from archwright.migrate.hazards import FoundHazard, hazards
from archwright.migrate.operations.base import Operation
from archwright.plan.phases import Phase

MIGRATIONS = "supabase/migrations"
_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class Step:
    """A phase ready to be proven.

    ``before`` and ``after`` map path to text; ``standing`` are the migrations of earlier phases
    and those of the user's own, ``migrations`` those of this one, with their ``hazards``.
    """

    phase: Phase
    compiled: Compiled
    drafts: tuple[Draft, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    standing: tuple[MigrationFile, ...]
    migrations: tuple[MigrationFile, ...]
    hazards: tuple[FoundHazard, ...] = ()

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
    operations: Sequence[Operation],
    formatted: Sequence[Draft],
    before: Mapping[str, str],
    standing: tuple[MigrationFile, ...],
) -> Step:
    """Put a phase together from its formatted drafts and what it does to the database."""
    name = migration_name(number)
    title = f"Phase {number}: {phase.title}"
    migrations = to_files(operations, next_number(standing), name, title)
    origin = _packs(phase, compiled)
    drafts = (*formatted, *(migration_draft(m, phase, origin) for m in migrations))
    after = texts(drafts)
    after |= {path: before[path] for m in standing if (path := path_of(m)) in before}
    harm = hazards(operations)
    return Step(phase, compiled, drafts, before, after, standing, migrations, harm)


def path_of(migration: MigrationFile) -> str:
    """Return where a migration lies in the app's folder."""
    return f"{MIGRATIONS}/{migration.filename}"


def next_number(standing: Sequence[MigrationFile]) -> int:
    """Return the number of the migration that comes after all that there are, from 1.

    The versions of users' own are points in time, which are numbers as ours are.
    """
    return max((_number(m.version) for m in standing), default=0) + 1


def _number(stamp: str) -> int:
    """Return the number that has a version, 0 where none has."""
    try:
        passed = datetime.strptime(stamp, _STAMP) - datetime.strptime(version(0), _STAMP)
    except ValueError:
        return 0
    return max(0, int(passed.total_seconds()))


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
        path=path_of(migration),
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
