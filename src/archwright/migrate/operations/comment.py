"""Comments on objects that have no place of their own in the schema value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.schema.model import Schema


def target(statement: str) -> str:
    """Return ``comment on <object>`` of a whole statement ``comment on <object> is '<text>'``."""
    return statement.split(" is ", 1)[0].strip()


@dataclass(frozen=True, slots=True)
class PutComment(Operation):
    """Set a comment by its whole statement, no semicolon."""

    statement: str

    def describe(self) -> str:
        """Say what is described."""
        return target(self.statement)

    def sql(self) -> str:
        """Return the statement."""
        return f"{self.statement.strip()};"

    def after(self, schema: Schema) -> Schema:
        """Put the comment in the place of the one on the same object, or at the end."""
        rest = tuple(c for c in schema.comments if target(c) != target(self.statement))
        return replace(schema, comments=(*rest, self.statement))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Put the old comment back."""
        was = [c for c in before.comments if target(c) == target(self.statement)]
        return Reverse((PutComment(was[0]) if was else DropComment(self.statement),))


@dataclass(frozen=True, slots=True)
class DropComment(Operation):
    """Remove a comment."""

    statement: str

    def describe(self) -> str:
        """Say what is no longer described."""
        return f"remove the {target(self.statement)}"

    def sql(self) -> str:
        """Return ``comment on ... is null``."""
        return f"{target(self.statement)} is null;"

    def after(self, schema: Schema) -> Schema:
        """Remove the comment."""
        return replace(schema, comments=tuple(c for c in schema.comments if c != self.statement))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Put the comment back."""
        return Reverse((PutComment(self.statement),))
