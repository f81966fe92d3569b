"""The Blueprint's types: what an app is, before anything is decided about how it is built."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from archwright.blueprint.names import EntityName, Identifier, Label, Sentence, Slug, SnakeName

AccessText = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Scalar = bool | int | str


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
    """A scalar of an entity that the Blueprint itself defines."""

    name: Identifier
    type: Literal["text", "integer", "decimal", "boolean", "date", "datetime", "enum"] = "text"
    required: bool = False
    unique: bool = False
    default: Scalar | None = None
    values: tuple[SnakeName, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


class Relation(Frozen):
    """A reference from one entity to another."""

    name: Identifier
    to: EntityName
    kind: Literal["belongs_to", "one_to_one"] = "belongs_to"
    required: bool = True
    on_delete: Literal["cascade", "restrict", "set null"] = "cascade"


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
    without it the attributes and relations here make the table.
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
    access: Access | None = None


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
