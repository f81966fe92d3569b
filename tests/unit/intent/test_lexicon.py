"""The lexicon from manifests and from the catalog."""

from __future__ import annotations

from pathlib import Path

from archwright.catalog.load import load_catalog, load_pack
from archwright.catalog.manifest import Manifest
from archwright.intent.lexicon import Lexicon, from_catalog, from_manifests

PACKS = Path(__file__).parents[3] / "src" / "archwright" / "packs"


def _manifest(**data: object) -> Manifest:
    return Manifest.model_validate(data)


def test_manifests_of_one_pack_are_taken_together() -> None:
    head = {"name": "notes", "title": "Notes", "summary": "s"}
    entity = {"table": "notes", "label": "note", "labels": "notes", "traits": ["likeable"]}
    role = {"label": "Editor", "granted_by": ["admin"]}
    lexicon = from_manifests(
        [
            _manifest(pack=head, phrases=[{"words": ["notes"], "weight": 0.5}]),
            _manifest(pack=head, entities={"Note": entity}, roles={"editor": role}),
        ]
    )
    known = lexicon.feature("notes")
    assert known is not None
    assert known.phrases[0].words == ("notes",)
    assert [e.name for e in lexicon.entities] == ["Note"]
    assert lexicon.roles[0].granted_by == ("admin",)
    assert lexicon.title("notes") == "Notes"
    assert lexicon.title("other") == "other"
    assert lexicon.feature("other") is None


def test_the_archetype_that_is_shipped() -> None:
    pack, found = load_pack(PACKS / "short-video")
    assert not found
    assert pack is not None
    assert pack.archetype is not None
    assert pack.archetype.names[0] == "Clipster"
    assert len(pack.archetype.features) == 20


def test_the_catalog_gives_a_lexicon() -> None:
    catalog, _ = load_catalog([PACKS / "short-video"])
    lexicon = from_catalog(catalog)
    assert [name for name, _, _ in lexicon.archetypes] == ["short-video"]


def test_every_phrase_is_of_one_feature(lexicon: Lexicon) -> None:
    strong: dict[str, str] = {}
    for known in lexicon.features:
        for phrase in known.phrases:
            for words in phrase.words:
                if phrase.weight >= 0.75:
                    assert strong.setdefault(words, known.name) == known.name or "block" in words
