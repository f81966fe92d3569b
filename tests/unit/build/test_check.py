"""What a check reads of an app, before any gate runs."""

from __future__ import annotations

import json

import pytest

import archwright.build.maker as module
from archwright.adapters.disk import Folder
from archwright.build.check import BLUEPRINT, MOST_OF_ALL, MOST_OF_ONE, read_app
from archwright.build.journal import PATH as JOURNAL
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Severity
from subjects.builds import Bench
from subjects.small_packs import small_blueprint


@pytest.mark.parametrize("edited", [False, True])
def test_an_app_of_another_version_is_named_and_checked(
    bench: Bench, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, edited: bool
) -> None:
    run(bench.builder(), small_blueprint(), catalog)
    if edited:
        blueprint = bench.out / BLUEPRINT
        blueprint.write_text("# mine\n" + blueprint.read_text())
    app, problems = read_app(Folder(bench.out), catalog)
    assert app is not None
    assert problems == []
    journal = bench.out / JOURNAL
    journal.write_text(json.dumps({**json.loads(journal.read_text()), "base": "0"}))
    monkeypatch.setattr(module, "__version__", "0.2.0")
    app, problems = read_app(Folder(bench.out), catalog)
    assert app is not None
    assert [(p.code, p.severity) for p in problems] == [("AW-7011", Severity.WARNING)]
    assert "and this is 0.2.0" in problems[0].message


def test_no_app_of_ours(bench: Bench, catalog: Catalog) -> None:
    app, problems = read_app(Folder(bench.out), catalog)
    assert app is None
    assert [p.code for p in problems] == ["AW-7008"]


def large(bench: Bench, path: str, size: int) -> None:
    """Put a file there that has no content on the disk."""
    target = bench.out / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        stream.truncate(size)


def test_a_file_that_is_far_too_large_is_left_out(bench: Bench, catalog: Catalog) -> None:
    run(bench.builder(), small_blueprint(), catalog)
    large(bench, "public/film.mp4", MOST_OF_ONE + 1)
    large(bench, "public/clip.mp4", 9)
    app, problems = read_app(Folder(bench.out), catalog)
    assert app is not None
    assert "public/film.mp4" not in app.files
    assert app.files["public/clip.mp4"] == bytes(9)
    assert [(p.code, p.severity) for p in problems] == [("AW-7012", Severity.WARNING)]
    assert problems[0].place.source.endswith("public/film.mp4")


def test_a_folder_of_too_much_is_not_read(
    bench: Bench, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(bench.builder(), small_blueprint(), catalog)
    opened: list[str] = []
    read = Folder.read

    def noted(folder: Folder, path: str) -> bytes | None:
        opened.append(path)
        return read(folder, path)

    monkeypatch.setattr(Folder, "read", noted)
    for number in range(MOST_OF_ALL // MOST_OF_ONE):
        large(bench, f"public/{number}.bin", MOST_OF_ONE)
    app, problems = read_app(Folder(bench.out), catalog)
    assert app is None
    assert [(p.code, p.severity) for p in problems] == [("AW-7012", Severity.ERROR)]
    assert opened == [BLUEPRINT, JOURNAL]
