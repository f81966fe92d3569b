"""Trees in populations: each row hangs on one before it, and one has very many below it."""

from __future__ import annotations

from archwright.schema.sql_text import literal

_BELOW = 30
_HOT = 7


def parent_above(table: str) -> str:
    """Return SQL for the row on which the ``i``-th row hangs; the first is the top of all.

    Every row has up to thirty below it, the first every seventh besides.
    """
    above = f"case when i % {_HOT} = 0 then 1 else (i + {_BELOW - 2}) / {_BELOW} end"
    return f"case when i > 1 then md5({literal(table + '/')} || {above})::uuid end"
