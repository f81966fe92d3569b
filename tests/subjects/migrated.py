"""An app on a real database, and one gate on clones of it in which something is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archwright.ports import Database
from archwright.proof.gate import Evidence, Gate
from subjects.packed import Packed


@dataclass(frozen=True)
class Migrated:
    """A compiled app and the name of a database with its migrations; nobody is connected."""

    packed: Packed
    database: str
    postgres: Database
    gate: Callable[[], Gate]

    def check(self, broken: str = "", **given: Any) -> Evidence:
        """Run the gate on a clone in which the superuser ran some SQL."""
        with self.postgres.scratch(self.database) as clone:
            if broken:
                with self.postgres.connect(clone, superuser=True) as connection:
                    connection.execute(broken.encode())
            return self.gate().check(self.packed.subject(self.postgres, clone, **given))

    def told(self, broken: str) -> list[str]:
        """Return what the gate says of a broken clone: message, hint and place of each error."""
        found = self.check(broken).diagnostics
        return [f"{d.message} | {d.hint} | {d.place}" for d in found if d.severity == "error"]
