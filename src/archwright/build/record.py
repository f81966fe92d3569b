"""What is kept of a phase: its evidence as JSON, and the message of its commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archwright.build.proving import Proof

FOLDER = ".archwright/evidence"
_KEYS = {"phase", "title", "nodes", "passed", "new", "changed", "removed", "migrations", "gates"}


def path_of(number: int, *, failed: bool = False) -> str:
    """Return where the evidence of a phase lies in the app's folder."""
    return f"{FOLDER}/phase-{number:02d}{'.failed' if failed else ''}.json"


def record(number: int, proof: Proof) -> dict[str, Any]:
    """Return a phase's evidence as plain JSON data."""
    step = proof.step
    return {
        "phase": number,
        "title": step.phase.title,
        "nodes": [str(n) for n in step.phase.nodes],
        "passed": proof.passed,
        "new": list(step.phase.new),
        "changed": list(step.phase.changed),
        "removed": list(step.removed),
        "derived": sorted(d.path for d in step.drafts if d.derived),
        "migrations": [m.filename for m in step.migrations],
        "hazards": [str(hazard) for hazard in step.hazards],
        "repairs": [{"path": r.path, "done": r.done} for r in proof.repairs],
        "gates": [e.as_dict() for e in proof.evidence],
    }


def as_bytes(data: Mapping[str, Any]) -> bytes:
    """Return JSON data as the bytes of a file."""
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def read_record(data: bytes | None) -> Mapping[str, Any] | None:
    """Return the evidence of a phase; None where there is none, or what is there is damaged."""
    try:
        found = json.loads(data or b"null")
    except (ValueError, RecursionError):
        return None
    whole = isinstance(found, dict) and found.keys() >= _KEYS
    return found if whole else None


def message(data: Mapping[str, Any]) -> str:
    """Return the commit message of a recorded phase: what it delivered."""
    lines = [f"Phase {data['phase']}: {data['title']}", ""]
    lines += [f"- {node}" for node in data["nodes"]]
    lines += [""] if data["nodes"] else []
    summary = f"{len(data['new'])} new files, {len(data['changed'])} changed"
    if data["removed"]:
        summary += f", {len(data['removed'])} removed"
    if data["migrations"]:
        summary += ", migration " + ", ".join(data["migrations"])
    return "\n".join([*lines, summary]) + "\n"
