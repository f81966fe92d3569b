"""The command line on small packs and fakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.pack import Catalog
from subjects.command_line import Commands
from subjects.small_packs import small_catalog


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the small packs."""
    return small_catalog(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def archwright(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packs: Catalog) -> Commands:
    """Give the command."""
    monkeypatch.setenv("COLUMNS", "200")
    return Commands(monkeypatch, tmp_path, packs)
