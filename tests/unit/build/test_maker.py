"""What compiled an app: recorded, the same everywhere, and told where it is another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build import maker as module
from archwright.build.folder import look
from archwright.build.journal import PATH as JOURNAL
from archwright.build.maker import maker
from archwright.build.session import run
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from subjects.builds import Bench, app_tree, tree
from subjects.small_packs import small_blueprint, small_packs


def changed(root: Path, path: str, old: str, new: str) -> Catalog:
    """Return the small packs, changed in one place."""
    folders = small_packs(root)
    file = root / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    catalog, problems = load_catalog(folders)
    assert not problems
    return catalog


def test_the_digest_does_not_depend_on_where_the_packs_lie(
    catalog: Catalog, tmp_path: Path
) -> None:
    same = changed(tmp_path / "a", "notes/pack.toml", "Keeps notes", "Keeps notes")
    other = changed(tmp_path / "b", "notes/pack.toml", "Keeps notes", "Holds notes")
    assert maker(same) == maker(catalog) != maker(other)


@pytest.mark.parametrize("features", [("notes",), ("notes", "marks")])
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("notes/files/data/src/features/notes/part-1.ts", "= 1", "= 11"),
        ("notes/pack.toml", "text(1..200)", "text(1..300)"),
        ("notes/pack.toml", 'parts = ["data"]', 'parts = ["data"]\nparts_if = {}'),
    ],
)
def test_other_packs_cannot_continue_what_they_would_build_otherwise(
    bench: Bench, catalog: Catalog, features: tuple[str, ...], path: str, old: str, new: str
) -> None:
    run(bench.builder(), small_blueprint(*features), catalog)
    before = tree(bench.out)
    other = changed(bench.root / "other", path, old, new)
    outcome = run(bench.builder(), small_blueprint(), other)
    if "parts_if" in new:  # it says something else, and builds the same
        assert outcome.complete
        return
    (problem,) = outcome.diagnostics
    assert (problem.code, "with other packs" in problem.message) == ("AW-7011", True)
    assert tree(bench.out) == before


def test_another_version_that_builds_the_same_goes_on(
    bench: Bench, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(bench.builder(), small_blueprint("notes"), catalog)
    monkeypatch.setattr(module, "__version__", "0.2.0")
    assert run(bench.builder(), small_blueprint(), catalog).complete
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert journal.maker == maker(catalog)
    before = app_tree(bench.out)
    monkeypatch.setattr(module, "__version__", "0.3.0")
    assert run(bench.builder(), small_blueprint(), catalog).evidence == ()
    assert app_tree(bench.out) == before


@pytest.mark.parametrize(
    ("version", "told"), [("0.1.1", "0.1.1, and this is"), ("", "with other code")]
)
def test_another_version_is_named(bench: Bench, catalog: Catalog, version: str, told: str) -> None:
    run(bench.builder(), small_blueprint("notes"), catalog)
    path = bench.out / JOURNAL
    data = json.loads(path.read_text())
    maker = f"{version}+0" if version else data["maker"]
    path.write_text(json.dumps({**data, "base": "0", "maker": maker}))
    (problem,) = run(bench.builder(), small_blueprint(), catalog).diagnostics
    assert (problem.code, told in problem.message) == ("AW-7011", True)


def test_packs_that_are_gone(bench: Bench, catalog: Catalog) -> None:
    run(bench.builder(), small_blueprint("notes"), catalog)
    other = Catalog({name: pack for name, pack in catalog.packs.items() if name != "notes"})
    (problem,) = run(bench.builder(), small_blueprint(), other).diagnostics
    assert problem.code == "AW-7011"


def test_an_old_journal_is_taken_as_it_is(bench: Bench, catalog: Catalog) -> None:
    run(bench.builder(), small_blueprint("notes"), catalog)
    path = bench.out / JOURNAL
    data = json.loads(path.read_text())
    del data["base"], data["maker"]
    path.write_text(json.dumps(data))
    assert run(bench.builder(), small_blueprint(), catalog).complete
