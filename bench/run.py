"""Measures Archwright: planning, emission, proof. `make bench` prints and keeps the figures.

CPU seconds are of one process, user and system; memory is the process's peak. A proven build is
wall time with warm caches. Figures compare runs on one machine; they are no promises.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (20, 50, 100, 300)


def measured(script: str, *args: str) -> dict[str, float]:
    """Run a measuring script in a process of its own and return what it prints as JSON.

    With compiled modules at hand, as an installed package has them.
    """
    env = {**os.environ, "PYTHONHASHSEED": "0"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(HERE / script), *args]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    return dict(json.loads(done.stdout))


def proven_build(folder: Path) -> dict[str, object]:
    """Build the flagship once and sum the gates' seconds from its evidence."""
    command = [sys.executable, "-c", "from archwright.cli.main import main; main()"]
    command += ["build", "Build a TikTok clone", "--out", str(folder), "--yes", "--json"]
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    gates: dict[str, float] = {}
    phases = sorted((folder / ".archwright" / "evidence").glob("phase-*.json"))
    for path in phases:
        for gate in json.loads(path.read_text())["gates"]:
            gates[gate["gate"]] = gates.get(gate["gate"], 0.0) + gate["seconds"]
    return {
        "exit_code": done.returncode,
        "seconds": round(seconds, 1),
        "phases": len(phases),
        "seconds_by_gate": {k: round(v, 1) for k, v in sorted(gates.items())},
    }


def main() -> None:
    """Run all measurements, print them, and keep them in bench/results."""
    measured("compile.py", str(SIZES[0]))  # writes the compiled modules
    found: dict[str, object] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "flagship": measured("compile.py", "flagship"),
    }
    print("flagship, plan and emit:", json.dumps(found["flagship"]))
    growth = {}
    for size in SIZES:
        growth[str(size)] = measured("compile.py", str(size))
        print(f"{size} entities, plan and emit:", json.dumps(growth[str(size)]))
    found["growth"] = growth
    if "--quick" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            found["proven_build"] = proven_build(Path(folder) / "clipster")
        print("proven build:", json.dumps(found["proven_build"], indent=1))
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / "latest.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
