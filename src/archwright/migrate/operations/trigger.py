"""Triggers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.schema import render
from archwright.schema.model import Ref, Schema, Trigger
from archwright.schema.namespaces import PLATFORM_ONLY
from archwright.schema.sql_text import ident, name

_CREATE = re.compile(r"\A\s*create\s+(?:or\s+replace\s+)?trigger\b", re.IGNORECASE)


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

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        if self.trigger.table.schema in PLATFORM_ONLY:
            return Irreversible(f"the trigger {self.trigger.name} goes with its function only")
        return Reverse((DropTrigger(self.trigger.table, self.trigger.name),))


@dataclass(frozen=True, slots=True)
class ReplaceTrigger(Operation):
    """Replace a trigger in place: no write goes by without it, and no ownership is needed."""

    trigger: Trigger

    def describe(self) -> str:
        """Say what is replaced."""
        return f"replace the trigger {self.trigger.name} on {self.trigger.table}"

    def sql(self) -> str:
        """Return the statement with ``or replace``."""
        return _CREATE.sub("create or replace trigger", render.trigger(self.trigger), count=1)

    def after(self, schema: Schema) -> Schema:
        """Replace the trigger by table and name."""
        key = (self.trigger.table, self.trigger.name)
        return replace(
            schema,
            triggers=tuple(
                self.trigger if (t.table, t.name) == key else t for t in schema.triggers
            ),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Put the old one in its place."""
        was = next(
            t
            for t in before.triggers
            if (t.table, t.name) == (self.trigger.table, self.trigger.name)
        )
        return Reverse((ReplaceTrigger(was),))


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

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it."""
        was = next(t for t in before.triggers if (t.table, t.name) == (self.table, self.name))
        return Reverse((CreateTrigger(was),))
