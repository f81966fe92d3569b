"""Triggers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Operation
from archwright.schema import render
from archwright.schema.model import Ref, Schema, Trigger
from archwright.schema.sql_text import ident, name


@dataclass(frozen=True, slots=True)
class CreateTrigger(Operation):
    """Create a trigger."""

    trigger: Trigger

    def describe(self) -> str:
        """Say what is created."""
        return f"create the trigger {self.trigger.name} on {self.trigger.table}"

    def sql(self) -> str:
        """Return the statement."""
        return render.trigger(self.trigger)

    def after(self, schema: Schema) -> Schema:
        """Add the trigger."""
        return replace(schema, triggers=(*schema.triggers, self.trigger))


@dataclass(frozen=True, slots=True)
class DropTrigger(Operation):
    """Drop a trigger, to be gone or to come back changed."""

    table: Ref
    name: str

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the trigger {self.name} on {self.table}"

    def sql(self) -> str:
        """Return ``drop trigger``."""
        return f"drop trigger {ident(self.name)} on {name(self.table)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the trigger."""
        gone = (self.table, self.name)
        return replace(
            schema, triggers=tuple(t for t in schema.triggers if (t.table, t.name) != gone)
        )
