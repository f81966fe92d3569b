"""Functions and who may execute them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.migrate.operations.trigger import CreateTrigger
from archwright.schema import render
from archwright.schema.model import Function, Ref, Schema
from archwright.schema.sql_text import signature


def _opened(function: Function) -> tuple[FoundHazard, ...]:
    reason = "Roles may execute the function that could not before."
    return (FoundHazard(Hazard.ACCESS_WIDENED, function.signature, reason),)


@dataclass(frozen=True, slots=True)
class PutFunction(Operation):
    """Create a function or replace its body.

    ``unchecked``: its body names a function that comes later, so that the server must not check it
    yet. ``widens``: it replaces a function that fewer roles could execute. ``silences``: the one
    that it replaces has a comment and it has none.
    """

    function: Function
    replaces: bool = False
    unchecked: bool = False
    widens: bool = False
    silences: bool = False

    def describe(self) -> str:
        """Say what is created or replaced."""
        verb = "replace" if self.replaces else "create"
        return f"{verb} the function {self.function.signature}"

    def sql(self) -> str:
        """Return the statement, the comment and the grants."""
        text = render.function(self.function)
        if self.silences:
            text += "\n" + render.function_comment(self.function, "")
        if self.unchecked:
            return f"set check_function_bodies = off;\n{text}\nreset check_function_bodies;"
        return text

    def after(self, schema: Schema) -> Schema:
        """Put the function in the place of the one with its signature, or at the end."""
        rest = tuple(f for f in schema.functions if f.signature != self.function.signature)
        return replace(schema, functions=(*rest, self.function))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Put the old function back, or drop the new one."""
        was = next((f for f in before.functions if f.signature == self.function.signature), None)
        if was is None:
            return Reverse((DropFunction(self.function),))
        if [a.has_default for a in was.arguments] != [
            a.has_default for a in self.function.arguments
        ]:
            return Irreversible(
                f"PostgreSQL takes no default of an argument away: {was.signature} keeps it"
            )
        return Reverse(
            (
                PutFunction(
                    was,
                    replaces=True,
                    unchecked=True,
                    widens=bool(set(was.callers) - set(self.function.callers)),
                    silences=bool(self.function.comment) and not was.comment,
                ),
            )
        )

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """More roles may execute it than before."""
        return _opened(self.function) if self.widens else ()


@dataclass(frozen=True, slots=True)
class DropFunction(Operation):
    """Drop a function, to be gone or to come back with another result or other arguments.

    ``triggers`` (table, name) go with it by ``cascade``: on a table of the platform, as
    ``auth.users``, we may create triggers but not drop them.
    """

    function: Function
    triggers: tuple[tuple[Ref, str], ...] = ()

    def describe(self) -> str:
        """Say what is dropped."""
        triggers = "".join(f" and the trigger {name} on {table}" for table, name in self.triggers)
        return f"drop the function {self.function.signature}{triggers}"

    def sql(self) -> str:
        """Return ``drop function``, which fails where another object still needs it."""
        types = (a.type for a in self.function.arguments)
        cascade = " cascade" if self.triggers else ""
        return f"drop function {signature(self.function.ref, types)}{cascade};"

    def after(self, schema: Schema) -> Schema:
        """Remove the function and the triggers that go with it."""
        gone = self.function.signature
        return replace(
            schema,
            functions=tuple(f for f in schema.functions if f.signature != gone),
            triggers=tuple(t for t in schema.triggers if (t.table, t.name) not in self.triggers),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it, and the triggers that went with it."""
        triggers = (t for t in before.triggers if (t.table, t.name) in self.triggers)
        back = PutFunction(self.function, unchecked=True)
        return Reverse((back, *(CreateTrigger(t) for t in triggers)))


@dataclass(frozen=True, slots=True)
class ChangeFunctionAccess(Operation):
    """Change who may execute a function, or its comment, and nothing else of it."""

    function: Function
    widens: bool
    comment: bool

    def describe(self) -> str:
        """Say whose access changes."""
        return f"change who may execute {self.function.signature}"

    def sql(self) -> str:
        """Return ``revoke`` and ``grant``, and the comment where it changed."""
        lines = [render.function_access(self.function)]
        if self.comment:
            lines.insert(0, render.function_comment(self.function, self.function.comment))
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Set callers and comment."""
        return replace(
            schema,
            functions=tuple(
                self.function if f.signature == self.function.signature else f
                for f in schema.functions
            ),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Give it the old callers and comment."""
        was = next(f for f in before.functions if f.signature == self.function.signature)
        widens = bool(set(was.callers) - set(self.function.callers))
        return Reverse((ChangeFunctionAccess(was, widens, self.comment),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """More roles may execute it than before."""
        return _opened(self.function) if self.widens else ()
