"""Which tables a phase has to ask about again."""

from __future__ import annotations

from archwright.proof.access.layout import Layout
from archwright.schema.model import Function


def touched(now: Layout, before: Layout | None) -> set[str]:
    """Return the tables whose rules, or what their rules look into, changed.

    Also those with a changed column, policy, grant or trigger, and all where a helper changed.
    """
    every = set(now.tables)
    if before is None:
        return every
    helpers = _helpers(now)
    if any(helpers.get(name) != function for name, function in _helpers(before).items()):
        return every
    changed = {t for t in every if t not in before.tables or _own(now, t) != _own(before, t)}
    while True:
        more = {t for t in every - changed if now.reads(t) & changed}
        if not more:
            return changed
        changed |= more


def _helpers(layout: Layout) -> dict[str, Function]:
    """Return the private functions that policies may call."""
    return {
        f.signature: f
        for f in layout.schema.functions
        if f.ref.schema == "private" and f.returns != "trigger"
    }


def _own(layout: Layout, table: str) -> object:
    schema, ref = layout.schema, layout.tables[table].ref
    return (
        layout.scope.tables[table],
        layout.tables[table],
        [p for p in schema.policies if p.table == ref],
        [g for g in schema.grants if g.table == ref],
        [t for t in schema.triggers if t.table == ref],
    )
