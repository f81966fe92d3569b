"""What a change would do, before it is done: statements, tables, policies, files, hazards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from archwright.build.evolution import Evolution
from archwright.build.folder import standing_migrations
from archwright.build.preparation import migration_name, next_number, path_of
from archwright.migrate.files import to_files
from archwright.migrate.hazards import FoundHazard
from archwright.migrate.renames import renamed
from archwright.schema.model import Schema, Table

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sides:
    """What comes, what is otherwise afterwards, and what goes, each by name."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.new or self.changed or self.removed)


@dataclass(frozen=True)
class Preview:
    """A change as people look at it; ``columns`` are those of tables that stay.

    ``phases`` are (title, files that count, whether there is a migration).
    """

    statements: tuple[str, ...]
    tables: Sides
    columns: Sides
    policies: Sides
    files: Sides
    migrations: tuple[str, ...]
    phases: tuple[tuple[str, int, bool], ...]
    hazards: tuple[FoundHazard, ...]
    remarks: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "statements": list(self.statements),
            "tables": asdict(self.tables),
            "columns": asdict(self.columns),
            "policies": asdict(self.policies),
            "files": asdict(self.files),
            "migrations": list(self.migrations),
            "phases": [
                {"title": title, "files": files, "migration": migration}
                for title, files, migration in self.phases
            ],
            "hazards": [
                {"name": str(h.name), "object": h.object, "why": h.sentence, "certain": h.certain}
                for h in self.hazards
            ],
            "remarks": list(self.remarks),
        }


def preview(
    way: Evolution,
    statements: Iterable[str],
    stands: Collection[str],
    first: int,
    hazards: Iterable[FoundHazard],
    remarks: Iterable[str] = (),
) -> Preview:
    """Return what a way does. ``stands`` are the paths in the folder, ``first`` its phase's number.

    ``hazards`` are those that count: nobody has rows in the database of an app that never was
    finished.
    """
    old = new = way.base.architecture.schema
    if way.strides:  # what has only another name is told by the statements
        old = renamed(way.strides[0].operations, old)
        new = way.strides[-1].compiled.architecture.schema
    kept = {t.ref for t in old.tables} & {t.ref for t in new.tables}
    return Preview(
        statements=tuple(statements),
        tables=_sides(old.tables, new.tables, lambda t: str(t.ref), same=lambda _, __: True),
        columns=_sides(_columns(old, kept), _columns(new, kept), lambda c: c[0]),
        policies=_sides(old.policies, new.policies, lambda p: f"{p.table}: {p.name}"),
        files=Sides(way.new, way.changed, way.removed),
        migrations=tuple(_migrations(way, stands, first)),
        phases=tuple((s.phase.title, s.phase.size, bool(s.operations)) for s in way.strides),
        hazards=tuple(hazards),
        remarks=tuple(remarks),
    )


def _sides(
    old: Iterable[Item],
    new: Iterable[Item],
    name: Callable[[Item], str],
    same: Callable[[Item, Item], bool] = lambda one, other: one == other,
) -> Sides:
    before, after = ({name(item): item for item in items} for items in (old, new))
    return Sides(
        tuple(sorted(after.keys() - before.keys())),
        tuple(n for n in sorted(after.keys() & before.keys()) if not same(before[n], after[n])),
        tuple(sorted(before.keys() - after.keys())),
    )


def _columns(schema: Schema, kept: Collection[Any]) -> list[tuple[str, object]]:
    def shown(table: Table) -> str:
        return table.ref.name if table.ref.schema == "public" else str(table.ref)

    tables = (table for table in schema.tables if table.ref in kept)
    return [
        (f"{shown(table)}.{column.name}", column) for table in tables for column in table.columns
    ]


def _migrations(way: Evolution, stands: Collection[str], first: int) -> Iterable[str]:
    """Yield the paths of the migrations that will be written."""
    there = standing_migrations({path: "" for path in stands})
    number = next_number(there)
    for offset, stride in enumerate(way.strides):
        files = to_files(stride.operations, number, migration_name(first + offset))
        number += len(files)
        yield from map(path_of, files)
