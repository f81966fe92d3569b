"""A small platform and a builder on fakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.pack import Catalog
from subjects.builds import Bench
from subjects.small_packs import small_catalog


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the small packs."""
    return small_catalog(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a builder's surroundings with an output folder that is not there yet."""
    return Bench(tmp_path, tmp_path / "out")
