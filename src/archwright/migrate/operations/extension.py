"""Extensions and namespaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.schema import render
from archwright.schema.model import Schema
from archwright.schema.sql_text import ident, roles


@dataclass(frozen=True, slots=True)
class CreateExtension(Operation):
    """Install an extension."""

    name: str

    def describe(self) -> str:
        """Say what is installed."""
        return f"install the extension {self.name}"

    def sql(self) -> str:
        """Return ``create extension``."""
        return render.extension(self.name)

    def after(self, schema: Schema) -> Schema:
        """Add the extension."""
        return replace(schema, extensions=(*schema.extensions, self.name))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """No longer need it."""
        return Reverse((LeaveExtension(self.name),))


@dataclass(frozen=True, slots=True)
class LeaveExtension(Operation):
    """Stop needing an extension; it stays, since others may use it and the platform owns it."""

    name: str

    def describe(self) -> str:
        """Say what is no longer needed."""
        return f"no longer need the extension {self.name}"

    def sql(self) -> str:
        """Return a comment: dropping is the owner's decision."""
        return f"-- The extension {self.name} is no longer used here; it stays installed."

    def after(self, schema: Schema) -> Schema:
        """Remove the extension."""
        return replace(schema, extensions=tuple(e for e in schema.extensions if e != self.name))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Need it again."""
        return Reverse((CreateExtension(self.name),))


@dataclass(frozen=True, slots=True)
class CreateNamespace(Operation):
    """Create a database schema beside ``public``; it follows from the names of its objects."""

    name: str

    def describe(self) -> str:
        """Say what is created."""
        return f"create the schema {self.name}"

    def sql(self) -> str:
        """Return ``create schema``."""
        return f"create schema if not exists {ident(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Change nothing: names imply their namespace."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it; what was in it has gone by then."""
        return Reverse((DropNamespace(self.name),))


@dataclass(frozen=True, slots=True)
class DropNamespace(Operation):
    """Drop a database schema that nothing is left in; ``usage`` are the roles it was open to."""

    name: str
    usage: tuple[str, ...] = ()

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the empty schema {self.name}"

    def sql(self) -> str:
        """Return ``drop schema``, which fails where something is left."""
        return f"drop schema {ident(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Change nothing: names imply their namespace."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Create it, open to whom it was."""
        back: tuple[Operation, ...] = (CreateNamespace(self.name),)
        return Reverse((*back, ChangeUsage(self.name, self.usage)) if self.usage else back)


@dataclass(frozen=True, slots=True)
class ChangeUsage(Operation):
    """Let roles name the objects of a namespace, or no longer.

    That is no hazard by itself: each object in the namespace has grants of its own.
    """

    name: str
    granted: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()

    def describe(self) -> str:
        """Say whose usage changes."""
        parts = [f"to {', '.join(self.granted)}"] if self.granted else []
        parts += [f"no longer to {', '.join(self.revoked)}"] if self.revoked else []
        return f"open the schema {self.name} " + ", ".join(parts)

    def sql(self) -> str:
        """Return ``grant usage`` and ``revoke usage``."""
        lines = []
        if self.revoked:
            lines.append(f"revoke usage on schema {ident(self.name)} from {roles(self.revoked)};")
        if self.granted:
            lines.append(f"grant usage on schema {ident(self.name)} to {roles(self.granted)};")
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Change nothing: usage follows from callers and grants."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Take what was given and give what was taken."""
        return Reverse((ChangeUsage(self.name, self.revoked, self.granted),))
