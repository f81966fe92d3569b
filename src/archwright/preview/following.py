"""Follows what people change while an app runs: builds the Blueprint anew, applies migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archwright.build.guard import BLUEPRINT
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import read_journal
from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.ports import Rebuild, StackDatabase
from archwright.preview.dev import update
from archwright.preview.machine import Machine, Screen
from archwright.preview.project import Project
from archwright.preview.watch import look

_SOURCE = "build"
_UNFINISHED = "unfinished"
"""Stands for the digest of a Blueprint of which not all is built yet."""


class Follower:
    """Looks at the folder with each ``step``; one build at a time, migrations between builds."""

    def __init__(
        self, project: Project, server: StackDatabase, machine: Machine, screen: Screen
    ) -> None:
        """Take what runs. What is not built of the Blueprint yet is built at once."""
        self._project = project
        self._server = server
        self._machine = machine
        self._screen = screen
        self._build: Rebuild | None = None
        seen = look(project.root)
        self._migrations = seen.migrations
        self._blueprint = _built(project) or seen.blueprint

    def step(self) -> None:
        """See what is new; returns at once, a build goes on beside us."""
        if self._build is not None:
            if not self._build.done():
                return
            self._build.close()
            self._build = None
        seen = look(self._project.root)
        if seen.migrations != self._migrations:
            self._migrations = seen.migrations
            update(self._project, self._server, self._screen)
        if seen.blueprint and seen.blueprint != self._blueprint:
            # what the build itself writes into the Blueprint is looked at once more; that ends,
            # since a Blueprint that is up to date is left as it is
            self._blueprint = seen.blueprint
            self._screen.line(_SOURCE, f"{BLUEPRINT} is not built yet")
            self._build = self._machine.rebuild(self._project.root, self._heard)

    def close(self) -> None:
        """End a build that is under way."""
        if self._build is not None:
            self._build.close()
            self._build = None

    def _heard(self, event: Mapping[str, Any]) -> None:
        """Show an event of the build; from a thread of its own."""
        kind = event.get("event")
        if kind == "phase_started":
            self._screen.line(_SOURCE, f"{event['phase']}/{event['of']} {event['title']}")
        elif kind == "phase_finished":
            self._screen.line(_SOURCE, "proven and in place")
        elif kind == "result":
            self._ended(event)

    def _ended(self, event: Mapping[str, Any]) -> None:
        found = [_diagnostic(data) for data in event.get("diagnostics", ())]
        self._screen.problems(found)
        failed = any(d.severity is Severity.ERROR for d in found) or not event.get("complete")
        text = "not built; the app goes on as it was" if failed else "up to date"
        self._screen.line(_SOURCE, text)


def _built(project: Project) -> str:
    """Return the digest of the Blueprint that is wholly built, "" where nothing is known."""
    try:
        data = (project.root / JOURNAL).read_bytes()
    except OSError:
        return ""
    journal, _ = read_journal(data)
    if journal is None:
        return ""
    return journal.files.get(BLUEPRINT, "") if journal.complete else _UNFINISHED


def _diagnostic(data: Mapping[str, Any]) -> Diagnostic:
    place = data["place"]
    return Diagnostic(
        data["code"],
        data["message"],
        Place(place["source"], tuple(place["path"]), place["line"], place["column"]),
        data["hint"],
        Severity(data["severity"]),
    )
