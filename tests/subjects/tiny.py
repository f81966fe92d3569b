"""Small packs of our own: a catalogue that does not change when the built-in packs do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from archwright.blueprint.model import App, Blueprint, Entity, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog, load_pack
from archwright.catalog.pack import Catalog, Pack
from archwright.compiler import Plan, make_plan
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted, whole

PACKS = Path(__file__).parents[1] / "cases/packs"


def folders() -> list[Path]:
    """Return the folders of the fixture packs."""
    return sorted(path.parent for path in PACKS.glob("*/pack.toml"))


@cache
def catalog() -> Catalog:
    """Return all fixture packs; a mistake in one is an assertion."""
    found, problems = load_catalog(folders())
    assert problems == [], problems
    return found


def use(name: str, *on: str, **options: bool | int | str) -> FeatureUse:
    """Return a feature on some entities."""
    return FeatureUse(use=name, on=on, options=options)


def blueprint(*features: FeatureUse, entities: tuple[Entity, ...] = ()) -> Blueprint:
    """Return a Blueprint called Demo."""
    return Blueprint(app=App(name="Demo", slug="demo"), features=tuple(features), entities=entities)


FULL = blueprint(
    use("profiles"),
    use("clips"),
    use("reports", "Clip", "ClipComment", "Profile"),
    use("likes", "Clip", "ClipComment"),
    use("comments", "Clip"),
    use("notices"),
)


def app_of(made: Blueprint, packs: Catalog | None = None) -> Restricted:
    """Return the whole app of a Blueprint; a mistake is an assertion."""
    expansion, problems = expand(made, packs or catalog())
    assert problems == [], problems
    return whole(made, expansion)


def plan_of(made: Blueprint, packs: Catalog | None = None) -> Plan:
    """Return the plan of a Blueprint; a mistake is an assertion."""
    plan, problems = make_plan(made, packs or catalog())
    assert plan is not None, problems
    assert problems == [], problems
    return plan


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def head(name: str, more: str = "", parts: str = '["data"]') -> str:
    """Return the head of a manifest, with more lines of its own table."""
    lines = ["[pack]", f'name = "{name}"', 'title = "T"', 'summary = "S"', f"parts = {parts}"]
    return "\n".join([*lines, more, ""])


def packs_with(tmp: Path, *names: str, **made: Mapping[str, str]) -> Catalog:
    """Return a catalogue of fixture packs and of packs whose files are given, by name."""
    for name, files in made.items():
        write(tmp / name, files)
    wanted = [PACKS / n for n in ("foundation", "profiles", *names)]
    found, problems = load_catalog([*wanted, *(tmp / n for n in made)])
    assert problems == [], problems
    return found


def broken(tmp: Path, base: str, old: str, new: str, file: str = "pack.toml") -> list[Diagnostic]:
    """Return what is wrong with a fixture pack in which one text is replaced."""
    folder = tmp / base
    shutil.copytree(PACKS / base, folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    pack, problems = load_pack(folder)
    assert (pack is None) == bool(problems)
    return problems


def one(tmp: Path, files: Mapping[str, str | bytes]) -> tuple[Pack | None, list[Diagnostic]]:
    """Write and load the pack ``mine``."""
    return load_pack(write(tmp / "mine", files))


def told(problems: list[Diagnostic]) -> list[tuple[str, str]]:
    """Return code and place of each diagnostic."""
    return [(d.code, str(d.place)) for d in problems]


def changed(tmp: Path, base: str, old: str, new: str, file: str = "pack.toml") -> Catalog:
    """Return the fixture packs with one text of one pack replaced."""
    assert broken(tmp, base, old, new, file) == []
    return with_folder(tmp / base)


def with_specs(tmp: Path) -> Catalog:
    """Return the fixture packs with a foundation that brings what specs need."""
    return changed(tmp, "foundation", '"shell"]', '"shell", "proof"]')


def with_folder(*own: Path) -> Catalog:
    """Return the fixture packs, of which some are replaced or joined by folders of one's own."""
    names = {folder.name for folder in own}
    found, problems = load_catalog([f for f in folders() if f.name not in names] + list(own))
    assert problems == [], problems
    return found
