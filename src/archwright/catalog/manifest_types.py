"""The short typed strings of manifests as pydantic types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from archwright.blueprint.names import Label
from archwright.catalog.manifest_text import (
    column,
    expression,
    index_column,
    relative_path,
    words,
)

PartName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,19}$")]
RelativePath = Annotated[str, StringConstraints(max_length=200), AfterValidator(relative_path)]
Words = Annotated[Label, AfterValidator(words)]
TextKey = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9_]*(\.[a-z][A-Za-z0-9_]*)+$")]
ColumnText = Annotated[str, StringConstraints(min_length=2, max_length=300), AfterValidator(column)]
SlotName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$")]
FreeText = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
SqlText = Annotated[FreeText, AfterValidator(expression)]
IndexColumn = Annotated[FreeText, AfterValidator(index_column)]
# "after insert or update of status": what stands between a trigger's name and its table.
TriggerMoment = Annotated[
    FreeText,
    StringConstraints(
        pattern=r"^(before|after) (insert|delete|update( of [a-z0-9_]+(, [a-z0-9_]+)*)?)"
        r"( or (insert|delete|update( of [a-z0-9_]+(, [a-z0-9_]+)*)?))*$"
    ),
]
MimeType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/([a-z0-9.+-]+|\*)$", max_length=80)]
TableColumn = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", max_length=130)]
Caller = Literal["anon", "authenticated", "service_role"]
