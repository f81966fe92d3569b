"""What a pack's manifest can say: one typed model per kind of statement."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archwright.blueprint.model import AccessText, Frozen, Scalar
from archwright.blueprint.names import EntityName, Identifier, Label, Sentence, Slug, SnakeName

PartName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,19}$")]
RelativePath = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_@$.\[\]-]+(/[A-Za-z0-9_@$.\[\]-]+)*$", max_length=200),
]
TextKey = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9_]*(\.[a-z][A-Za-z0-9_]*)+$")]
ColumnText = Annotated[str, StringConstraints(min_length=2, max_length=300)]
SlotName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]*(\.[a-z_-]+)+$")]
SqlText = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Caller = Literal["anon", "authenticated", "service_role"]


class PackHead(Frozen):
    """Identity of a pack and how it joins with others."""

    name: Slug
    title: Label
    summary: Sentence
    kind: Literal["feature", "archetype", "foundation"] = "feature"
    attaches: SnakeName | None = None
    instance: Literal["single", "per-target", "shared"] = "single"
    requires: tuple[Slug, ...] = ()
    after: tuple[Slug, ...] = ()
    conflicts: tuple[Slug, ...] = ()
    parts: tuple[PartName, ...] = ("data", "components", "pages")
    why: Sentence = ""


class Option(Frozen):
    """A knob of a pack."""

    type: Literal["boolean", "integer", "string", "choice"]
    default: Scalar
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    text: Sentence = ""


class RoleSpec(Frozen):
    """A role that the pack brings."""

    label: Label
    granted_by: tuple[Identifier, ...] = ()


class EntitySpec(Frozen):
    """A table that counts as an entity: other packs may attach to it by trait."""

    table: Identifier
    owner: Identifier | None = None
    label: Label
    labels: Label
    traits: tuple[SnakeName, ...] = ()


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
    """A composite foreign key."""

    columns: tuple[Identifier, ...]
    references: Identifier
    to: tuple[Identifier, ...]
    on_delete: Literal["cascade", "restrict", "set null", "no action"] = "cascade"


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
    """A table, in short typed strings (see ``catalog.columns`` for the column language)."""

    comment: Sentence
    part: PartName | None = None
    schema_: Literal["public", "private"] = Field(default="public", alias="schema")
    key: tuple[Identifier, ...] = ("id",)
    owner: Identifier | None = None
    columns: dict[Identifier, ColumnText]
    checks: dict[Identifier, SqlText] = Field(default_factory=dict)
    unique: tuple[tuple[Identifier, ...], ...] = ()
    unique_where: dict[Identifier, PartialUnique] = Field(default_factory=dict)
    foreign: tuple[ForeignSpec, ...] = ()
    exclude: dict[Identifier, ExclusionSpec] = Field(default_factory=dict)
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
    """

    file: RelativePath
    args: tuple[Literal["uuid", "text", "integer", "boolean"], ...] = ()
    table: Identifier
    match: tuple[Identifier, ...] = ()
    same_as: AccessText = "public"
    anonymous: bool = False
    part: PartName | None = None


class EnumSpec(Frozen):
    """An enumeration type."""

    values: tuple[SnakeName, ...]
    part: PartName | None = None


class IndexSpec(Frozen):
    """An index beyond those that follow from keys and queries."""

    table: Identifier
    columns: tuple[SqlText, ...]
    using: Literal["btree", "gin", "gist", "brin"] = "btree"
    where: SqlText | None = None
    unique: bool = False
    part: PartName | None = None


class CounterSpec(Frozen):
    """A column that counts rows of another table, kept exact by trigger."""

    column: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]
    counts: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]
    where: AccessText | None = None
    part: PartName | None = None


class TriggerSpec(Frozen):
    """A trigger of a library kind, or of the pack's own function file."""

    kind: Literal["function", "audit", "states"]
    table: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)?$")]
    when: SqlText | None = None
    file: RelativePath | None = None
    condition: SqlText | None = None
    column: Identifier | None = None
    into: Identifier | None = None
    transitions: tuple[tuple[SnakeName, SnakeName, AccessText], ...] = ()
    part: PartName | None = None


class FunctionSpec(Frozen):
    """A function from an SQL file: who may call it, and how it is proven."""

    file: RelativePath
    kind: Literal["query", "command", "private"] = "query"
    callers: tuple[Caller, ...] = ()
    locks: tuple[Sentence, ...] = ()
    idempotency: Identifier | None = None
    part: PartName | None = None


class QuerySpec(Frozen):
    """A query the app runs: indexes and the plan gate follow from it."""

    table: Identifier | None = None
    function: Identifier | None = None
    kind: Literal["keyset", "lookup", "ranked", "search", "aggregate"] = "keyset"
    where: tuple[SqlText, ...] = ()
    order: tuple[SqlText, ...] = ()
    filter: SqlText | None = None
    persona: Literal["anonymous", "member"] = "member"
    args: dict[Identifier, SqlText] = Field(default_factory=dict)
    limit: int = 20
    part: PartName | None = None


class EventSpec(Frozen):
    """Something that happened: on which change, who did it, about what, to whom."""

    on: SqlText
    when: SqlText | None = None
    actor: Identifier
    about: Identifier | None = None
    to: SqlText
    group: SqlText | None = None
    link: Annotated[str, StringConstraints(max_length=200)] = ""
    live: Literal["broadcast", "presence", "none"] = "broadcast"
    part: PartName | None = None


class FanoutSpec(Frozen):
    """Turns events into rows: which events, into which table and columns, subject to ``wanted``.

    ``wanted`` names a private function (recipient uuid, actor uuid, kind text) returns boolean.
    The row's subject goes into the column of ``into`` that references the subject's table.
    """

    events: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_*]+$")], ...]
    into: Identifier
    recipient: Identifier = "recipient_id"
    actor: Identifier = "actor_id"
    kind: Identifier = "kind"
    group: Identifier = "group_key"
    wanted: Identifier | None = None
    part: PartName | None = None


class StateSpec(Frozen):
    """Client state: fields with types and defaults, where it lives, what survives a reload."""

    scope: Literal["component", "subtree", "app"] = "app"
    fields: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*$")], SqlText]
    persist: tuple[str, ...] = ()
    reset_on_sign_out: bool = True
    actions: RelativePath
    part: PartName | None = None


class BucketSpec(Frozen):
    """A storage bucket; objects lie under a folder named by their owner's id."""

    public: bool = False
    limit: int
    types: tuple[str, ...]
    read: Literal["owner", "member", "public"] = "owner"
    part: PartName | None = None


class ServiceSpec(Frozen):
    """An outside service the pack would use, and the secrets it needs."""

    service: Literal["payments", "video", "images", "email", "analytics"]
    secrets: tuple[str, ...] = ()
    text: Sentence = ""


class RouteSpec(Frozen):
    """A page: its path, the module that exports ``Component``, and who may open it."""

    path: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_@:/-]*$", max_length=120)]
    file: RelativePath
    guard: Annotated[str, StringConstraints(pattern=r"^(public|guest|member|role\([a-z_]+\))$")]
    layout: Literal["app", "bare"] = "app"
    part: PartName | None = None


class NavSpec(Frozen):
    """A navigation entry."""

    to: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_@:/-]*$", max_length=120)]
    text: TextKey
    icon: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*Icon$")]
    group: Literal["main", "create", "account", "staff"] = "main"
    guard: Annotated[str, StringConstraints(pattern=r"^(public|guest|member|role\([a-z_]+\))$")] = (
        "public"
    )
    order: int = 50
    part: PartName | None = None


class FillSpec(Frozen):
    """A filling of a slot: one import and one element; ``fields`` join the host's query."""

    slot: SlotName
    order: int = 50
    imports: Annotated[str, StringConstraints(max_length=300)] = ""
    render: Annotated[str, StringConstraints(max_length=1000)]
    fields: tuple[SqlText, ...] = ()
    optional: bool = False
    part: PartName | None = None


class SlotSpec(Frozen):
    """A slot a host offers: the file it is in, what its subject is called, and of which entity."""

    file: RelativePath
    subject: Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*$")] | None = None
    entity: EntityName | None = None
    text: Sentence = ""


class SelectSpec(Frozen):
    """The host query of an entity: a constant in a derived file, to which fillings add fields."""

    file: RelativePath
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*Fields$")]
    fields: tuple[SqlText, ...]
    part: PartName | None = None


class PhraseSpec(Frozen):
    """Words by which people ask for the feature; ``weight`` 0 to 1."""

    words: tuple[Annotated[str, StringConstraints(min_length=2, max_length=60)], ...]
    weight: Annotated[float, Field(gt=0, le=1)] = 0.8
    not_near: tuple[str, ...] = ()


class ImpliedFeature(Frozen):
    """A feature that an archetype implies, on which entities, and why."""

    use: Slug
    on: tuple[EntityName, ...] = ()
    why: Sentence
    optional: bool = False
    options: dict[Identifier, Scalar] = Field(default_factory=dict)


class ArchetypeSpec(Frozen):
    """A known kind of platform."""

    products: tuple[str, ...]
    nouns: tuple[str, ...]
    names: tuple[Label, ...]
    summary: Sentence
    background: str
    primary: str
    mode: Literal["light", "dark", "system"] = "system"
    features: tuple[ImpliedFeature, ...]


class Manifest(Frozen):
    """``pack.toml``: everything a pack says, as data."""

    pack: PackHead
    options: dict[Identifier, Option] = Field(default_factory=dict)
    roles: dict[Identifier, RoleSpec] = Field(default_factory=dict)
    entities: dict[EntityName, EntitySpec] = Field(default_factory=dict)
    enums: dict[Identifier, EnumSpec] = Field(default_factory=dict)
    enum_values: dict[Identifier, tuple[SnakeName, ...]] = Field(default_factory=dict)
    tables: dict[Identifier, TableSpec] = Field(default_factory=dict)
    columns: dict[Identifier, dict[Identifier, ColumnText]] = Field(default_factory=dict)
    amend: dict[Identifier, Amendment] = Field(default_factory=dict)
    relations: dict[Identifier, RelationSpec] = Field(default_factory=dict)
    predicates: dict[Identifier, PredicateSpec] = Field(default_factory=dict)
    indexes: dict[Identifier, IndexSpec] = Field(default_factory=dict)
    counters: tuple[CounterSpec, ...] = ()
    triggers: dict[Identifier, TriggerSpec] = Field(default_factory=dict)
    functions: dict[Identifier, FunctionSpec] = Field(default_factory=dict)
    queries: dict[Identifier, QuerySpec] = Field(default_factory=dict)
    viewer: dict[Identifier, dict[Identifier, SqlText]] = Field(default_factory=dict)
    events: dict[Identifier, EventSpec] = Field(default_factory=dict)
    fanout: dict[Identifier, FanoutSpec] = Field(default_factory=dict)
    state: dict[Identifier, StateSpec] = Field(default_factory=dict)
    buckets: dict[Identifier, BucketSpec] = Field(default_factory=dict)
    services: tuple[ServiceSpec, ...] = ()
    extensions: tuple[Literal["pg_trgm", "unaccent", "btree_gist", "citext", "pgcrypto"], ...] = ()
    routes: tuple[RouteSpec, ...] = ()
    nav: tuple[NavSpec, ...] = ()
    slots: dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]*(\.[a-z_-]+)+$")], SlotSpec
    ] = Field(default_factory=dict)
    fills: tuple[FillSpec, ...] = ()
    selects: dict[EntityName, SelectSpec] = Field(default_factory=dict)
    dependencies: dict[str, str] = Field(default_factory=dict)
    messages: dict[Identifier, TextKey] = Field(default_factory=dict)
    phrases: tuple[PhraseSpec, ...] = ()
    archetype: ArchetypeSpec | None = None
