"""Migration files from operations: versions that count up, sections a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from archwright.migrate.hazards import hazards
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.beside import AttachUnique, BuildIndex, SwapIndex
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
from archwright.migrate.operations.job import ScheduleJob, UnscheduleJob
from archwright.migrate.operations.move import MoveFromJoin, MoveToJoin, MoveValues
from archwright.migrate.operations.partition import BringBack, SetAside
from archwright.migrate.operations.policy import AlterPolicy, CreatePolicy
from archwright.migrate.operations.proven import FillColumns, TakeNotNull, ValidateConstraint
from archwright.migrate.operations.rename import Renaming
from archwright.migrate.operations.stage import Stage
from archwright.migrate.operations.table import CloseTable, CreateTable, DropTable
from archwright.migrate.operations.tree import FillPaths
from archwright.migrate.operations.trigger import CreateTrigger, ReplaceTrigger
from archwright.schema import render

_BASE = datetime(2026, 1, 1)
_SECTIONS: tuple[tuple[str, tuple[type[Operation], ...]], ...] = (
    ("Extensions and schemas", (CreateExtension, CreateNamespace, ChangeUsage)),
    ("Types", (CreateEnum, ReplaceEnum, AddEnumValue, DropEnum)),
    ("Other names", (Renaming,)),
    ("Tables", (CreateTable, CloseTable)),
    ("Tables made anew, with their rows", (SetAside, BringBack)),
    ("Constraints", (AddConstraint, AttachUnique)),
    ("Indexes", (CreateIndex, BuildIndex, SwapIndex)),
    ("Trees of rows that are there", (FillPaths,)),
    ("Values for rows that have none", (FillColumns,)),
    ("Data on its way", (MoveValues, MoveToJoin, MoveFromJoin)),
    ("Rows against their constraints", (ValidateConstraint,)),
    ("Required, as proven", (TakeNotNull,)),
    ("Functions", (PutFunction, ChangeFunctionAccess, DropFunction)),
    ("Triggers", (CreateTrigger, ReplaceTrigger)),
    ("Row-level security", (CreatePolicy, AlterPolicy)),
    ("Grants", (AddGrant, Revoke)),
    ("Storage", (PutBucket, DropBucket)),
    ("Jobs", (ScheduleJob, UnscheduleJob)),
    ("Removed for good", (DropColumn, DropTable)),
)

_PARTS = {
    Stage.VALUES: "values",
    Stage.MAIN: "",
    Stage.FILL: "fill",
    Stage.BUILD: "index",
    Stage.ATTACH: "attach",
    Stage.REFILL: "refill",
    Stage.VALIDATE: "validate",
    Stage.SETTLE: "settle",
}
_TITLES = {
    Stage.VALUES: (
        "New values of enumeration types; PostgreSQL wants them committed before their use."
    ),
    Stage.FILL: "Values for rows that have none; the table stays in use.",
    Stage.BUILD: "An index, built while the table stays in use: not in a transaction.",
    Stage.ATTACH: "What stands on the indexes that have been built.",
    Stage.REFILL: "Values for rows that came without them in the meantime.",
    Stage.VALIDATE: "Rows are held against new constraints; the table stays in use.",
    Stage.SETTLE: "What has been proven is taken as given, what is done with goes.",
}


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
    operations: Sequence[Operation],
    first_version: int,
    name: str = "schema",
    title: str = "",
    *,
    waits: str = "",
) -> tuple[MigrationFile, ...]:
    """Return a file for each stage of a migration; one that is built at once has one or two.

    ``first_version`` is the number of the first file, from 1. ``name`` (snake_case) and ``title``
    (a sentence) say what the migration is for. ``waits`` is how long a statement waits for a lock
    (as ``5s``) before it gives up; without it, as long as it takes. Operations that are built
    beside the traffic have a file each, so that an interrupted run goes on where it was.
    """
    stages = sorted({op.at for op in operations})
    files: list[MigrationFile] = []
    for stage in stages:
        members = [op for op in operations if op.at is stage]
        alone = stage is Stage.BUILD
        for group in [[op] for op in members] if alone else [members]:
            number = first_version + len(files)
            part = _PARTS[stage]
            suffix = f"_{part}" if part else ""
            if alone and len(members) > 1:
                suffix += f"_{members.index(group[0]) + 1}"
            head = title if stage is Stage.MAIN and title else _title(stage, group)
            text = _text(group, head, _limits(stage, waits))
            files.append(MigrationFile(version(number), f"{name}{suffix}", text))
    return tuple(files)


def _title(stage: Stage, operations: Sequence[Operation]) -> str:
    return _TITLES.get(stage) or _summary(operations)


def _limits(stage: Stage, waits: str) -> tuple[str, str]:
    """Return what stands before and after the statements of a stage on a database in use."""
    if not waits or stage is Stage.BUILD:
        return ("", "")
    sentence = (
        f"-- Nobody queues up behind this for longer than {waits}; then it gives up, unchanged."
    )
    return (f"{sentence}\nset lock_timeout = '{waits}';", "reset lock_timeout;")


def _text(operations: Sequence[Operation], title: str, limits: tuple[str, str]) -> str:
    parts = ["\n".join(f"-- {line}" for line in [title, *_warnings(operations)])]
    parts += [limits[0]] if limits[0] else []
    for heading, group in groupby(operations, key=_section):
        parts.append(f"-- {heading}\n\n" + "\n\n".join(_statements(list(group))))
    parts += [limits[1]] if limits[1] else []
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
