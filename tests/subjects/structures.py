"""The pack ``depot``: what a manifest can say of structures that the database keeps by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from archwright.catalog.load import load_catalog
from archwright.diagnostics import Diagnostic, Severity
from archwright.schema.architect import design
from subjects.packed import Packed, compiled, packs
from subjects.tiny import app_of, blueprint, use

STRUCTURES = Path(__file__).parents[1] / "cases/structures"


def depot(folder: Path = STRUCTURES / "depot") -> Packed:
    """Return the compiled app of the pack."""
    return compiled({"auth": (), "profiles": (), "depot": ()}, more=[folder])


def changed_depot(tmp: Path, *changes: tuple[str, str]) -> Path:
    """Return the folder of a copy of the pack in which texts are replaced."""
    folder = tmp / "depot"
    shutil.copytree(STRUCTURES / "depot", folder)
    path = folder / "pack.toml"
    text = path.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)
    return folder


def problems_with(tmp: Path, *changes: tuple[str, str]) -> list[Diagnostic]:
    """Return what is wrong with the pack in which texts are replaced, in loading or designing."""
    return problems_in(changed_depot(tmp, *changes))


def problems_in(folder: Path) -> list[Diagnostic]:
    """Return what is wrong with a pack called ``depot``, in loading or designing."""
    catalog, problems = load_catalog(packs("auth", "profiles", more=[folder]))
    if "depot" not in catalog:
        return [p for p in problems if p.severity is Severity.ERROR]
    made = blueprint(use("auth"), use("profiles"), use("depot"))
    found, problems = design(app_of(made, catalog))
    assert (found is None) == bool(problems)
    return problems
