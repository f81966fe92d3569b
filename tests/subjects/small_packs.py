"""A platform of a few small packs: three phases that compile in milliseconds, with a foundation."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog

FOUNDATION = """
[pack]
name = "foundation"
title = "Foundation"
summary = "Enough of one."
kind = "foundation"
parts = ["tooling"]

[slots."layout.header"]
file = "src/app/layout.tsx"
text = "In the header"
"""
LAYOUT = """/** The frame of every page. */
export function Layout() {
  return (
    <header>
      {/*% slot "layout.header" %*/}
    </header>
  );
}
"""
FEATURE = """
[pack]
name = "{name}"
title = "{title}"
summary = "Keeps {name}."
requires = [{requires}]
parts = ["data"]
why = "People keep {name}"

[tables.{name}]
comment = "What members keep"
owner = "user_id"

[tables.{name}.columns]
id = "uuid = gen_random_uuid()"
user_id = "uuid = auth.uid() -> auth.users cascade"
body = "text(1..200)"

[tables.{name}.access]
select = "owner"
insert = {{ who = "owner", columns = ["body"] }}

[[fills]]
slot = "layout.header"
part = "data"
imports = "import {{ {title}Link }} from '@/features/{name}/link'"
render = "<{title}Link />"

[[phrases]]
weight = 0.9
words = ["{name}"]
"""
ARCHETYPE = """
[pack]
name = "notebook"
title = "Notebook"
summary = "A place to keep things."
kind = "archetype"
why = "People forget"

[archetype]
products = ["evernote"]
nouns = ["notebook", "notebook app"]
names = ["Jotter"]
summary = "A notebook for everyone"
background = "#ffffff"
primary = "#e11d48"
"""
IMPLIED = """
[[archetype.features]]
use = "{name}"
optional = {optional}
why = "A notebook has {name}"
"""
FEATURES = ("notes", "marks")


def link(title: str) -> str:
    """Return the component that a feature puts into the header."""
    return f"/** Leads to the page. */\nexport function {title}Link() {{\n  return <i />;\n}}\n"


def small_packs(root: Path, features: tuple[str, ...] = FEATURES) -> list[Path]:
    """Write the packs below ``root`` and return their folders.

    Each feature has a table, twelve files and a filling of the foundation's layout, so each is a
    phase of its own; the second needs the first.
    """
    pack = root / "foundation"
    _write(pack / "pack.toml", FOUNDATION)
    _write(pack / "files/tooling/src/app/layout.tsx", LAYOUT)
    for number in range(11):
        _write(pack / f"files/tooling/docs/note-{number}.txt", f"{number}\n")
    for rank, name in enumerate(features):
        title = name.title()
        requires = f'"{features[0]}"' if rank else ""
        pack = root / name
        _write(pack / "pack.toml", FEATURE.format(name=name, title=title, requires=requires))
        home = f"files/data/src/features/{name}"
        _write(pack / home / "link.tsx", link(title))
        for number in range(11):
            _write(pack / f"{home}/part-{number}.ts", f"export const part{number} = {number};\n")
    _write(
        root / "notebook/pack.toml",
        ARCHETYPE
        + "".join(
            IMPLIED.format(name=n, optional=str(bool(i)).lower()) for i, n in enumerate(features)
        ),
    )
    return [root / n for n in ("foundation", *features, "notebook")]


def small_catalog(root: Path, features: tuple[str, ...] = FEATURES) -> Catalog:
    """Return the packs as a catalogue."""
    catalog, problems = load_catalog(small_packs(root, features))
    assert not problems, problems
    return catalog


def small_blueprint(*features: str, **app: object) -> Blueprint:
    """Return a Blueprint that uses the features, by default all of them."""
    uses = tuple(FeatureUse(use=name) for name in features or FEATURES)
    return Blueprint(app=App(name="Jotter", slug="jotter").model_copy(update=app), features=uses)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
