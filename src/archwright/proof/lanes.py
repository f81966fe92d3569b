"""Runs gates side by side: each lane in order, the lanes at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from archwright.diagnostics import DiagnosticError
from archwright.proof.gate import Evidence, Gate, Subject

Notify = Callable[[str, Evidence | None], None]
"""Called with a gate's name when it starts (None) and when it has finished; one call at a time."""

Lane = Sequence[Gate]


def run_lanes(subject: Subject, lanes: Sequence[Lane], notify: Notify) -> list[Evidence]:
    """Run all lanes and return the evidence in lane order, whichever finished first.

    Within a lane a gate that fails ends the lane: what follows builds on what it proves. What is
    raised here (Ctrl-C) or in a gate (a bug) keeps all lanes from their next gate.
    """
    run = _Run(subject, notify)
    with ThreadPoolExecutor(max_workers=max(1, len(lanes))) as pool:
        try:
            running = [pool.submit(run.lane, lane) for lane in lanes]
            return [evidence for future in running for evidence in future.result()]
        except BaseException:
            run.stopped.set()
            raise


class _Run:
    """What the lanes of one run share."""

    def __init__(self, subject: Subject, notify: Notify) -> None:
        self.subject = subject
        self.stopped = threading.Event()
        self._notify = notify
        self._one_at_a_time = threading.Lock()

    def lane(self, gates: Lane) -> list[Evidence]:
        found: list[Evidence] = []
        for gate in gates:
            if self.stopped.is_set():
                break
            self._tell(gate.name, None)
            evidence = self._check(gate)
            found.append(evidence)
            self._tell(gate.name, evidence)
            if not evidence.passed:
                break
        return found

    def _check(self, gate: Gate) -> Evidence:
        started = time.monotonic()
        try:
            evidence = gate.check(self.subject)
        except DiagnosticError as error:
            evidence = Evidence(gate.name, gate.name, 0.0, diagnostics=error.diagnostics)
        if not evidence.seconds:
            evidence = replace(evidence, seconds=time.monotonic() - started)
        return evidence

    def _tell(self, name: str, evidence: Evidence | None) -> None:
        with self._one_at_a_time:
            self._notify(name, evidence)
