"""A change of an app that dies or finds no room: the folder is as it was, or goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.blueprint.model import Attribute, Blueprint
from archwright.build.session import Change, run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, DiagnosticError
from subjects.builds import Bench, app_tree, tree
from subjects.changing import changing_catalog, product, shop


class DeadError(BaseException):
    """The machine stops."""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the packs."""
    return changing_catalog(tmp_path_factory.mktemp("packs"))


def wanted() -> Blueprint:
    """Return what takes a table away and adds a column at once, and then a feature."""
    title, _ = product().attributes
    columns = (title, Attribute(name="in_stock", type="boolean"))
    return shop("profiles", "marks", entities=(product(attributes=columns),))


def started(root: Path, packs: Catalog) -> Bench:
    bench = Bench(root, root / "out")
    assert run(bench.builder(), shop("profiles", "notes"), packs).complete
    return bench


ACCEPTED = Change(frozenset({"data_loss"}))


@pytest.mark.parametrize("step", range(1, 5))
def test_killed_at_each_write(
    tmp_path: Path, packs: Catalog, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Before and after the mark of each of two phases: the end has the bytes of a calm run."""
    calm = started(tmp_path / "calm", packs)
    assert run(calm.builder(), wanted(), packs, ACCEPTED).complete
    bench = started(tmp_path / "killed", packs)
    before = tree(bench.out)
    put, recover, calls = Folder.put, Folder.recover, []

    def dying_put(self: Folder, *args: object, **given: object) -> None:
        calls.append("put")
        if len(calls) == step:
            raise DeadError
        put(self, *args, **given)  # type: ignore[arg-type]

    def dying_recover(self: Folder) -> bool:
        if calls:  # not the one that looks after an earlier death
            calls.append("moved")
            if len(calls) == step:
                raise DeadError
        return recover(self)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "put", dying_put)
        patch.setattr(Folder, "recover", dying_recover)
        with pytest.raises(DeadError):
            run(bench.builder(), wanted(), packs, ACCEPTED)
    if step == 1:
        assert tree(bench.out) == before
    assert run(bench.builder(), wanted(), packs, ACCEPTED).complete
    assert tree(bench.out) == tree(calm.out)
    assert [m for _, m in bench.history.commits] == [m for _, m in calm.history.commits]


def test_no_room_for_a_phase(
    tmp_path: Path, packs: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = started(tmp_path, packs)
    before = tree(bench.out)

    def full(*_: object, **__: object) -> None:
        raise DiagnosticError(Diagnostic("AW-6003", "the disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "put", full)
        with pytest.raises(DiagnosticError):
            run(bench.builder(), wanted(), packs, ACCEPTED)
    assert tree(bench.out) == before
    assert bench.prover.databases == set()
    assert run(bench.builder(), wanted(), packs, ACCEPTED).complete


def test_a_history_that_fails_is_caught_up_with(tmp_path: Path, packs: Catalog) -> None:
    calm, bench = (started(tmp_path / name, packs) for name in ("calm", "failing"))
    assert run(calm.builder(), wanted(), packs, ACCEPTED).complete
    bench.history.problem = DiagnosticError(Diagnostic("AW-7005", "index.lock"))
    with pytest.raises(DiagnosticError):
        run(bench.builder(), wanted(), packs, ACCEPTED)
    bench.history.problem = None
    assert run(bench.builder(), wanted(), packs, ACCEPTED).complete
    assert [m for _, m in bench.history.commits] == [m for _, m in calm.history.commits]
    assert app_tree(bench.out) == app_tree(calm.out)
