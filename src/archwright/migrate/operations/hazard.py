"""What an operation may do to a database that is in use, by names that people type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Hazard(StrEnum):
    """A kind of harm; the values follow ``--accept`` on the command line, so they stay."""

    ACCESS_WIDENED = "access_widened"
    BREAKS_CLIENTS = "breaks_clients"
    DATA_LOSS = "data_loss"
    LONG_LOCK = "long_lock"
    MAY_FAIL = "may_fail"
    TABLE_REWRITE = "table_rewrite"


@dataclass(frozen=True, slots=True)
class FoundHazard:
    """A hazard of one operation: its name, the object that it concerns, the reason in one sentence.

    ``object`` is a name without quotes, as ``public.clips.caption``. ``certain`` tells whether it
    happens in any case, or depends on the rows that are there.
    """

    name: Hazard
    object: str
    sentence: str
    certain: bool = True

    def __str__(self) -> str:
        """Render on one line, as the header of a migration shows it."""
        return f"{self.name}: {self.object}: {self.sentence}"
