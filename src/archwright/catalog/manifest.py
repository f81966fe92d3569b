"""What a pack's manifest can say: one typed model per kind of statement."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from archwright.blueprint.model import AccessText, Frozen, Scalar
from archwright.blueprint.names import EntityName, Identifier, Label, Sentence, Slug, SnakeName
from archwright.catalog.manifest_database import (
    AccessSpec,
    Amendment,
    BucketSpec,
    CounterSpec,
    EnumSpec,
    EventSpec,
    ExclusionSpec,
    FanoutSpec,
    ForeignSpec,
    FunctionSpec,
    IndexSpec,
    PartialUnique,
    PredicateSpec,
    QuerySpec,
    RelationSpec,
    RuleSpec,
    TableSpec,
    TopicSpec,
    TriggerSpec,
)
from archwright.catalog.manifest_frontend import (
    FillSpec,
    NavSpec,
    RouteSpec,
    SelectSpec,
    SlotSpec,
    StateSpec,
)
from archwright.catalog.manifest_request import ArchetypeSpec, ImpliedFeature, PhraseSpec
from archwright.catalog.manifest_structure import (
    JobSpec,
    LedgerSpec,
    NumberSpec,
    PartitionSpec,
    TreeSpec,
)
from archwright.catalog.manifest_types import (
    ColumnText,
    FreeText,
    PartName,
    SlotName,
    TableColumn,
    TextKey,
    Words,
)

__all__ = [
    "AccessSpec",
    "Amendment",
    "ArchetypeSpec",
    "BucketSpec",
    "CounterSpec",
    "EntitySpec",
    "EnumSpec",
    "EventSpec",
    "ExclusionSpec",
    "FanoutSpec",
    "FillSpec",
    "ForeignSpec",
    "FunctionSpec",
    "ImpliedFeature",
    "IndexSpec",
    "JobSpec",
    "LedgerSpec",
    "Manifest",
    "NavSpec",
    "NumberSpec",
    "Option",
    "PackHead",
    "PartialUnique",
    "PartitionSpec",
    "PhraseSpec",
    "PredicateSpec",
    "QuerySpec",
    "RelationSpec",
    "RoleSpec",
    "RouteSpec",
    "RuleSpec",
    "SampleSpec",
    "SelectSpec",
    "ServiceSpec",
    "SlotSpec",
    "StateSpec",
    "TableSpec",
    "TopicSpec",
    "TreeSpec",
    "TriggerSpec",
]


class PackHead(Frozen):
    """Identity of a pack and how it joins with others.

    ``parts_if`` maps a part to a feature without which it is left out.
    """

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
    parts_if: dict[PartName, Slug] = Field(default_factory=dict)
    why: Sentence = ""

    @model_validator(mode="after")
    def _parts_are_told_apart(self) -> Self:
        if len(set(self.parts)) < len(self.parts):
            raise ValueError("a part is named twice")
        if not self.parts and self.kind != "archetype":
            raise ValueError("a pack has at least one part")
        if unknown := sorted(set(self.parts_if) - set(self.parts[1:])):
            raise ValueError(f"{unknown[0]!r} is not a part after the first")
        return self


class Option(Frozen):
    """A knob of a pack."""

    type: Literal["boolean", "integer", "string", "choice"]
    default: Scalar
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    text: Sentence = ""

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        if not self.fits(self.default):
            raise ValueError(f"the default is not {self.expected}")
        return self

    @property
    def expected(self) -> str:
        """Say in words which values are allowed."""
        if self.type == "choice":
            return "one of " + ", ".join(self.choices)
        low, high = self.minimum, self.maximum
        limits = [f"from {low}"] * (low is not None) + [f"up to {high}"] * (high is not None)
        noun = {"boolean": "true or false", "integer": "a whole number"}.get(self.type, "a text")
        return " ".join([noun, *limits])

    def fits(self, value: Scalar) -> bool:
        """Tell whether a value is of the option's type and within its limits."""
        if self.type == "boolean" or isinstance(value, bool):
            return self.type == "boolean" and isinstance(value, bool)
        if self.type == "integer":
            low, high = self.minimum, self.maximum
            return (
                isinstance(value, int)
                and (low is None or value >= low)
                and (high is None or value <= high)
            )
        return isinstance(value, str) and (self.type == "string" or value in self.choices)


class RoleSpec(Frozen):
    """A role that the pack brings; who holds one of ``included_in`` may do all that it may."""

    label: Label
    granted_by: tuple[Identifier, ...] = ()
    included_in: tuple[Identifier, ...] = ()


class EntitySpec(Frozen):
    """A table that counts as an entity: other packs may attach to it by trait."""

    table: Identifier
    owner: Identifier | None = None
    label: Words
    labels: Words
    traits: tuple[SnakeName, ...] = ()


class ServiceSpec(Frozen):
    """An outside service that the pack would use, and what stands in for it until then."""

    service: Literal["payments", "video", "images", "email", "analytics"]
    text: Sentence


class SampleSpec(Frozen):
    """Sample files of a bucket, ``samples/<bucket>/<owner's id>/<name>`` in the pack's folder.

    A file comes into the preview's storage where a row of the seed has its path in such a column.
    """

    named_in: Annotated[tuple[TableColumn, ...], Field(min_length=1)]


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
    counter_where: dict[Identifier, AccessText] = Field(default_factory=dict)
    triggers: dict[Identifier, TriggerSpec] = Field(default_factory=dict)
    jobs: dict[Identifier, JobSpec] = Field(default_factory=dict)
    numbers: dict[Identifier, NumberSpec] = Field(default_factory=dict)
    ledgers: dict[Identifier, LedgerSpec] = Field(default_factory=dict)
    trees: dict[Identifier, TreeSpec] = Field(default_factory=dict)
    functions: dict[Identifier, FunctionSpec] = Field(default_factory=dict)
    queries: dict[Identifier, QuerySpec] = Field(default_factory=dict)
    viewer: dict[Identifier, dict[Identifier, FreeText]] = Field(default_factory=dict)
    events: dict[Identifier, EventSpec] = Field(default_factory=dict)
    topics: dict[Identifier, TopicSpec] = Field(default_factory=dict)
    fanout: dict[Identifier, FanoutSpec] = Field(default_factory=dict)
    state: dict[Identifier, StateSpec] = Field(default_factory=dict)
    buckets: dict[Identifier, BucketSpec] = Field(default_factory=dict)
    samples: dict[Identifier, SampleSpec] = Field(default_factory=dict)
    services: tuple[ServiceSpec, ...] = ()
    extensions: tuple[Literal["pg_trgm", "unaccent", "btree_gist", "citext", "pgcrypto"], ...] = ()
    routes: tuple[RouteSpec, ...] = ()
    nav: tuple[NavSpec, ...] = ()
    slots: dict[SlotName, SlotSpec] = Field(default_factory=dict)
    fills: tuple[FillSpec, ...] = ()
    selects: dict[EntityName, SelectSpec] = Field(default_factory=dict)
    dependencies: dict[str, str] = Field(default_factory=dict)
    messages: dict[Identifier, TextKey] = Field(default_factory=dict)
    phrases: tuple[PhraseSpec, ...] = ()
    archetype: ArchetypeSpec | None = None
