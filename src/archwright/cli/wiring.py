"""Puts stages and adapters together: only here is it known what stands behind a port."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archwright.adapters.cache import Progress, silent
from archwright.adapters.disk import Folder
from archwright.adapters.git import GitHistory
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, Place, has_errors
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand

if TYPE_CHECKING:
    from archwright.adapters.postgres.database import EmbeddedPostgres
    from archwright.ports import Workspace
    from archwright.preview.machine import Machine
    from archwright.preview.proving import LocalBrowsing
    from archwright.proof.browser.gate import BrowserGate
    from archwright.proof.gate import Gate
    from archwright.proof.prover import GateProver, Mode

MOST = 2_000_000
"""Bytes that are read of a request or Blueprint; the stages that read them allow fewer."""


@dataclass(frozen=True)
class Source:
    """Where the app comes from: a request in words, or a Blueprint, as a file or as its text."""

    request: str = ""
    file: str = ""
    blueprint: Path | None = None
    text: str = ""
    name: str | None = None


def toolchain(progress: Progress = silent) -> PinnedToolchain:
    """Return the toolchain on the user's cache."""
    return PinnedToolchain(progress=progress)


def postgres(tools: PinnedToolchain) -> EmbeddedPostgres:
    """Return a PostgreSQL that starts when it is first used."""
    # Here and below: what plan, explain and doctor never need is not loaded for them.
    from archwright.adapters.postgres.database import EmbeddedPostgres

    return EmbeddedPostgres(tools)


def prover(
    tools: PinnedToolchain,
    server: EmbeddedPostgres,
    mode: Mode = "full",
    browser: Gate | None = None,
    *,
    large: bool = False,
) -> GateProver:
    """Return the gates; ``browser`` is one that the last phase has besides.

    ``large``: queries are planned on large tables.
    """
    from archwright.proof.prover import GateProver

    return GateProver(tools, server, mode, browser, large)


def browser_gate(
    tools: PinnedToolchain, server: EmbeddedPostgres, packs: Catalog, place: Workspace
) -> BrowserGate:
    """Return the gate that runs an app's specs and keeps what they leave in the app's folder."""
    from archwright.proof.browser.gate import BrowserGate
    from archwright.proof.browser.kept import stale

    def keep(files: Mapping[str, bytes]) -> None:
        place.put(files, stale(place.root, files))

    return BrowserGate(browsing(tools, server, packs), keep)


def browsing(tools: PinnedToolchain, server: EmbeddedPostgres, packs: Catalog) -> LocalBrowsing:
    """Return a browser in front of platforms that are made for an app's specs."""
    from archwright.catalog.expansion import expand
    from archwright.catalog.samples import Sample, samples_of
    from archwright.preview.proving import LocalBrowsing

    def samples(app: Blueprint) -> tuple[Sample, ...]:
        return samples_of(expand(app, packs)[0])

    # refusals that specs bring about are theirs to tell
    logging.getLogger("archwright.stack").setLevel(logging.ERROR)
    return LocalBrowsing(tools, server, tools.browser, samples, tools.cache.folder("deno"))


def machine(progress: Progress = silent) -> Machine:
    """Return what a preview runs on."""
    from archwright.adapters.frontend import Vite, end_left
    from archwright.adapters.postgres.database import EmbeddedPostgres
    from archwright.adapters.postgres.kept import erase
    from archwright.adapters.rebuild import OwnBuild
    from archwright.preview.machine import Machine
    from archwright.preview.media import place_media

    tools = toolchain(progress)
    return Machine(
        tools=tools,
        deno=tools.cache.folder("deno"),
        server=lambda home: EmbeddedPostgres(tools, home),
        erase=erase,
        front=Vite,
        end_left=end_left,
        rebuild=OwnBuild,
        media=place_media,
    )


def workspace(out: Path) -> tuple[Folder, GitHistory]:
    """Return the writer and the history of an output folder."""
    return Folder(out), GitHistory(out.resolve())


def stage_folder(out: Path, tools: PinnedToolchain) -> Path:
    """Return the folder beside the caches in which phases of an app are prepared.

    It is the same for every build of one folder: what a killed build left is found and removed.
    """
    digest = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return tools.cache.root / "stages" / digest


def check_folder(tools: PinnedToolchain) -> Path:
    """Return a folder beside the caches for one check; several may run at once."""
    stages = tools.cache.root / "stages"
    stages.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="check-", dir=stages))


def catalog() -> tuple[Catalog, list[Diagnostic]]:
    """Return all packs."""
    return load_catalog()


def blueprint_of(
    source: Source, packs: Catalog, stdin: bytes
) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Return the Blueprint of a request or of a file, with access rules filled in."""
    if source.text:
        made, problems = load(source.text, "the journal's Blueprint")
    elif source.blueprint is not None:
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
    text, problems = blueprint_text(path)
    return (None, problems) if text is None else load(text, path.name)


def blueprint_text(path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a Blueprint's file. Diagnostics: AW-2001 it cannot be read, is no text."""
    try:
        with path.open("rb") as stream:
            text = decoded(stream.read(MOST + 1))
    except OSError as error:
        message = f"the Blueprint cannot be read: {error.strerror or error}"
        return None, [Diagnostic("AW-2001", message, Place(str(path)))]
    if text is None:
        message = "the Blueprint is not UTF-8 text"
        return None, [Diagnostic("AW-2001", message, Place(str(path)), "Save it as UTF-8.")]
    return text, []


def _request(source: Source, stdin: bytes) -> tuple[str | None, list[Diagnostic]]:
    """Return the request's text from the command line, a file or standard input."""
    if not source.file:
        return source.request, []
    place = Place("standard input" if source.file == "-" else source.file)
    try:
        if source.file != "-":
            with Path(source.file).open("rb") as stream:
                stdin = stream.read(MOST + 1)
    except OSError as error:
        text = f"the request cannot be read: {error.strerror or error}"
        return None, [Diagnostic("AW-1004", text, place)]
    request = decoded(stdin)
    if request is None:
        text = "the request is not UTF-8 text"
        return None, [Diagnostic("AW-1003", text, place, "Save it as UTF-8.")]
    return request, []


def decoded(data: bytes) -> str | None:
    """Return UTF-8 text, or None; what was cut off at ``MOST`` bytes may end within a letter."""
    try:
        return data.decode("utf-8", "ignore" if len(data) > MOST else "strict")
    except UnicodeDecodeError:
        return None
