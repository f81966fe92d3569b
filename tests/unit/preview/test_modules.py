from __future__ import annotations

from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview.modules import provide_modules
from subjects.project_app import write

NAMES = ("react", "vite")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    folder = tmp_path / "cache/npm/new/node_modules"
    write(folder, {"vite/package.json": "{}"})
    return folder


@pytest.fixture
def app(tmp_path: Path) -> Path:
    write(tmp_path / "app", {"package.json": '{"dependencies": {"react": "19"}}'})
    return tmp_path / "app"


def test_an_app_without_packages_gets_a_link(app: Path, installed: Path) -> None:
    assert provide_modules(app, installed, NAMES)
    assert (app / "node_modules").readlink() == installed
    assert provide_modules(app, installed, NAMES)


def test_a_link_to_an_older_installation_is_renewed(
    app: Path, installed: Path, tmp_path: Path
) -> None:
    (app / "node_modules").symlink_to(tmp_path / "cache/npm/old/node_modules")
    assert provide_modules(app, installed, NAMES)
    assert (app / "node_modules").readlink() == installed


def test_the_apps_own_packages_are_left(app: Path, installed: Path, tmp_path: Path) -> None:
    write(app / "node_modules", {"vite/package.json": "{}"})
    (app / "package.json").write_text('{"dependencies": {"left-pad": "1"}}')
    assert not provide_modules(app, installed, NAMES)
    assert not (app / "node_modules").is_symlink()


def test_a_link_of_the_users_is_left(app: Path, installed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own/node_modules"
    write(own, {"vite/package.json": "{}"})
    (app / "node_modules").symlink_to(own)
    assert not provide_modules(app, installed, NAMES)
    assert (app / "node_modules").readlink() == own


def test_a_link_of_the_users_to_nowhere_is_replaced(
    app: Path, installed: Path, tmp_path: Path
) -> None:
    (app / "node_modules").symlink_to(tmp_path / "own/gone/node_modules")
    assert provide_modules(app, installed, NAMES)


def test_packages_that_nobody_has_are_named(app: Path, installed: Path) -> None:
    (app / "package.json").write_text(
        '{"dependencies": {"left-pad": "1", "react": "19"}, "devDependencies": {"vitest": "5"}}'
    )
    with pytest.raises(DiagnosticError, match=r"AW-7107.*left-pad, vitest(.|\n)*npm install"):
        provide_modules(app, installed, NAMES)
    assert not (app / "node_modules").exists()


def test_a_half_installed_folder_is_named(app: Path, installed: Path) -> None:
    (app / "node_modules").mkdir()
    with pytest.raises(DiagnosticError, match="AW-7107"):
        provide_modules(app, installed, NAMES)


@pytest.mark.parametrize("text", ["{", "[]", '{"dependencies": 3}'])
def test_a_package_json_that_is_none_is_named(app: Path, installed: Path, text: str) -> None:
    (app / "package.json").write_text(text)
    with pytest.raises(DiagnosticError, match=r"AW-7107.*package\.json"):
        provide_modules(app, installed, NAMES)
