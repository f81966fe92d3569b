"""What a check reads of an app, before any gate runs."""

from __future__ import annotations

import json

import pytest

import archwright.build.maker as module
from archwright.adapters.disk import Folder
from archwright.build.check import BLUEPRINT, read_app
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
