"""Renames by declared intent: what is declared, whether it fits, and the steps that follow."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, Place
from archwright.migrate.carried_names import carried, carried_functions
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.rename import (
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameTable,
    Renaming,
)
from archwright.migrate.operations.stage import Stage
from archwright.schema.model import Ref, Schema

CODE = "AW-5201"


@dataclass(frozen=True, slots=True)
class Renames:
    """What is the same thing under another name; each by its names in the old schema.

    ``tables``: (table, new name). ``columns``: (table, column, new name). ``enums``: (type, new
    name). ``values``: (type, value, new value).
    """

    tables: tuple[tuple[Ref, str], ...] = ()
    columns: tuple[tuple[Ref, str, str], ...] = ()
    enums: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str, str], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is renamed."""
        return bool(self.tables or self.columns or self.enums or self.values)

    @property
    def inverse(self) -> Renames:
        """Return the renames that lead back."""
        tables = {old: Ref(old.schema, new) for old, new in self.tables}
        enums = dict(self.enums)
        return Renames(
            tuple((new, old.name) for old, new in tables.items()),
            tuple((tables.get(t, t), new, old) for t, old, new in self.columns),
            tuple((new, old) for old, new in self.enums),
            tuple((enums.get(e, e), new, old) for e, old, new in self.values),
        )


def check_renames(old: Schema, new: Schema, renames: Renames) -> tuple[Diagnostic, ...]:
    """Return what is wrong with declared renames: AW-5201.

    The old name must be there before and not after, the new one after and not before; so names
    cannot be exchanged in one step.
    """
    return tuple(_problems(old, new, renames))


def _problems(old: Schema, new: Schema, renames: Renames) -> Iterator[Diagnostic]:
    tables = {t: Ref(t.schema, to) for t, to in renames.tables}
    enums = dict(renames.enums)
    before, after = {t.ref for t in old.tables}, {t.ref for t in new.tables}
    for was, now in tables.items():
        names = (str(was), str(now))
        yield from _misfit(
            "table", names, (was in before, was in after), (now in before, now in after)
        )
    for table, column, to in renames.columns:
        had, has = _columns(old, table), _columns(new, tables.get(table, table))
        names = (f"{table}.{column}", to)
        yield from _misfit("column", names, _both(column, had, has), _both(to, had, has))
    types = {e.name: set(e.values) for e in old.enums}
    later = {e.name: set(e.values) for e in new.enums}
    for enum, to in renames.enums:
        found = _both(enum, types, later)
        yield from _misfit("type", (enum, to), found, _both(to, types, later))
    for enum, value, to in renames.values:
        had, has = types.get(enum, set()), later.get(enums.get(enum, enum), set())
        names = (f"{enum}.{value}", to)
        yield from _misfit("value", names, _both(value, had, has), _both(to, had, has))


def _both(name: str, before: Container[str], after: Container[str]) -> tuple[bool, bool]:
    return (name in before, name in after)


def _columns(schema: Schema, ref: Ref) -> set[str]:
    return {c.name for t in schema.tables if t.ref == ref for c in t.columns}


def _misfit(
    kind: str, names: tuple[str, str], old: tuple[bool, bool], new: tuple[bool, bool]
) -> Iterator[Diagnostic]:
    """Yield what is wrong; ``old`` and ``new`` tell of each name whether it is there, and later."""
    was, to = names
    if not old[0]:
        said = f"the {kind} {was} cannot be renamed: there is none"
    elif not new[1]:
        said = f"the {kind} {was} cannot become {to}: the new schema has no such"
    elif new[0]:
        said = f"the {kind} {was} cannot become {to}: that name was in use before"
    elif old[1]:
        said = f"the {kind} {was} is renamed to {to}, and is still there"
    else:
        return
    yield Diagnostic(CODE, said, Place("renames", (was,)))


def rename_steps(old: Schema, new: Schema, renames: Renames) -> tuple[Operation, ...]:
    """Return the steps of declared renames that fit, and those of what carries the names."""
    steps: list[Operation] = []
    schema = old

    def take(operations: Iterable[Operation]) -> None:
        nonlocal schema
        for operation in operations:
            steps.append(operation)
            schema = operation.after(schema)

    take(_declared(old, new, renames))
    if steps:
        take(list(carried_functions(schema, new, _words(renames))))
        take(list(carried(schema, new, _words(renames))))
    return tuple(steps)


def _declared(old: Schema, new: Schema, renames: Renames) -> Iterator[Operation]:
    tables = {t: Ref(t.schema, to) for t, to in renames.tables}
    keyed = {t.ref: bool(t.primary_key) for t in old.tables}
    for table, to in renames.tables:
        yield RenameTable(table, to, keyed[table])
    for table, column, to in renames.columns:
        yield RenameColumn(tables.get(table, table), column, to)
    enums = dict(renames.enums)
    grown = {e.name for e in new.enums if _grows(e.name, old, new, renames)}
    for enum, to in renames.enums:
        yield RenameEnum(enum, to, at=Stage.VALUES if to in grown else Stage.MAIN)
    for enum, value, to in renames.values:
        now = enums.get(enum, enum)
        yield RenameEnumValue(now, value, to, at=Stage.VALUES if now in grown else Stage.MAIN)


def _grows(enum: str, old: Schema, new: Schema, renames: Renames) -> bool:
    """Tell whether a renamed type gets values, which come before all else and need its name."""
    before = {to: e for e, to in renames.enums}.get(enum, enum)
    had = next((len(e.values) for e in old.enums if e.name == before), 0)
    return len(next(e.values for e in new.enums if e.name == enum)) > had


def _words(renames: Renames) -> Mapping[str, str]:
    """Return the words that names are made of, before and after; the longest come first."""
    found: dict[str, str] = {}
    for old, new in [
        *((t.name, to) for t, to in renames.tables),
        *((c, to) for _, c, to in renames.columns),
        *renames.enums,
    ]:
        for form in _FORMS:
            if (before := form(old)) and (after := form(new)):
                found.setdefault(before, after)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _ending(suffix: str, instead: str) -> Callable[[str], str]:
    def form(text: str) -> str:
        return text.removesuffix(suffix) + instead if text.endswith(suffix) else ""

    return form


_FORMS: tuple[Callable[[str], str], ...] = (
    str,
    _ending("_id", ""),
    _ending("ies", "y"),
    _ending("s", ""),
)


def renames_of(operations: Iterable[Operation]) -> Renames:
    """Return the declared renames that operations carry out, by the names of the old schema."""
    tables: list[tuple[Ref, str]] = []
    columns: list[tuple[Ref, str, str]] = []
    enums: list[tuple[str, str]] = []
    values: list[tuple[str, str, str]] = []
    old_table: dict[Ref, Ref] = {}
    old_enum: dict[str, str] = {}
    for op in operations:
        match op:
            case RenameTable():
                tables.append((op.table, op.to))
                old_table[Ref(op.table.schema, op.to)] = op.table
            case RenameColumn():
                columns.append((old_table.get(op.table, op.table), op.column, op.to))
            case RenameEnum():
                enums.append((op.name, op.to))
                old_enum[op.to] = op.name
            case RenameEnumValue():
                values.append((old_enum.get(op.name, op.name), op.value, op.to))
    return Renames(tuple(tables), tuple(columns), tuple(enums), tuple(values))


def renamed(operations: Iterable[Operation], old: Schema) -> Schema:
    """Return the schema as it is after the renames among the operations."""
    for operation in operations:
        if isinstance(operation, Renaming):
            old = operation.after(old)
    return old
