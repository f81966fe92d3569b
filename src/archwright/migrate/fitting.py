"""Which new constraints no row that is there can contradict, whatever it holds."""

from __future__ import annotations

from archwright.migrate.disturbed import key_columns
from archwright.migrate.mentions import mentions
from archwright.schema.model import Check, Column, Exclusion, ForeignKey, Index, Table, Unique

_DISTINCT = ("gen_random_uuid()", "extensions.gen_random_uuid()")


def fits(old: Table, new: Table, made: Check | Unique | ForeignKey | Exclusion | Index) -> bool:
    """Tell whether rows of the old table satisfy a constraint of the new one in any case.

    Of a column that is new all rows hold the same: nothing, its default, or a value of their own.
    """
    fresh = {c.name: c for c in new.columns if old.column(c.name) is None}
    match made:
        case Check():
            concerned = mentions(made.expression).words & {c.name for c in new.columns}
            return bool(concerned) and concerned <= fresh.keys()
        case ForeignKey():
            return any(c in fresh and _empty(fresh[c]) for c in made.columns)
        case Unique():
            return _apart(fresh, made.columns, nulls_equal=made.nulls_equal)
        case Index():
            return _apart(fresh, key_columns(made), nulls_equal=False)
        case Exclusion():
            return False


def _apart(
    fresh: dict[str, Column], columns: tuple[str, ...] | frozenset[str], *, nulls_equal: bool
) -> bool:
    return any(
        c in fresh and (fresh[c].default in _DISTINCT or (_empty(fresh[c]) and not nulls_equal))
        for c in columns
    )


def _empty(column: Column) -> bool:
    return not column.not_null and column.default is None and column.generated is None
