"""Functions and triggers from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from archwright.introspect import queries
from archwright.introspect.found import Remark
from archwright.ports import Connection
from archwright.schema.model import Argument, Function, Ref, Trigger

_OTHER = {"a": "aggregate", "p": "procedure", "w": "window function"}
_IN = frozenset("ibv")
_OUT = frozenset("ot")
_FIRED = {"D": "is disabled", "R": "fires on replicas only", "A": "fires on replicas, too"}


def functions(connection: Connection) -> tuple[tuple[Function, ...], list[Remark]]:
    """Return the functions; aggregates, window functions and procedures are remarks."""
    found: list[Function] = []
    remarks: list[Remark] = []
    for row in connection.execute(queries.FUNCTIONS).fetchall():
        schema, name, kind, sql, types, names, modes, defaults, returns, many, comment, who = row
        if kind in _OTHER:
            at = f"{schema}.{name}({', '.join(types)})"
            remarks.append(Remark(_OTHER[kind], at, "has no counterpart"))
            continue
        modes = list(modes) if modes else ["i"] * len(types)
        inputs = _arguments(types, names, modes, _IN, defaults)
        outputs = _arguments(types, names, modes, _OUT, 0)
        found.append(
            Function(
                ref=Ref(schema, name),
                arguments=inputs,
                returns="record" if outputs else returns,
                returns_set=many or bool(outputs),
                sql=sql.strip(),
                callers=tuple(who),
                returns_table=outputs,
                comment=comment,
            )
        )
    return tuple(found), remarks


def _arguments(
    types: Sequence[str],
    names: Sequence[str] | None,
    modes: Sequence[str],
    wanted: frozenset[str],
    defaults: int,
) -> tuple[Argument, ...]:
    """Return the arguments of some modes; the last ``defaults`` of them may be left out."""
    chosen = [i for i, mode in enumerate(modes) if mode in wanted]
    first = len(chosen) - defaults
    return tuple(
        Argument(names[i] if names else "", types[i], place >= first)
        for place, i in enumerate(chosen)
    )


def triggers(connection: Connection) -> tuple[tuple[Trigger, ...], list[Remark]]:
    """Return the triggers, on tables of the platform those that call a function of the app's."""
    found: list[Trigger] = []
    remarks: list[Remark] = []
    for schema, table, name, sql, enabled in connection.execute(queries.TRIGGERS).fetchall():
        found.append(Trigger(name, Ref(schema, table), sql))
        if enabled in _FIRED:
            remarks.append(Remark("trigger", f"{schema}.{table}.{name}", _FIRED[enabled]))
    return tuple(found), remarks
