"""Puts stages and adapters together: only here is it known what stands behind a port."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archwright.adapters.cache import Progress, silent
from archwright.adapters.disk import Folder
from archwright.adapters.git import GitHistory
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, Place, has_errors
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand

MAX_REQUEST = 1_000_000


@dataclass(frozen=True)
class Source:
    """Where the app comes from: a request in words, or a Blueprint file."""

    request: str = ""
    file: str = ""
    blueprint: Path | None = None
    name: str | None = None


def toolchain(progress: Progress = silent) -> PinnedToolchain:
    """Return the toolchain on the user's cache."""
    return PinnedToolchain(progress=progress)


def postgres(tools: PinnedToolchain) -> EmbeddedPostgres:
    """Return a PostgreSQL that starts when it is first used."""
    return EmbeddedPostgres(tools)


def workspace(out: Path) -> tuple[Folder, GitHistory]:
    """Return the writer and the history of an output folder."""
    return Folder(out), GitHistory(out.resolve())


def stage_folder(out: Path, tools: PinnedToolchain) -> Path:
    """Return the folder beside the caches in which phases of an app are prepared."""
    digest = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return tools.cache.root / "stages" / digest


def catalog() -> tuple[Catalog, list[Diagnostic]]:
    """Return all packs."""
    return load_catalog()


def blueprint_of(
    source: Source, packs: Catalog, stdin: str
) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Return the Blueprint of a request or of a file, with access rules filled in."""
    if source.blueprint is not None:
        made, problems = _from_file(source.blueprint)
    else:
        text, problems = _request(source, stdin)
        if text is None:
            return None, problems
        understood = understand(text, from_catalog(packs), source.name)
        made, problems = understood.blueprint, list(understood.diagnostics)
    if made is None or has_errors(problems):
        return None, problems
    return materialise(made, packs), problems


def _from_file(path: Path) -> tuple[Blueprint | None, list[Diagnostic]]:
    try:
        return load(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        text = f"the Blueprint cannot be read: {error}"
        return None, [Diagnostic("AW-2001", text, Place(str(path)))]


def _request(source: Source, stdin: str) -> tuple[str | None, list[Diagnostic]]:
    """Return the request's text from the command line, a file or standard input."""
    if source.file == "-":
        return stdin, []
    if not source.file:
        return source.request, []
    path = Path(source.file)
    try:
        data = path.read_bytes()[: MAX_REQUEST + 1]
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text = "the request is not UTF-8 text"
        return None, [Diagnostic("AW-1003", text, Place(str(path)), "Save it as UTF-8.")]
    except OSError as error:
        text = f"the request cannot be read: {error.strerror or error}"
        return None, [Diagnostic("AW-1004", text, Place(str(path)))]
