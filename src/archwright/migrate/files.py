"""Migration files from operations: versions that count up, sections a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from archwright.migrate.hazards import hazards
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.bucket import DropBucket, PutBucket
from archwright.migrate.operations.column import DropColumn
from archwright.migrate.operations.constraint import AddConstraint
from archwright.migrate.operations.enum import AddEnumValue, CreateEnum, DropEnum, ReplaceEnum
from archwright.migrate.operations.extension import (
    ChangeUsage,
    CreateExtension,
    CreateNamespace,
)
from archwright.migrate.operations.function import ChangeFunctionAccess, DropFunction, PutFunction
from archwright.migrate.operations.grant import AddGrant, Revoke
from archwright.migrate.operations.index import CreateIndex
from archwright.migrate.operations.policy import AlterPolicy, CreatePolicy
from archwright.migrate.operations.table import CloseTable, CreateTable, DropTable
from archwright.migrate.operations.trigger import CreateTrigger, ReplaceTrigger
from archwright.schema import render

_BASE = datetime(2026, 1, 1)
_SECTIONS: tuple[tuple[str, tuple[type[Operation], ...]], ...] = (
    ("Extensions and schemas", (CreateExtension, CreateNamespace, ChangeUsage)),
    ("Types", (CreateEnum, ReplaceEnum, AddEnumValue, DropEnum)),
    ("Tables", (CreateTable, CloseTable)),
    ("Constraints", (AddConstraint,)),
    ("Indexes", (CreateIndex,)),
    ("Functions", (PutFunction, ChangeFunctionAccess, DropFunction)),
    ("Triggers", (CreateTrigger, ReplaceTrigger)),
    ("Row-level security", (CreatePolicy, AlterPolicy)),
    ("Grants", (AddGrant, Revoke)),
    ("Storage", (PutBucket, DropBucket)),
    ("Removed for good", (DropColumn, DropTable)),
)


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """One migration: ``version`` as YYYYMMDDHHMMSS, ``name`` in snake_case, the whole SQL text."""

    version: str
    name: str
    sql: str

    @property
    def filename(self) -> str:
        """Return ``<version>_<name>.sql``."""
        return f"{self.version}_{self.name}.sql"


def version(number: int) -> str:
    """Return the version of the ``number``-th migration, from 1: seconds after a fixed instant."""
    return (_BASE + timedelta(seconds=number)).strftime("%Y%m%d%H%M%S")


def to_files(
    operations: Sequence[Operation], first_version: int, name: str = "schema", title: str = ""
) -> tuple[MigrationFile, ...]:
    """Return none, one or two files: new enumeration values must be committed before their use.

    ``first_version`` is the number of the first file, from 1. ``name`` (snake_case) and ``title``
    (a sentence) say what the migration is for.
    """
    values = [op for op in operations if isinstance(op, AddEnumValue)]
    rest = [op for op in operations if not isinstance(op, AddEnumValue)]
    files: list[MigrationFile] = []
    if values:
        head = "New values of enumeration types; PostgreSQL wants them committed before their use."
        files.append(MigrationFile(version(first_version), f"{name}_values", _text(values, head)))
    if rest:
        number = first_version + len(files)
        files.append(MigrationFile(version(number), name, _text(rest, title or _summary(rest))))
    return tuple(files)


def _text(operations: Sequence[Operation], title: str) -> str:
    parts = ["\n".join(f"-- {line}" for line in [title, *_warnings(operations)])]
    for heading, group in groupby(operations, key=_section):
        parts.append(f"-- {heading}\n\n" + "\n\n".join(_statements(list(group))))
    return "\n\n".join(parts) + "\n"


def _warnings(operations: Iterable[Operation]) -> list[str]:
    lines = [f"  {found}" for found in hazards(operations)]
    return ["Mind:", *lines] if lines else []


def _section(operation: Operation) -> str:
    return next((h for h, kinds in _SECTIONS if isinstance(operation, kinds)), "Changes")


def _statements(operations: list[Operation]) -> Iterable[str]:
    """Yield paragraphs; a table's closing follows it, its grants to one role share statements."""

    def paragraph(op: Operation) -> object:
        return (op.grant.table, op.grant.role) if isinstance(op, AddGrant) else id(op)

    for _, group in groupby(operations, key=paragraph):
        members = list(group)
        granted = [op.grant for op in members if isinstance(op, AddGrant)]
        yield render.grants(granted) if granted else members[0].sql()


def _summary(operations: Sequence[Operation]) -> str:
    tables = [op.table.ref.name for op in operations if isinstance(op, CreateTable)]
    if tables:
        return f"Tables {', '.join(tables)}." if len(tables) < 8 else f"{len(tables)} new tables."
    first = operations[0].describe()
    more = f", and {len(operations) - 1} more" if len(operations) > 1 else ""
    return f"{first[0].upper()}{first[1:]}{more}."
