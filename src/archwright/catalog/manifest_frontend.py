"""The front end's side of a manifest: state, routes, navigation, slots, queries of hosts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archwright.blueprint.model import Frozen
from archwright.blueprint.names import EntityName, Sentence
from archwright.catalog.manifest_types import FreeText, PartName, RelativePath, SlotName, TextKey

Sample = Annotated[
    str,
    StringConstraints(pattern=r"^(from [a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*|[A-Za-z0-9_.-]{1,60})$"),
]
"""A value in a path, or where one is taken from."""


class StateSpec(Frozen):
    """Client state: fields with types and defaults, what survives a reload, whose it is."""

    fields: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*$")], FreeText]
    persist: tuple[str, ...] = ()
    reset_on_sign_out: bool = True
    actions: RelativePath
    part: PartName | None = None


class RouteSpec(Frozen):
    """A page: its path, the module that exports ``Component``, and who may open it.

    ``sample`` has a value for each parameter of the path, or ``from table.column`` for the first
    that is there; ``seen_by`` names the sample person for whom specs open the page.
    """

    path: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_@:/-]*$", max_length=120)]
    file: RelativePath
    guard: Annotated[str, StringConstraints(pattern=r"^(public|guest|member|role\([a-z_]+\))$")]
    layout: Literal["app", "bare"] = "app"
    sample: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*$")], Sample] = (
        Field(default_factory=dict)
    )
    seen_by: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]{1,24}$")] | None = None
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
    fields: tuple[FreeText, ...] = ()
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
    fields: tuple[FreeText, ...]
    part: PartName | None = None
