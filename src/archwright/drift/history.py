"""Who is ahead, by the record of migrations that the database keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archwright.migrate.files import MigrationFile
from archwright.ports import Connection

_THERE = "select to_regclass('supabase_migrations.schema_migrations') is not null"
_APPLIED = "select version, statements from supabase_migrations.schema_migrations order by version"

Record = Mapping[str, Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class History:
    """Migrations that only the files have, only the database has, and that both say otherwise.

    ``known`` tells whether the database keeps a record at all.
    """

    known: bool
    pending: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def behind(self) -> bool:
        """Tell whether the database only lacks the newest files."""
        return bool(self.known and self.pending and not self.foreign and not self.changed)

    def __str__(self) -> str:
        """Say who is ahead, in a sentence."""
        if not self.known:
            return "the database keeps no record of migrations, so nobody knows who is ahead"
        said = []
        if self.pending:
            said.append(f"the files are ahead by {', '.join(self.pending)}")
        if self.foreign:
            said.append(
                f"the database is ahead by {', '.join(self.foreign)}, of which no file is here"
            )
        if self.changed:
            said.append(f"changed since they were applied: {', '.join(self.changed)}")
        return "; ".join(said) or "both have the same migrations"


def recorded(connection: Connection) -> Record | None:
    """Return the statements of each applied migration by version; None where no record is kept."""
    if not connection.execute(_THERE).fetchone()[0]:
        return None
    return dict(connection.execute(_APPLIED).fetchall())


def history(
    record: Record | None,
    files: Sequence[MigrationFile],
    statements: Callable[[str], list[str]],
) -> History:
    """Compare the record with the files; ``statements`` splits a script as it is recorded.

    An older file that was never applied is "changed": it cannot just be applied after the others.
    """
    if not record:
        return History(known=False)
    newest = max(record)
    mine = {f.version: f for f in files}
    changed = [
        f.filename
        for f in files
        if (f.version not in record and f.version < newest)
        or (
            record.get(f.version) is not None and list(record[f.version] or ()) != statements(f.sql)
        )
    ]
    return History(
        known=True,
        pending=tuple(f.filename for f in files if f.version > newest),
        foreign=tuple(sorted(record.keys() - mine.keys())),
        changed=tuple(changed),
    )
