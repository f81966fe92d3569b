"""A database schema as frozen data: what the renderer prints, the differ compares, the gates check.

Names of tables and functions are unquoted and split into schema and name; expressions are SQL text.
Each collection is sorted by its key, so that two equal schemas are equal values.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A schema-qualified name."""

    schema: str
    name: str

    def __str__(self) -> str:
        """Render ``schema.name`` without quotes."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Enum:
    """An enumeration type in ``public``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``type`` as PostgreSQL prints it, ``enum`` names a type in ``public``."""

    name: str
    type: str
    not_null: bool = True
    default: str | None = None
    generated: str | None = None
    enum: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A named check constraint."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class Unique:
    """A named unique constraint; with ``nulls_equal`` rows that lack the same value are alike."""

    name: str
    columns: tuple[str, ...]
    nulls_equal: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A named foreign key.

    ``set_null`` are the columns that "set null" empties, all where none is named; ``deferred``
    waits for the end of the transaction.
    """

    name: str
    columns: tuple[str, ...]
    table: Ref
    to: tuple[str, ...]
    on_delete: str = "cascade"
    set_null: tuple[str, ...] = ()
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A named exclusion constraint."""

    name: str
    using: str
    elements: tuple[tuple[str, str], ...]
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """An index; ``columns`` are SQL with direction, as ``created_at desc``."""

    name: str
    table: Ref
    columns: tuple[str, ...]
    using: str = "btree"
    unique: bool = False
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns in order and its constraints by name.

    With ``partition_by``, a column of time, it is in partitions by ranges; which there are depends
    on the day, so they are not part of the schema: a job makes and drops them.
    """

    ref: Ref
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    uniques: tuple[Unique, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    comment: str = ""
    partition_by: str | None = None

    def column(self, name: str) -> Column | None:
        """Return a column by name."""
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True, slots=True)
class Argument:
    """A function argument: type as PostgreSQL prints it, and whether a call may leave it out."""

    name: str
    type: str
    has_default: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function: ``sql`` is the whole ``create or replace function`` statement, no semicolon.

    ``returns`` is a type name, a table's ``Ref`` text for a row type, or ``table(...)``;
    ``callers`` get execute, everyone else has it revoked.
    """

    ref: Ref
    arguments: tuple[Argument, ...]
    returns: str
    returns_set: bool
    sql: str
    callers: tuple[str, ...] = ()
    returns_table: tuple[Argument, ...] = ()
    comment: str = ""

    @property
    def signature(self) -> str:
        """Return ``schema.name(type, type)``, what identifies the function."""
        return f"{self.ref}({', '.join(a.type for a in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger; ``sql`` is the whole ``create trigger`` statement, no semicolon."""

    name: str
    table: Ref
    sql: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A row-level security policy for one command and some roles."""

    name: str
    table: Ref
    command: str
    roles: tuple[str, ...]
    using: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Privileges on a table for one role; ``columns`` empty = the whole table."""

    table: Ref
    role: str
    privilege: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """A storage bucket with limits."""

    name: str
    public: bool
    limit: int
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """SQL that the database runs by schedule; ``at_once``: also when it is first scheduled.

    That is over then, so it tells no two jobs apart.
    """

    name: str
    schedule: str
    command: str
    at_once: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree and the table of its paths, which triggers keep."""

    name: str
    table: Ref
    key: str
    parent: str
    paths: Ref
    ancestor: str
    descendant: str
    depth: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A whole database schema of an app.

    ``trees`` tell what rows must be like; what keeps them so is among functions and triggers, and
    that alone is compared.
    """

    extensions: tuple[str, ...] = ()
    enums: tuple[Enum, ...] = ()
    tables: tuple[Table, ...] = ()
    indexes: tuple[Index, ...] = ()
    functions: tuple[Function, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    policies: tuple[Policy, ...] = ()
    grants: tuple[Grant, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    jobs: tuple[Job, ...] = ()
    comments: tuple[str, ...] = field(default=())
    trees: tuple[Tree, ...] = field(default=(), compare=False)

    def table(self, name: str, schema: str = "public") -> Table | None:
        """Return a table by name."""
        return next((t for t in self.tables if t.ref == Ref(schema, name)), None)
