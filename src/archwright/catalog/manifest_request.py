"""How a pack is asked for: phrases, archetypes and what they imply."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archwright.blueprint.model import Frozen, Scalar
from archwright.blueprint.names import EntityName, Identifier, Label, Sentence, Slug


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
