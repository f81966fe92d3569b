"""Append-only tables: what is written stays as it was, whoever asks and whatever the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archwright.blueprint.access_ast import Nobody
from archwright.blueprint.access_scope import Scope
from archwright.catalog.naming import bounded
from archwright.schema.generated import trigger_function
from archwright.schema.keeping import refusal
from archwright.schema.model import ForeignKey, Function, Ref, Table, Trigger
from archwright.schema.sql_text import ident, name

_ACCOUNTS = Ref("auth", "users")


def append_only(table: Table) -> tuple[Function, tuple[Trigger, ...]]:
    """Refuse updates, deletes and truncation of a table to everybody, its owner included.

    One change is let through: a foreign key that is set to null because its row is gone. So an
    account can be deleted; what it did stays, without its name.
    """
    label = bounded(f"{table.ref.name}_append_only")
    refused = refusal(
        f'rows of relation "{table.ref.name}" are kept by constraint',
        label,
        "42501",
        "They are added only; a correction is another row.",
    )
    forgets = [_forget(key) for key in table.foreign_keys if key.on_delete == "set null"]
    body = refused
    declared = ""
    if forgets:
        declared = f"kept {name(table.ref)}%rowtype;"
        listed = "\n".join(forgets)
        body = (
            "-- Whoever it names may go: then the name goes, and the row stays.\n"
            "if tg_op = 'UPDATE' then\n  kept := old;\n"
            f"{listed}\n"
            "  if kept is not distinct from new and kept is distinct from old then\n"
            "    return null;\n  end if;\nend if;\n"
            f"{refused}"
        )
    function = trigger_function(bounded(f"refuse_{label}"), body, declare=declared)
    # After an update generated columns are known; before a delete, as a foreign key may refuse it.
    moments = {
        "update": "after update on {0}\n  for each row",
        "delete": "before delete on {0}\n  for each row",
        "truncate": "before truncate on {0}\n  for each statement",
    }
    triggers = []
    for moment, when in moments.items():
        made = bounded(f"{label}_{moment}")
        sql = (
            f"create trigger {ident(made)} {when.format(name(table.ref))}"
            f" execute function {name(function.ref)}()"
        )
        triggers.append(Trigger(made, table.ref, sql))
    return function, tuple(triggers)


def _forget(key: ForeignKey) -> str:
    there = " and ".join(
        f"t.{ident(to)} = old.{ident(mine)}" for mine, to in zip(key.columns, key.to, strict=True)
    )
    mine = ident((key.set_null or key.columns)[0])
    emptied = " ".join(f"kept.{ident(c)} := null;" for c in key.set_null or key.columns)
    return (
        f"  if old.{mine} is not null and new.{mine} is null and not exists (\n"
        f"    select from {name(key.table)} t where {there}\n"
        f"  ) then\n    {emptied}\n  end if;"
    )


def append_only_problems(table: Table, tables: Mapping[str, Table], scope: Scope) -> Iterator[str]:
    """Yield what contradicts a table to which rows are only added."""
    here = table.ref.name
    for key in table.foreign_keys:
        shown = f"{here}({', '.join(key.columns)})"
        emptied = key.set_null or key.columns
        fixed = [c for c in emptied if (column := table.column(c)) and column.not_null]
        if key.on_delete == "cascade":
            yield f"{shown} cascades: rows would go with what they point to"
        elif _of_members(key, tables) and key.on_delete != "set null":
            yield f"{shown} keeps accounts from being deleted: let it set null"
        elif key.on_delete == "set null" and fixed:
            yield f"{shown} sets null what is never null"
    access = scope.tables[here]
    if any(not isinstance(rule, Nobody) for rule in (access.update, access.delete)):
        yield f"the rules of {here} let clients update or delete"
    if table.column("updated_at"):
        yield f"{here}.updated_at would never change"


def _of_members(key: ForeignKey, tables: Mapping[str, Table]) -> bool:
    """Tell whether a key points at members: accounts, or a table with a row for each of them."""
    if key.table == _ACCOUNTS:
        return True
    target = tables.get(key.table.name)
    return target is not None and any(
        k.columns == target.primary_key and k.table == _ACCOUNTS for k in target.foreign_keys
    )
