"""What a build tells while it runs; the command line shows it, `--json` prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One step of progress: ``kind`` and plain JSON data.

    Kinds: phase_started, gate_started, gate_finished, repaired, phase_finished, phase_failed,
    rolled_back, finished.
    """

    kind: str
    data: Mapping[str, object] = field(default_factory=dict)


Listener = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Listen to nothing."""
