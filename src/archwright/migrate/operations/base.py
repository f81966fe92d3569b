"""What every operation of a migration can say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from archwright.migrate.operations.hazard import FoundHazard
from archwright.migrate.operations.stage import Stage
from archwright.schema.model import Schema


@dataclass(frozen=True, slots=True)
class Operation(ABC):
    """One step of a migration: data, its SQL, and what it does to a ``Schema`` value."""

    at: Stage = field(default=Stage.MAIN, kw_only=True)

    @abstractmethod
    def describe(self) -> str:
        """Say in one line what the step does, for a header or a report."""

    @abstractmethod
    def sql(self) -> str:
        """Return the statements, each with its semicolon, no trailing newline."""

    @abstractmethod
    def after(self, schema: Schema) -> Schema:
        """Return the schema as it is after the step."""

    @abstractmethod
    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Return what leads back to ``before``, the schema as it was when the step began."""

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Tell what the step may do to a database that is in use."""
        return ()


@dataclass(frozen=True, slots=True)
class Reverse:
    """Steps that restore the structure; ``lost`` says what of the data they cannot bring back."""

    operations: tuple[Operation, ...] = ()
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Irreversible:
    """There is no way back, and why: a sentence."""

    reason: str
