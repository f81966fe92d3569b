"""What every operation of a migration can say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from archwright.schema.model import Schema


class Hazard(StrEnum):
    """The worst that an operation may do to a database that is in use."""

    NONE = "none"
    LOCK = "lock"
    REWRITE = "rewrite"
    MAY_FAIL = "may_fail"
    WIDENS_ACCESS = "widens_access"
    DATA_LOSS = "data_loss"


@dataclass(frozen=True, slots=True)
class Operation(ABC):
    """One step of a migration: data, its SQL, and what it does to a ``Schema`` value."""

    @abstractmethod
    def describe(self) -> str:
        """Say in one line what the step does, for a header or a report."""

    @abstractmethod
    def sql(self) -> str:
        """Return the statements, each with its semicolon, no trailing newline."""

    @abstractmethod
    def after(self, schema: Schema) -> Schema:
        """Return the schema as it is after the step."""

    @property
    def hazard(self) -> Hazard:
        """Tell the worst that the step may do."""
        return Hazard.NONE
