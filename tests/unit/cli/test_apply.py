"""``archwright apply``: an edited blueprint.yaml becomes the app, whatever it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.codec import dump
from archwright.catalog.pack import Catalog
from subjects.builds import app_tree, tree
from subjects.changing import changing_catalog, shop
from subjects.command_line import Commands


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give packs on which a Blueprint's own entities can stand."""
    return changing_catalog(tmp_path_factory.mktemp("changing"))


@pytest.fixture
def blueprint(archwright: Commands) -> Path:
    """Give the blueprint.yaml of a finished app with a product."""
    (archwright.root / "b.yaml").write_text(dump(shop()))
    said = archwright("build", "--blueprint", "b.yaml", "--out", "jotter")
    assert said.code == 0, said.err
    return archwright.root / "jotter/blueprint.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_nothing_to_do(archwright: Commands, blueprint: Path) -> None:
    before = tree(blueprint.parent)
    said = archwright("apply", "jotter")
    assert (said.code, "jotter is up to date" in said.out) == (0, True)
    said = archwright("apply", "jotter", "--dry-run")
    assert (said.code, "nothing is to change" in said.out) == (0, True)
    assert tree(blueprint.parent) == before


def test_what_was_taken_out_goes(archwright: Commands, blueprint: Path) -> None:
    edit(blueprint, "  - use: marks\n", "")
    before = tree(blueprint.parent)
    said = archwright("apply", "jotter")
    assert (said.code, "--accept data_loss" in said.err) == (1, True)
    assert tree(blueprint.parent) == before
    said = archwright("build", "--out", "jotter")
    assert (said.code, "archwright change FOLDER --remove" in said.err) == (1, True)
    said = archwright("apply", "jotter", "--accept", "data_loss:public.marks")
    assert (said.code, "- public.marks" in said.out) == (0, True)
    assert archwright("apply", "jotter").out.startswith("jotter is up to date")


def test_a_look_alike_is_told_and_taken_for_a_loss(archwright: Commands, blueprint: Path) -> None:
    edit(blueprint, "caption", "headline")
    said = archwright("apply", "jotter")
    assert said.code == 1
    assert "note Product.caption goes and Product.headline comes, which looks like" in said.out
    assert "--rename Product.caption=headline" in said.out
    assert "data_loss: public.products.caption" in said.err
    rename = ("--rename", "Product.caption=headline", "--accept", "breaks_clients")
    said = archwright("apply", "jotter", *rename)
    assert said.code == 0, said.err
    assert said.out.startswith("rename Product.caption to headline\n")
    assert "data_loss" not in said.out
    (last,) = blueprint.parent.glob("supabase/migrations/*_phase_05.sql")
    assert "rename column caption to headline;" in last.read_text()


def test_an_entity_that_looks_like_another(archwright: Commands, blueprint: Path) -> None:
    edit(blueprint, "name: Product", "name: Item")
    said = archwright("apply", "jotter", "--dry-run")
    assert "--rename Product=Item keeps what is there" in said.out


@pytest.mark.parametrize(
    ("rename", "code"),
    [
        ("Product.caption", "AW-1501"),
        ("Product.headline=caption", "AW-1502"),
        ("Product.caption=headline", "AW-1504"),
        ("Product=Item", "AW-1504"),
    ],
)
def test_a_rename_that_the_blueprint_does_not_have(
    archwright: Commands, blueprint: Path, rename: str, code: str
) -> None:
    before = app_tree(blueprint.parent)
    said = archwright("apply", "jotter", "--rename", rename)
    assert (said.code, code in said.err) == (1, True), said.err
    assert app_tree(blueprint.parent) == before


def test_a_mistake_has_its_line(archwright: Commands, blueprint: Path) -> None:
    edit(blueprint, "maximum: 80", "maximum: many")
    said = archwright("apply", "jotter")
    assert (said.code, "blueprint.yaml:11:18" in said.err, "AW-2012" in said.err) == (1, True, True)


def test_no_app(archwright: Commands) -> None:
    said = archwright("apply", "nowhere", "--json")
    assert said.code == 4
    assert said.events[-1]["diagnostics"][0]["code"] == "AW-7008"
