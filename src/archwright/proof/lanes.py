"""Runs gates side by side: each lane in order, the lanes at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from archwright.diagnostics import DiagnosticError
from archwright.proof.gate import Evidence, Gate, Subject

Notify = Callable[[str, Evidence | None], None]
"""Called with a gate's name when it starts (None) and when it has finished."""

Lane = Sequence[Gate]


def run_lanes(subject: Subject, lanes: Sequence[Lane], notify: Notify) -> list[Evidence]:
    """Run all lanes and return the evidence in lane order, whichever finished first.

    Within a lane a gate that fails ends the lane: what follows builds on what it proves.
    """
    with ThreadPoolExecutor(max_workers=max(1, len(lanes))) as pool:
        running = [pool.submit(_lane, subject, lane, notify) for lane in lanes]
        return [evidence for future in running for evidence in future.result()]


def _lane(subject: Subject, lane: Lane, notify: Notify) -> list[Evidence]:
    found: list[Evidence] = []
    for gate in lane:
        notify(gate.name, None)
        started = time.monotonic()
        try:
            evidence = gate.check(subject)
        except DiagnosticError as error:
            evidence = Evidence(
                gate.name, gate.name, time.monotonic() - started, diagnostics=error.diagnostics
            )
        if not evidence.seconds:
            evidence = replace(evidence, seconds=time.monotonic() - started)
        found.append(evidence)
        notify(gate.name, evidence)
        if not evidence.passed:
            break
    return found
