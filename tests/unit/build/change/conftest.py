"""Packs with members, on which entities of a Blueprint's own can stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.pack import Catalog
from subjects.builds import Bench
from subjects.changing import changing_catalog


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the packs."""
    return changing_catalog(tmp_path_factory.mktemp("changing"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a builder's surroundings with an output folder that is not there yet."""
    return Bench(tmp_path, tmp_path / "out")
