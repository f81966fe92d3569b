"""Numbers without gaps: as many as there are rows, also after a rollback and among many writers."""

from __future__ import annotations

from collections.abc import Iterator

import pglast
from pglast import ast
from pglast.visitors import Visitor

from archwright.catalog.manifest import NumberSpec
from archwright.catalog.naming import bounded
from archwright.schema.generated import trigger_function
from archwright.schema.keeping import refusal
from archwright.schema.model import Function, Index, Table, Trigger
from archwright.schema.sql_text import ident, literal, name


def number_index(label: str, spec: NumberSpec, table: Table) -> Index | None:
    """Return the unique index of a series; None where a key of the table is one already."""
    column = spec.column.partition(".")[2]
    keys = [table.primary_key, *(u.columns for u in table.uniques)]
    if any(set(key) == {*spec.within, column} for key in keys):
        return None
    within = (ident(w) if table.column(w) else f"({w})" for w in spec.within)
    made = bounded(f"{label}_unique")
    return Index(made, table.ref, (*within, ident(column)), unique=True)


def named_columns(expression: str) -> frozenset[str]:
    """Return the columns that an expression speaks of; names of tables are left out."""
    found: set[str] = set()

    class Names(Visitor):
        def visit_ColumnRef(self, _: object, node: ast.ColumnRef) -> None:
            last = (node.fields or ())[-1]
            if isinstance(last, ast.String):
                found.add(str(last.sval))

    Names()(pglast.parse_sql(f"select ({expression}\n)"))
    return frozenset(found)


def told_by(spec: NumberSpec, table: Table) -> Iterator[str]:
    """Yield the columns on which the series of a row depends, the number's own first."""
    yield spec.column.partition(".")[2]
    for within in spec.within:
        yield from [within] if table.column(within) else sorted(named_columns(within))


def numbers(
    label: str, spec: NumberSpec, table: Table
) -> tuple[tuple[Function, ...], tuple[Trigger, ...]]:
    """Return what numbers new rows, and keeps numbered ones where they are."""
    take, guard = _take(label, spec, table), _guard(label, spec, table)
    moved = "\n    or ".join(
        f"old.{ident(c)} is distinct from new.{ident(c)}"
        for c in dict.fromkeys(told_by(spec, table))
    )
    moments = {
        f"{label}_take": ("before insert", "", take),
        f"{label}_kept_update": ("after update", f"\n  when ({moved})\n ", guard),
        f"{label}_kept_delete": ("before delete", "", guard),
    }
    triggers = []
    for title, (moment, when, function) in moments.items():
        made = bounded(title)
        sql = (
            f"create trigger {ident(made)} {moment} on {name(table.ref)}\n"
            f"  for each row{when} execute function {name(function.ref)}()"
        )
        triggers.append(Trigger(made, table.ref, sql))
    return (take, guard), tuple(triggers)


def _take(label: str, spec: NumberSpec, table: Table) -> Function:
    column = ident(spec.column.partition(".")[2])
    given: list[str] = []
    asked: list[str] = []
    for place, within in enumerate(spec.within):
        known = table.column(within)
        # What is generated is not there yet before an insert.
        text = (known.generated if known else within) or f"r.{ident(within)}"
        given.append(f"({text}) as part_{place}")
        asked.append(f"{f't.{ident(within)}' if known else f'({within})'} = series.part_{place}")
    parts = "".join(f", series.part_{place}" for place in range(len(given)))
    where = f"\nwhere {' and '.join(asked)}" if asked else ""
    listed = ",\n  ".join(given)
    read = f"select\n  {listed}\ninto series from (select new.*) r;\n" if given else ""
    body = f"""{read}{_complete(label, len(given))}perform pg_advisory_xact_lock(
  hashtextextended(concat_ws(' ', {literal(label)}{parts}), 0)
);
select coalesce(max(t.{column}), 0) + 1 into new.{column}
from {name(table.ref)} t{where};
return new;"""
    said = (
        f"Gives new rows of {table.ref.name} the next number. Not a sequence: that does not take a"
        " number back when a transaction is rolled back, and so leaves gaps. Here whoever wants"
        " the next one waits until the last one is committed or was never given."
    )
    declare = "series record;" if given else ""
    return trigger_function(bounded(f"take_{label}"), body, declare=declare, comment=said)


def _complete(label: str, count: int) -> str:
    """Return SQL that refuses a row of which it is not known what series it is in."""
    if not count:
        return ""
    parts = ", ".join(f"series.part_{place}" for place in range(count))
    return (
        f"if num_nulls({parts}) > 0 then\n"
        f"  raise exception 'a row without a series cannot be numbered'\n"
        f"    using errcode = '23502', constraint = {literal(bounded(f'{label}_series'))};\n"
        f"end if;\n"
    )


def _guard(label: str, spec: NumberSpec, table: Table) -> Function:
    body = refusal(
        f'numbered rows of relation "{table.ref.name}" are kept by constraint',
        bounded(f"{label}_kept"),
        "42501",
        f"A row that goes, or changes its {spec.column.partition('.')[2]}, would leave a gap.",
    )
    return trigger_function(bounded(f"guard_{label}"), body)
