"""Finds PostgreSQL's programs, in the cached npm packages or else on the system."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from archwright.adapters.node import current_platform
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.toolchain.pins import pins

OLDEST = 15
"""The oldest PostgreSQL major version whose SQL the emitted apps can rely on."""

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps a folder for each major version."""

_PROGRAMS = ("initdb", "postgres")


def find(modules: Path) -> Path:
    """Return the installation folder (with ``bin``, ``lib``, ``share``) to run PostgreSQL from.

    Raises ``DiagnosticError`` AW-6101 where neither the packages nor the system have one.
    """
    folder = embedded_folder(modules) or system_folder()
    if folder is None:
        raise DiagnosticError(
            Diagnostic(
                "AW-6101",
                f"there is no PostgreSQL for {current_platform()}",
                hint=f"install PostgreSQL {OLDEST} or newer, so that pg_config is on the PATH",
            )
        )
    return folder


def embedded_folder(modules: Path) -> Path | None:
    """Return the PostgreSQL folder of the cached npm packages, if this platform has one."""
    package = pins().postgres.get(current_platform())
    folder = modules / package / "native" if package else None
    return folder if folder and _complete(folder) else None


def system_folder(which: Callable[[str], str | None] = shutil.which) -> Path | None:
    """Return the folder of a system PostgreSQL that is new enough and has a server, if any."""
    candidates = [folder.parent for folder in DEBIAN.glob("*/bin")]
    if config := which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(said.stdout.strip()).parent)
    if server := which("postgres"):
        candidates.append(Path(server).resolve().parent.parent)
    found = [(system_version(folder), folder) for folder in candidates if _complete(folder)]
    fit = [entry for entry in found if entry[0] >= OLDEST]
    return max(fit)[1] if fit else None


def system_version(folder: Path) -> int:
    """Return the major version that ``postgres --version`` tells; 0 when it tells none."""
    try:
        said = subprocess.run(
            [str(folder / "bin/postgres"), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found.group(1)) if found else 0


def _complete(folder: Path) -> bool:
    return all((folder / "bin" / program).is_file() for program in _PROGRAMS)
