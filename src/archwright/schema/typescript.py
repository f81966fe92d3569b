"""``database.types.ts``: what ``supabase gen types --lang typescript`` prints for a schema.

The text is the generator's own (CLI 3.1), byte for byte, which it leaves unformatted on purpose:
it tells its users to run oxfmt, and every emitted file goes through that formatter anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from archwright.schema import typescript_functions as functions
from archwright.schema.model import Column, ForeignKey, Function, Schema, Table
from archwright.schema.typescript_types import (
    Known,
    collation,
    column_type,
    known,
    nullable,
    quoted,
    required,
)

_NONE = "[_ in never]: never"
_HEAD = """
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            %(tables)s
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            %(functions)s
          }
          Enums: {
            %(enums)s
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

"""  # noqa: W293 - the generator's own blank
_TABLE = """%(name)s: {
                  Row: {
                    %(row)s
                  }
                  ComputedFields: %(computed)s
                  Insert: {
                    %(insert)s
                  }
                  Update: {
                    %(update)s
                  }
                  Relationships: [
                    %(relationships)s
                  ]
                }"""
_RELATIONSHIP = """{
      foreignKeyName: %(name)s
      columns: %(columns)s
isOneToOne: %(one)s
      referencedRelation: %(table)s
      referencedColumns: %(to)s
    }"""
_CONSTANTS = """export const Constants = {
  "public": {
          Enums: {
            %s
          }
        }
} as const
"""


def database_types(schema: Schema) -> str:
    """Return the whole file for the schema ``public``, unformatted."""
    names = known(schema)
    tables = sorted(names.tables.values(), key=lambda t: collation(t.ref.name))
    exposed = functions.exposed(schema, names)
    computed = functions.computed(names, exposed)
    enums = sorted(schema.enums, key=lambda e: collation(e.name))
    unions = (f"{quoted(e.name)}: {'|'.join(quoted(v) for v in e.values)}" for e in enums)
    lists = (f"{quoted(e.name)}: [{', '.join(quoted(v) for v in e.values)}]" for e in enums)
    head = _HEAD % {
        "tables": ",".join(_table(names, t, computed.get(t.ref.name, [])) for t in tables) or _NONE,
        "functions": ",\n".join(functions.entry(names, o) for o in exposed) or _NONE,
        "enums": ",".join(unions) or _NONE,
    }
    return head + _helpers() + _CONSTANTS % ",".join(lists)


def _helpers() -> str:
    """Return the part that is the same for every schema."""
    return files(__package__).joinpath("typescript_helpers.ts").read_text(encoding="utf-8")


def _table(names: Known, table: Table, computed: list[Function]) -> str:
    columns = sorted(table.columns, key=lambda c: collation(c.name))
    row = [f"{quoted(c.name)}: {column_type(names, table, c)}" for c in columns]
    row += [f"{quoted(f.ref.name)}: {nullable(functions.result(names, f), True)}" for f in computed]
    return _TABLE % {
        "name": quoted(table.ref.name),
        "row": ",".join(row),
        "computed": " | ".join(quoted(f.ref.name) for f in computed) or "never",
        "insert": ",".join(_written(names, table, columns, insert=True)),
        "update": ",".join(_written(names, table, columns, insert=False)),
        "relationships": ",".join(_relationships(table)),
    }


def _written(names: Known, table: Table, columns: list[Column], *, insert: bool) -> Iterable[str]:
    for column in columns:
        if column.generated is not None:
            yield f"{quoted(column.name)}?: never"
            continue
        needed = insert and required(table, column) and column.default is None
        mark = "" if needed else "?"
        yield f"{quoted(column.name)}{mark}: {column_type(names, table, column)}"


def _relationships(table: Table) -> Iterable[str]:
    """Yield foreign keys within the schema; those to ``auth`` are not for clients."""
    for key in sorted(table.foreign_keys, key=lambda k: collation(k.name)):
        if key.table.schema == table.ref.schema:
            yield _RELATIONSHIP % {
                "name": quoted(key.name),
                "columns": quoted(key.columns),
                "one": "true" if _one_to_one(table, key) else "false",
                "table": quoted(key.table.name),
                "to": quoted(key.to),
            }


def _one_to_one(table: Table, key: ForeignKey) -> bool:
    """Tell whether the columns, in the key's order, are all of a key in the table's order."""
    order = [c.name for c in table.columns]
    keys = [table.primary_key, *(u.columns for u in table.uniques)]
    return list(key.columns) in [sorted(k, key=order.index) for k in keys]
