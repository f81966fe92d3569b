"""The lexicon of the short-video packs: their real words, heads from a table of this folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archwright.catalog.manifest import Manifest
from archwright.intent.lexicon import Lexicon, from_manifests

HERE = Path(__file__).parent
PACKS = HERE.parents[2] / "src" / "archwright" / "packs"


def make_lexicon() -> Lexicon:
    """Join ``packs.toml`` with the phrases and the archetype that are shipped."""
    table = tomllib.loads((HERE / "packs.toml").read_text(encoding="utf-8"))
    manifests = []
    for name, item in table.items():
        phrases = tomllib.loads((PACKS / name / "phrases.toml").read_text(encoding="utf-8"))
        entities = item.pop("entities", {})
        roles = item.pop("roles", {})
        head = {"name": name, "summary": name, "title": name.capitalize(), **item}
        manifests.append(
            Manifest.model_validate({"pack": head, "entities": entities, "roles": roles, **phrases})
        )
    archetype = tomllib.loads((PACKS / "short-video" / "pack.toml").read_text(encoding="utf-8"))
    return from_manifests([*manifests, Manifest.model_validate(archetype)])


LEXICON = make_lexicon()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Return the lexicon of the short-video packs."""
    return LEXICON
