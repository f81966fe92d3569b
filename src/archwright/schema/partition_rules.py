"""What makes partitions impossible: keys without the time, rows that others need or count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archwright.catalog.manifest import PartialUnique, PartitionSpec
from archwright.schema.model import Table

_TIMES = frozenset({"timestamp with time zone", "date"})


def partition_problems(
    spec: PartitionSpec,
    table: Table,
    tables: Mapping[str, Table],
    partial: Iterable[PartialUnique],
    kept: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield (field of the statement, what is wrong with it).

    ``partial`` are the unique indexes of the table's manifest; ``kept`` tells by table what needs
    all its rows: numbers, balances, a tree.
    """
    here, column = table.ref.name, table.column(spec.by)
    if column is None:
        yield "by", f"there is no column {here}.{spec.by}"
        return
    if column.type not in _TIMES or not column.not_null or column.generated is not None:
        yield "by", f"{here}.{spec.by} must be a timestamptz or date that is never null"
    keys = [table.primary_key, *(u.columns for u in table.uniques), *(u.columns for u in partial)]
    for key in keys:
        if spec.by not in key:
            listed = ", ".join(key)
            yield "by", f"the key ({listed}) of {here} lacks {spec.by}: partitions are unique alone"
    if table.exclusions:
        yield "by", f"{table.exclusions[0].name} would exclude within a partition only"
    for name in sorted(tables):
        if any(key.table == table.ref for key in tables[name].foreign_keys):
            yield "by", f"{name} points at rows of {here}, which go with their partition"
    if here in kept and (spec.keep is not None or "number" in kept[here]):
        yield "keep", f"{kept[here]} needs all rows of {here}"
