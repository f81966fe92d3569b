"""What was built so far, kept in the app's folder: phases, files as written, Blueprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Node

PATH = ".archwright/journal.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """The record of an app: the whole Blueprint as YAML, the built nodes, file digests.

    ``files`` maps each file to the SHA-256 that Archwright wrote; ``migrations`` counts the
    migration files; ``complete`` tells whether the last planned phase is in place; ``parent`` is
    the commit on which the last phase's commit belongs, "" for the first. ``maker`` is what
    compiled it (see `maker`), ``base`` the digest of what it compiled, "" where none was recorded.
    ``finished`` tells whether it was complete once: then its database may be in use. ``accepted``
    are the hazards that were accepted for the change that is not complete yet.
    """

    blueprint: str
    built: tuple[Node, ...] = ()
    phases: int = 0
    migrations: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False
    parent: str = ""
    maker: str = ""
    base: str = ""
    finished: bool = False
    accepted: tuple[str, ...] = ()

    def advanced(
        self,
        built: tuple[Node, ...],
        files: Mapping[str, str],
        migrations: int,
        parent: str,
        *,
        last: bool,
        base: str = "",
    ) -> Journal:
        """Return the journal after one more phase, with all nodes that stand after it."""
        return replace(
            self,
            built=built,
            phases=self.phases + 1,
            migrations=migrations,
            files=dict(sorted(files.items())),
            complete=last,
            parent=parent,
            base=base,
            finished=self.finished or last,
            accepted=() if last else self.accepted,
        )

    def text(self) -> str:
        """Return the journal as JSON text."""
        data = {
            "format": FORMAT,
            "complete": self.complete,
            "phases": self.phases,
            "migrations": self.migrations,
            "built": [[n.instance, n.part] for n in self.built],
            "parent": self.parent,
            "maker": self.maker,
            "base": self.base,
            "finished": self.finished,
            "accepted": list(self.accepted),
            "files": dict(self.files),
            "blueprint": self.blueprint,
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_journal(data: bytes | None) -> tuple[Journal | None, list[Diagnostic]]:
    """Read a journal; None without diagnostics where there is none."""
    if data is None:
        return None, []
    try:
        raw: dict[str, Any] = json.loads(data)
        if raw["format"] != FORMAT:
            raise ValueError(f"format {raw['format']}")
        return (
            Journal(
                blueprint=str(raw["blueprint"]),
                built=tuple(Node(str(i), str(p)) for i, p in raw["built"]),
                phases=int(raw["phases"]),
                migrations=int(raw["migrations"]),
                files={str(k): str(v) for k, v in raw["files"].items()},
                complete=bool(raw["complete"]),
                parent=str(raw["parent"]),
                maker=str(raw.get("maker", "")),
                base=str(raw.get("base", "")),
                finished=bool(raw.get("finished", raw["complete"])),
                accepted=tuple(str(name) for name in raw.get("accepted", ())),
            ),
            [],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        text = f"the journal cannot be read: {error}"
        hint = "Restore .archwright/journal.json, or build into a new folder."
        return None, [Diagnostic("AW-7007", text, Place(PATH), hint)]


def digest(text: str) -> str:
    """Return the SHA-256 of a text as the journal keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()
