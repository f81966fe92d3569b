"""What makes an exclusive arc impossible: a column that is never null, or in two arcs at once."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.diagnostics import Diagnostic
from archwright.schema.tables import Draft, TableDraft

_CODE = "AW-3106"


def arc_problems(draft: Draft) -> Iterator[Diagnostic]:
    """Yield an AW-3106 for each arc that no row, or not every delete, could fulfil."""
    for name in sorted(draft.tables):
        table = draft.tables[name]
        taken: dict[str, str] = {}
        for arc, columns in table.spec.one_of.items():
            place = table.instance.place("tables", name, "one_of", arc)
            for column in columns:
                first = taken.setdefault(column, arc)
                wrong = _wrong(table, column)
                if first != arc:
                    wrong = f"{column} is in the arc {first} as well"
                elif columns.count(column) > 1:
                    wrong = f"{column} stands twice in the arc"
                if wrong:
                    yield Diagnostic(_CODE, f"{table.instance.key}: {name}.{wrong}", place)


def _wrong(table: TableDraft, column: str) -> str | None:
    """Say why a column cannot be in an arc: the others could never be set, or it never left out."""
    if column not in table.columns:
        return f"{column} does not exist"
    kind, _ = table.columns[column]
    if column in table.spec.key:
        return f"{column} is in the key, so it is set in every row"
    if not kind.nullable:
        return f"{column} cannot be null (write `?` behind its type), so no other can be set"
    if kind.default is not None or kind.generated is not None:
        return f"{column} is set by itself, so no other can be"
    actions = [kind.on_delete] if kind.references else []
    actions += [k.on_delete for k in table.spec.foreign if column in (k.set_null or k.columns)]
    if "set null" in actions:
        return f"{column} is set to null when what it points to goes, and then none is set"
    return None
