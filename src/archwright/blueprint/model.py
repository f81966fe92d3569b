"""The Blueprint's types: what an app is, before anything is decided about how it is built."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from archwright.blueprint.names import EntityName, Identifier, Label, Sentence, Slug, SnakeName

AccessText = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Scalar = bool | int | str
AttributeType = Literal[
    "text",
    "integer",
    "bigint",
    "decimal",
    "boolean",
    "date",
    "time",
    "datetime",
    "uuid",
    "json",
    "enum",
]


class Frozen(BaseModel):
    """Base of all Blueprint types: immutable, and a key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(Frozen):
    """Colours as ``#rrggbb``; everything else of the palette is derived from them."""

    background: Colour = "#ffffff"
    primary: Colour = "#2563eb"
    mode: Literal["light", "dark", "system"] = "system"


class App(Frozen):
    """What the app is called and what kind of platform it is."""

    name: Label
    slug: Slug
    summary: Sentence = ""
    archetypes: tuple[Slug, ...] = ()
    locales: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...] = ("en",)
    theme: Theme = Theme()


class Role(Frozen):
    """A role beyond plain membership, which roles may grant it, and which include it.

    Whoever holds a role in ``included_in`` may do all that this one may; None: as its pack says.
    """

    name: Identifier
    label: Label
    granted_by: tuple[Identifier, ...] = ()
    included_in: tuple[Identifier, ...] | None = None


class Attribute(Frozen):
    """A value of an entity that the Blueprint itself defines, or of a many-to-many relation.

    ``minimum`` and ``maximum`` bound a number, the length of a text, or how many values a ``list``
    has; ``precision`` and ``scale`` are a decimal's digits in all and after the point.
    ``comment`` explains the column to whoever reads the database.
    """

    name: Identifier
    type: AttributeType = "text"
    list: bool = False
    required: bool = False
    unique: bool = False
    default: Scalar | None = None
    values: tuple[SnakeName, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    precision: Annotated[int, Field(ge=1, le=1000)] | None = None
    scale: Annotated[int, Field(ge=0, le=1000)] | None = None
    comment: Sentence = ""


class Relation(Frozen):
    """A reference from one entity to another, or links between two.

    A ``tree`` points to a parent of its own kind, which the topmost have none of; with ``paths``
    all ancestors are kept in a table. ``many_to_many`` makes a table of links, which may have
    ``attributes``. ``within`` names a relation that both sides have: the two rows then agree on it.
    Of the relations that share an ``arc`` exactly one is set. ``deferred`` is checked at the end of
    a transaction, so that rows which need each other can be inserted in one. ``why`` is the reason
    of ``on_delete``.
    """

    name: Identifier
    to: EntityName
    kind: Literal["belongs_to", "one_to_one", "many_to_many", "tree"] = "belongs_to"
    required: bool = True
    on_delete: Literal["cascade", "restrict", "set null"] = "cascade"
    why: Sentence = ""
    within: Identifier | None = None
    arc: Identifier | None = None
    paths: bool = False
    deferred: bool = False
    attributes: tuple[Attribute, ...] = ()

    @property
    def needed(self) -> bool:
        """Tell whether a row cannot be without what it refers to."""
        single = self.kind in {"belongs_to", "one_to_one"}
        return single and self.required and self.arc is None

    @property
    def column(self) -> str:
        """Return the column that refers to the other row; a many-to-many relation has none."""
        return f"{self.name}_id"


class Access(Frozen):
    """Who may do what with an entity's rows, in the access language; absent = nobody.

    ``insert_columns`` and ``update_columns`` name what a client may write.
    """

    select: AccessText | None = None
    insert: AccessText | None = None
    update: AccessText | None = None
    delete: AccessText | None = None
    insert_columns: tuple[Identifier, ...] | None = None
    update_columns: tuple[Identifier, ...] | None = None


class Entity(Frozen):
    """A domain noun.

    With ``pack`` the table comes from that pack and only labels and access are kept here;
    without it the attributes and relations here make the table. ``unique`` lists attributes and
    relations whose values together stand only once; ``unique_nulls`` says whether rows in which one
    of them is missing are alike ("equal") or never are ("distinct"). ``comment`` tells readers of
    the database what the table is for.
    """

    name: EntityName
    plural: EntityName | None = None
    label: Label | None = None
    labels: Label | None = None
    pack: Slug | None = None
    owned: bool = True
    traits: tuple[SnakeName, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    relations: tuple[Relation, ...] = ()
    unique: tuple[Annotated[tuple[Identifier, ...], Field(min_length=1)], ...] = ()
    unique_nulls: Literal["equal", "distinct"] | None = None
    access: Access | None = None
    comment: Sentence = ""


class FeatureUse(Frozen):
    """One feature: which pack, on which entities, with which options, and why it is there."""

    use: Slug
    on: tuple[EntityName, ...] = ()
    options: dict[Identifier, Scalar] = Field(default_factory=dict)
    why: Sentence = ""


class Integration(Frozen):
    """An outside service and who provides it."""

    service: Literal["payments", "video", "images", "email", "analytics"]
    provider: Slug


class Assumption(Frozen):
    """Something inferred: what, from which words, and how surely (0 to 1)."""

    what: Sentence
    because: Sentence
    confidence: Annotated[float, Field(ge=0, le=1)]
    status: Literal["stated", "implied", "assumed", "suggested", "excluded"]


class Blueprint(Frozen):
    """A whole app. Every later stage is a pure function of it."""

    version: Literal[1] = 1
    app: App
    roles: tuple[Role, ...] = ()
    entities: tuple[Entity, ...] = ()
    features: tuple[FeatureUse, ...] = ()
    integrations: tuple[Integration, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    request: Annotated[str, StringConstraints(max_length=20000)] = ""

    def feature(self, name: str) -> FeatureUse | None:
        """Return the use of a pack by its name."""
        return next((f for f in self.features if f.use == name), None)
