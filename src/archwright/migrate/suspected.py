"""What looks like a rename that nobody declared: to be asked about, never to be assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archwright.migrate.renames import Renames
from archwright.schema.model import Column, Ref, Schema, Table

_LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that goes and something alike that comes; ``kind`` is table, column or value.

    ``renames`` is what to declare where it is the same thing. Without it, ``old`` and what it
    holds is dropped.
    """

    kind: str
    old: str
    new: str
    reason: str
    renames: Renames


def suspected_renames(old: Schema, new: Schema) -> tuple[Suspect, ...]:
    """Return look-alikes among what goes and what comes, the likeliest first of each.

    A table is like one that shares at least half of its columns; a column like one of the same
    type in the same table; a value like the one at its place in the type.
    """
    return tuple([*_tables(old, new), *_all_columns(old, new), *_values(old, new)])


def _tables(old: Schema, new: Schema) -> Iterator[Suspect]:
    before, after = {t.ref for t in old.tables}, {t.ref for t in new.tables}
    come = [t for t in new.tables if t.ref not in before]
    for gone in (t for t in old.tables if t.ref not in after):
        alike = [t for t in come if t.ref.schema == gone.ref.schema]
        ranked = sorted(alike, key=lambda t: (-_shared(gone, t), t.ref))
        for table in ranked:
            share = _shared(gone, table)
            if share >= _LEAST_SHARED:
                reason = f"{round(share * 100)} % of the columns are the same"
                renames = Renames(tables=((gone.ref, table.ref.name),))
                yield Suspect("table", str(gone.ref), str(table.ref), reason, renames)


def _shared(first: Table, second: Table) -> float:
    one, two = ({(c.name, c.type) for c in t.columns} for t in (first, second))
    return len(one & two) / max(len(one | two), 1)


def _all_columns(old: Schema, new: Schema) -> Iterator[Suspect]:
    later = {t.ref: t for t in new.tables}
    for table in old.tables:
        after = later.get(table.ref)
        if after is not None:
            yield from _columns(table, after)


def _columns(old: Table, new: Table) -> Iterator[Suspect]:
    gone = [c for c in old.columns if new.column(c.name) is None and c.generated is None]
    come = [c for c in new.columns if old.column(c.name) is None and c.generated is None]
    for column in gone:
        alike = [c for c in come if (c.type, c.enum) == (column.type, column.enum)]
        place = old.columns.index(column)
        ranked = sorted(alike, key=lambda c: (abs(new.columns.index(c) - place), c.name))
        for other in ranked:
            yield Suspect(
                "column",
                f"{old.ref}.{column.name}",
                f"{old.ref}.{other.name}",
                _likeness(old.ref, column, other, same_place=new.columns.index(other) == place),
                Renames(columns=((old.ref, column.name, other.name),)),
            )


def _likeness(table: Ref, old: Column, new: Column, *, same_place: bool) -> str:
    where = f"at the same place in {table}" if same_place else f"in {table}"
    required = ", required alike" if old.not_null == new.not_null else ""
    return f"both are {old.type}, {where}{required}"


def _values(old: Schema, new: Schema) -> Iterator[Suspect]:
    later = {e.name: e.values for e in new.enums}
    for enum in old.enums:
        values = later.get(enum.name, ())
        if len(values) != len(enum.values):
            continue
        for was, now in zip(enum.values, values, strict=True):
            if was != now and was not in values and now not in enum.values:
                yield Suspect(
                    "value",
                    f"{enum.name}.{was}",
                    f"{enum.name}.{now}",
                    "both are at the same place of the type",
                    Renames(values=((enum.name, was, now),)),
                )
