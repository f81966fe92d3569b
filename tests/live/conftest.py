"""The real toolchain and a real PostgreSQL, once per test session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain


@pytest.fixture(scope="session")
def toolchain() -> Iterator[PinnedToolchain]:
    """Give the user's own toolchain, installed by the first run that needs it."""
    tools = PinnedToolchain()
    tools.ensure()
    yield tools
    tools.close()


@pytest.fixture(scope="session")
def database(toolchain: PinnedToolchain) -> Iterator[EmbeddedPostgres]:
    """Give a PostgreSQL cluster with the bootstrap; it starts when first used."""
    with EmbeddedPostgres(toolchain) as running:
        yield running
