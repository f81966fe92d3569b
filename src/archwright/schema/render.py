"""SQL text of each object of a schema, written to be read by the app's owner.

Every function returns one or more statements, each with its semicolon, without a trailing newline.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

from archwright.schema.model import (
    Bucket,
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    Ref,
    Table,
    Trigger,
    Unique,
)
from archwright.schema.sql_text import (
    WIDTH,
    ident,
    literal,
    name,
    names,
    parenthesised,
    roles,
    signature,
)

# Everyone who could hold execute on a new function: by default PUBLIC, on Supabase these roles too.
EXECUTORS = ("public", "anon", "authenticated", "service_role")
_TYPE_COLUMN_LIMIT = 28

Constraint = Check | Unique | ForeignKey | Exclusion


def extension(extension_name: str) -> str:
    """Return ``create extension`` into the schema that Supabase keeps for them."""
    return f"create extension if not exists {ident(extension_name)} with schema extensions;"


def enum(value: Enum) -> str:
    """Return ``create type ... as enum``; one value a line where they do not fit on one."""
    head = f"create type {name(Ref('public', value.name))} as enum"
    values = [literal(v) for v in value.values]
    one_line = f"{head} ({', '.join(values)});"
    if len(one_line) <= WIDTH:
        return one_line
    return f"{head} (\n  " + ",\n  ".join(values) + "\n);"


def column_type(column: Column) -> str:
    """Return the column's type; an enumeration is schema-qualified."""
    if column.enum is None:
        return column.type
    return name(Ref("public", column.enum)) + ("[]" if column.type.endswith("[]") else "")


def column_rest(column: Column) -> str:
    """Return what follows the type: generation, not null, default."""
    words = []
    if column.generated is not None:
        words.append(f"generated always as ({column.generated}) stored")
    if column.not_null:
        words.append("not null")
    if column.default is not None:
        words.append(f"default {column.default}")
    return " ".join(words)


def column(value: Column) -> str:
    """Return a column definition on one line, as ``alter table add column`` takes it."""
    return " ".join(filter(None, (ident(value.name), column_type(value), column_rest(value))))


def constraint(value: Constraint) -> str:
    """Return ``constraint name ...`` without comma or semicolon."""
    head = f"constraint {ident(value.name)} "
    match value:
        case Check():
            return f"{head}check {parenthesised(value.expression)}"
        case Unique():
            nulls = " nulls not distinct" if value.nulls_equal else ""
            return f"{head}unique{nulls} ({names(value.columns)})"
        case ForeignKey():
            return head + _foreign_key(value)
        case Exclusion():
            return head + _exclusion(value, len(head))


def _exclusion(value: Exclusion, used: int) -> str:
    elements = ", ".join(f"{what} with {operator}" for what, operator in value.elements)
    first = f"exclude using {value.using} ({elements})"
    if not value.where:
        return first
    gap = " " if used + len(first) + len(value.where) <= WIDTH - 12 else "\n  "
    return f"{first}{gap}where ({value.where})"


def _foreign_key(value: ForeignKey) -> str:
    first = f"foreign key ({names(value.columns)})"
    second = f"references {name(value.table)} ({names(value.to)})"
    if value.on_delete != "no action":
        only = f" ({names(value.set_null)})" if value.set_null else ""
        second += f" on delete {value.on_delete}{only}"
    if value.deferred:
        second += " deferrable initially deferred"
    gap = " " if len(value.name) + len(first) + len(second) <= WIDTH - 16 else "\n  "
    return f"{first}{gap}{second}"


def constraints(table: Table) -> tuple[Constraint, ...]:
    """Return a table's constraints but the primary key, keys before what may refer to them."""
    return (*table.uniques, *table.checks, *table.exclusions, *table.foreign_keys)


def table(value: Table) -> str:
    """Return ``create table`` with columns in aligned rows, constraints and comments."""
    lines = _column_lines(value.columns)
    if value.primary_key:
        lines.append(f"primary key ({names(value.primary_key)})")
    lines += [constraint(c) for c in constraints(value)]
    body = ",\n".join(indent(line, "  ") for line in lines)
    by = f" partition by range ({ident(value.partition_by)})" if value.partition_by else ""
    statements = [f"create table {name(value.ref)} (\n{body}\n){by};"]
    if value.comment:
        statements.append(table_comment(value.ref, value.comment))
    statements += [column_comment(value.ref, c.name, c.comment) for c in value.columns if c.comment]
    return "\n".join(statements)


def _column_lines(columns: tuple[Column, ...]) -> list[str]:
    left = max((len(ident(c.name)) for c in columns), default=0)
    types = [len(column_type(c)) for c in columns if len(column_type(c)) <= _TYPE_COLUMN_LIMIT]
    middle = max(types, default=0)
    return [
        f"{ident(c.name):<{left}}  {column_type(c):<{middle}}  {column_rest(c)}".rstrip()
        for c in columns
    ]


def index(value: Index) -> str:
    """Return ``create index``; a partial index has its condition on a line of its own."""
    unique = "unique " if value.unique else ""
    using = "" if value.using == "btree" else f" using {value.using}"
    text = f"create {unique}index {ident(value.name)}"
    target = f"on {name(value.table)}{using} ({', '.join(value.columns)})"
    gap = " " if len(text) + len(target) < WIDTH and value.where is None else "\n  "
    where = f"\n  where {value.where}" if value.where else ""
    return f"{text}{gap}{target}{where};"


def function(value: Function) -> str:
    """Return the function's statement, its comment and who may execute it."""
    statements = [value.sql.strip() + ";"]
    if value.comment:
        statements.append(function_comment(value, value.comment))
    return "\n".join([*statements, function_access(value)])


def function_access(value: Function) -> str:
    """Return ``revoke`` from everyone and ``grant`` to the callers, total and repeatable."""
    target = signature(value.ref, (a.type for a in value.arguments))
    lines = [f"revoke execute on function {target} from {roles(EXECUTORS)};"]
    if value.callers:
        lines.append(f"grant execute on function {target} to {roles(sorted(value.callers))};")
    return "\n".join(lines)


def trigger(value: Trigger) -> str:
    """Return the trigger's statement."""
    return value.sql.strip() + ";"


def row_level_security(table_ref: Ref) -> str:
    """Return the statement that closes a table to all but its policies."""
    return f"alter table {name(table_ref)} enable row level security;"


def policy(value: Policy) -> str:
    """Return ``create policy``, a clause a line."""
    lines = [f"create policy {ident(value.name)} on {name(value.table)}", f"for {value.command}"]
    return "\n  ".join([*lines, *policy_clauses(value)]) + ";"


def policy_clauses(value: Policy) -> list[str]:
    """Return the clauses that ``create policy`` and ``alter policy`` share, each indented by 2."""
    clauses = [f"to {roles(sorted(value.roles))}"]
    if value.using is not None:
        clauses.append("using " + _clause(value.using))
    if value.check is not None:
        clauses.append("with check " + _clause(value.check))
    return clauses


def _clause(expression: str) -> str:
    return parenthesised(expression).replace("\n", "\n  ")


def grant(value: Grant) -> str:
    """Return ``grant privilege [(columns)] on table to role``."""
    columns = f" ({names(sorted(value.columns))})" if value.columns else ""
    return f"grant {value.privilege}{columns} on {name(value.table)} to {ident(value.role)};"


def grants(values: Iterable[Grant]) -> str:
    """Return grants; those for one table and role without columns share a statement."""
    merged: dict[tuple[Ref, str, tuple[str, ...]], list[str]] = {}
    for value in values:
        key = (value.table, value.role, tuple(sorted(value.columns)))
        merged.setdefault(key, []).append(value.privilege)
    lines: list[str] = []
    for (table_ref, role, columns), privileges in merged.items():
        if columns:
            lines += [grant(Grant(table_ref, role, p, columns)) for p in privileges]
        else:
            lines.append(grant(Grant(table_ref, role, ", ".join(privileges))))
    return "\n".join(lines)


def bucket(value: Bucket) -> str:
    """Return an upsert of a storage bucket with its size limit in bytes and media types."""
    types = f"array[{', '.join(literal(t) for t in value.types)}]" if value.types else "null"
    public = "true" if value.public else "false"
    return (
        "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)\n"
        f"values ({literal(value.name)}, {literal(value.name)}, {public}, {value.limit}, {types})\n"
        "on conflict (id) do update set\n"
        "  public = excluded.public,\n"
        "  file_size_limit = excluded.file_size_limit,\n"
        "  allowed_mime_types = excluded.allowed_mime_types;"
    )


def table_comment(table_ref: Ref, text: str) -> str:
    """Return ``comment on table``; an empty text removes the comment."""
    return f"comment on table {name(table_ref)} is {_comment(text)};"


def column_comment(table_ref: Ref, column_name: str, text: str) -> str:
    """Return ``comment on column``; an empty text removes the comment."""
    return f"comment on column {name(table_ref)}.{ident(column_name)} is {_comment(text)};"


def function_comment(value: Function, text: str) -> str:
    """Return ``comment on function``; an empty text removes the comment."""
    target = signature(value.ref, (a.type for a in value.arguments))
    return f"comment on function {target} is {_comment(text)};"


def _comment(text: str) -> str:
    return literal(text) if text else "null"
