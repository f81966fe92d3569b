"""Functions and triggers as they are collected, with what went wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from archwright.catalog.instance import Instance
from archwright.diagnostics import Diagnostic
from archwright.schema.model import Function, Trigger


@dataclass(slots=True)
class Made:
    """Functions by signature and triggers by table and name; none overwrites another.

    What two instances of a pack say alike is there once.
    """

    functions: dict[str, Function] = field(default_factory=dict)
    triggers: dict[tuple[str, str], Trigger] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def report(
        self, instance: Instance, path: tuple[str, ...], message: str, code: str = "AW-3102"
    ) -> None:
        """Add a diagnostic at a place of an instance's manifest."""
        text = f"{instance.key}: {message}"
        self.problems.append(Diagnostic(code, text, instance.place(*path)))

    def function(self, made: Function, instance: Instance, *path: str) -> None:
        """Add a function; another one of the same signature is a diagnostic (AW-3105)."""
        first = self.functions.setdefault(made.signature, made)
        if first.sql != made.sql:
            text = f"{instance.key}: there is another function {made.signature}"
            self.problems.append(Diagnostic("AW-3105", text, instance.place(*path)))

    def trigger(self, pair: tuple[Function, Trigger], instance: Instance, *path: str) -> None:
        """Add a trigger and its function; another one of the same name is a diagnostic."""
        function, made = pair
        self.function(function, instance, *path)
        first = self.triggers.setdefault((str(made.table), made.name), made)
        if first.sql != made.sql:
            text = f"{instance.key}: there is another trigger {made.name} on {made.table}"
            self.problems.append(Diagnostic("AW-3105", text, instance.place(*path)))
