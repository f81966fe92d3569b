"""The database side of a manifest: tables, access, behaviour, events."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from archwright.blueprint.access_scope import Withheld
from archwright.blueprint.model import AccessText, Frozen
from archwright.blueprint.names import Identifier, Sentence, SnakeName
from archwright.catalog.manifest_structure import PartitionSpec
from archwright.catalog.manifest_types import (
    Caller,
    ColumnText,
    IndexColumn,
    MimeType,
    PartName,
    RelativePath,
    SqlText,
    TableColumn,
    TriggerMoment,
)

_CHANGE = r"(insert|delete|update( of [a-z0-9_]+(, [a-z0-9_]+)*)?)"


class RuleSpec(Frozen):
    """Who may do one operation; ``columns`` = what a client may write."""

    who: AccessText
    columns: tuple[Identifier, ...] = ()


class AccessSpec(Frozen):
    """Access of one table; an operation left out is nobody's."""

    select: AccessText | RuleSpec | None = None
    insert: RuleSpec | None = None
    update: RuleSpec | None = None
    delete: AccessText | None = None


class ForeignSpec(Frozen):
    """A foreign key of several columns, or one that waits for the end of the transaction.

    ``set_null`` are the columns that "set null" empties; all of them where none is named.
    """

    columns: tuple[Identifier, ...]
    references: Identifier
    to: tuple[Identifier, ...]
    on_delete: Literal["cascade", "restrict", "set null", "no action"] = "cascade"
    set_null: tuple[Identifier, ...] = ()
    deferred: bool = False


class ExclusionSpec(Frozen):
    """An exclusion constraint: pairs of an expression and its operator."""

    using: Literal["gist"] = "gist"
    elements: tuple[tuple[SqlText, Literal["=", "&&", "<>"]], ...]
    where: SqlText | None = None


class PartialUnique(Frozen):
    """A unique index that holds only for some rows."""

    columns: tuple[Identifier, ...]
    where: SqlText


class TableSpec(Frozen):
    """A table, in short typed strings (see ``catalog.columns`` for the column language).

    ``one_of`` are exclusive arcs by name: in each row exactly one of the arc's columns is set.
    Rows of an ``append_only`` table are never changed or deleted, by whomever.
    """

    comment: Sentence
    part: PartName | None = None
    schema_: Literal["public", "private"] = Field(default="public", alias="schema")
    key: Annotated[tuple[Identifier, ...], Field(min_length=1)] = ("id",)
    owner: Identifier | None = None
    columns: dict[Identifier, ColumnText]
    comments: dict[Identifier, Sentence] = Field(default_factory=dict)
    checks: dict[Identifier, SqlText] = Field(default_factory=dict)
    unique: tuple[tuple[Identifier, ...], ...] = ()
    unique_nulls_equal: tuple[tuple[Identifier, ...], ...] = ()
    unique_where: dict[Identifier, PartialUnique] = Field(default_factory=dict)
    foreign: tuple[ForeignSpec, ...] = ()
    exclude: dict[Identifier, ExclusionSpec] = Field(default_factory=dict)
    one_of: dict[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=2)]] = Field(
        default_factory=dict
    )
    append_only: bool = False
    partition: PartitionSpec | None = None
    access: AccessSpec = AccessSpec()


class Amendment(Frozen):
    """A change to another table's access: ``restrict`` is conjoined, ``widen`` disjoined."""

    restrict: dict[Literal["select", "insert", "update", "delete"], AccessText] = Field(
        default_factory=dict
    )
    widen: dict[Literal["select", "insert", "update", "delete"], AccessText] = Field(
        default_factory=dict
    )
    insert_columns: tuple[Identifier, ...] = ()
    update_columns: tuple[Identifier, ...] = ()
    part: PartName | None = None


class RelationSpec(Frozen):
    """Members related to me through a join table: ``me`` is my column, ``other`` theirs."""

    table: Identifier
    me: Identifier
    other: Identifier
    where: AccessText | None = None
    either: bool = False


class PredicateSpec(Frozen):
    """A named predicate: an SQL function ``private.<name>`` and what the oracle uses instead.

    ``same_as`` says the predicate a second time, in the access language over the rows of
    ``table`` whose columns ``match`` the arguments, in order: the oracle reads this, never the SQL.
    For whom it holds is without what it ``withholds``: every role, or uploads into any bucket.
    ``of_member`` names a private function (member uuid) returns boolean, the same of anyone.
    """

    file: RelativePath
    args: tuple[Literal["uuid", "text", "integer", "boolean"], ...] = ()
    table: Identifier
    match: tuple[Identifier, ...] = ()
    same_as: AccessText = "public"
    anonymous: bool = False
    withholds: tuple[Withheld, ...] = ()
    of_member: Identifier | None = None
    part: PartName | None = None

    @model_validator(mode="after")
    def _withholds_from_the_caller(self) -> Self:
        if self.withholds and (self.args or self.anonymous):
            raise ValueError("what withholds something is about a signed-in caller alone: no args")
        if ("roles" in self.withholds) is not (self.of_member is not None):
            raise ValueError('withholds = ["roles"] and of_member go together: give both or none')
        return self


class EnumSpec(Frozen):
    """An enumeration type."""

    values: Annotated[tuple[SnakeName, ...], Field(min_length=1)]
    part: PartName | None = None


class IndexSpec(Frozen):
    """An index beyond those that follow from keys and queries."""

    table: Identifier
    columns: Annotated[tuple[IndexColumn, ...], Field(min_length=1)]
    using: Literal["btree", "gin", "gist", "brin"] = "btree"
    where: SqlText | None = None
    unique: bool = False
    part: PartName | None = None


class CounterSpec(Frozen):
    """A column that counts rows of another table, kept exact by trigger."""

    column: TableColumn
    counts: TableColumn
    where: AccessText | None = None
    part: PartName | None = None


class TriggerSpec(Frozen):
    """A trigger of a library kind, or of the pack's own function file.

    ``refuses`` are the operations that it refuses whoever asks, and whatever the rules allow.
    A function that ``reads`` certain columns runs on updates of these alone; those that a table
    lacks are left out, as one manifest speaks of many targets.
    An audit ``records`` these columns of a row and no others: a log outlives accounts.
    """

    kind: Literal["function", "audit", "states"]
    table: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)?$")]
    when: TriggerMoment | None = None
    file: RelativePath | None = None
    condition: SqlText | None = None
    refuses: tuple[Literal["insert", "update", "delete"], ...] = ()
    column: Identifier | None = None
    into: Identifier | None = None
    records: tuple[Identifier, ...] = ()
    reads: tuple[Identifier, ...] = ()
    transitions: tuple[tuple[SnakeName, SnakeName, AccessText], ...] = ()
    part: PartName | None = None


class FunctionSpec(Frozen):
    """A function from an SQL file: who may call it, and whether it changes something."""

    file: RelativePath
    kind: Literal["query", "command", "private"] = "query"
    callers: tuple[Caller, ...] = ()
    part: PartName | None = None


class QuerySpec(Frozen):
    """A query the app runs: indexes and the plan gate follow from it.

    ``persona`` is who runs it: ``role(x)`` where only those who hold a role find anything.
    ``candidates`` bounds the rows of ``table`` that a ranked query reads before it scores them.
    """

    table: Identifier | None = None
    function: Identifier | None = None
    kind: Literal["keyset", "lookup", "ranked", "search", "aggregate"] = "keyset"
    where: tuple[IndexColumn, ...] = ()
    order: tuple[IndexColumn, ...] = ()
    filter: SqlText | None = None
    persona: Annotated[str, StringConstraints(pattern=r"^(anonymous|member|role\([a-z_]+\))$")] = (
        "member"
    )
    args: dict[Identifier, SqlText] = Field(default_factory=dict)
    limit: int = 20
    candidates: int = 500
    part: PartName | None = None

    @property
    def role(self) -> str:
        """Return the role of whoever runs it, "" where none is needed."""
        return self.persona[5:-1] if self.persona.startswith("role(") else ""


class EventSpec(Frozen):
    """Something that happened: on which change, who did it, about what, to whom.

    With an actor and somebody whom it concerns it is news, which fan-outs listen to. ``live`` says
    who is told of it at once: ``to`` the person whom it concerns, ``about`` everyone who may see
    what it is about and looks at it. They are told which tables changed (``changes``), no more.
    News that is ``taken_back`` goes when its row goes: the row is unique for who, to what and whom.
    """

    on: Annotated[
        str,
        StringConstraints(
            pattern=rf"^{_CHANGE}( or {_CHANGE}){{0,2}} [a-z0-9_]+$",
            max_length=300,
        ),
    ]
    when: SqlText | None = None
    actor: Identifier | None = None
    about: Identifier | None = None
    to: (
        Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)?$", max_length=120)]
        | None
    ) = None
    link: Annotated[str, StringConstraints(max_length=200)] = ""
    live: tuple[Literal["to", "about"], ...] = ()
    changes: tuple[Identifier, ...] = ()
    taken_back: bool = False
    part: PartName | None = None

    @property
    def table(self) -> str:
        """Return the table of ``on``."""
        return self.on.rpartition(" ")[2]

    @property
    def operations(self) -> dict[str, tuple[str, ...]]:
        """Return insert, update and delete as ``on`` names them, with the columns of an update."""
        words = self.on.rpartition(" ")[0].split(" or ")
        found = (word.partition(" of ") for word in words)
        return {name: tuple(c for c in columns.split(", ") if c) for name, _, columns in found}

    @property
    def news(self) -> bool:
        """Tell whether fan-outs listen to it."""
        return self.actor is not None and self.to is not None

    @model_validator(mode="after")
    def _tells_somebody(self) -> Self:
        operations = self.operations
        if not self.news and not self.live:
            raise ValueError("nobody is told: an event has `actor` and `to`, or it is `live`")
        if self.news and (len(operations) > 1 or "delete" in operations):
            raise ValueError("news (an event with `actor` and `to`) is one insert or one update")
        if self.taken_back and not self.news:
            raise ValueError("only news (an event with `actor` and `to`) is taken back")
        if self.when and len(operations) > 1:
            raise ValueError("`when` is about one operation: the others have no such row")
        if missing := [name for name in self.live if getattr(self, name) is None]:
            raise ValueError(f"live names {missing[0]!r}, which the event does not have")
        return self


class TopicSpec(Frozen):
    """Who may send in the topics of a table themselves, about the row that a topic is named after.

    Whoever sees the row hears what is told there; this is for what no table keeps ("is typing").
    """

    send: AccessText
    part: PartName | None = None


class FanoutSpec(Frozen):
    """Turns events into rows: which events, into which table and columns, subject to ``wanted``.

    ``wanted`` names a private function (recipient uuid, actor uuid, kind text) returns boolean.
    The row's subject goes into the column of ``into`` that references the subject's table.
    ``take_back`` names a private function (recipients uuid[], actors uuid[], groups text[]) that
    forgets what rows told that are gone: the n-th of each belong together.
    """

    events: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_*]+$")], ...]
    into: Identifier
    recipient: Identifier = "recipient_id"
    actor: Identifier = "actor_id"
    kind: Identifier = "kind"
    group: Identifier = "group_key"
    wanted: Identifier | None = None
    take_back: Identifier | None = None
    part: PartName | None = None


class BucketSpec(Frozen):
    """A storage bucket; objects lie under a folder named by their owner's id.

    ``read_if`` names a private function (path text) returns boolean that opens an object to others;
    ``named_in`` says the same a second time, as ``table.column``: whoever sees a row that names
    the object there may read it. The oracle reads this, never the SQL.
    Unless it is ``replaceable``, what lies at a path stays what it is: an owner removes a file, but
    neither changes nor moves it, and puts none where a row of ``named_in`` still names one.
    """

    public: bool = False
    replaceable: bool = False
    limit: int
    types: Annotated[tuple[MimeType, ...], Field(min_length=1)]
    read: Literal["owner", "member", "public"] = "owner"
    read_if: Identifier | None = None
    named_in: tuple[TableColumn, ...] = ()
    part: PartName | None = None

    @model_validator(mode="after")
    def _is_said_twice(self) -> Self:
        if (self.read_if is None) is not (not self.named_in):
            raise ValueError("read_if and named_in say the same twice: give both or none")
        if self.read_if is not None and self.read != "owner":
            raise ValueError("read_if opens files beyond their owner: leave read out")
        return self
