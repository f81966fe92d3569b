"""Features and theme -> Blueprint."""

from __future__ import annotations

import pytest

from archwright.intent.compose import theme_of
from archwright.intent.lexicon import Lexicon
from archwright.intent.theme import Wish
from archwright.intent.understand import understand


@pytest.mark.parametrize(
    ("archetype_background", "wish", "expected"),
    [
        ("#ffffff", Wish(), ("#ffffff", "system")),
        ("#ffffff", Wish(mode="dark"), ("#0f0f14", "dark")),
        ("#101010", Wish(mode="dark"), ("#101010", "dark")),
        ("#101010", Wish(mode="light"), ("#ffffff", "light")),
        ("#ffffff", Wish(background="#000080"), ("#000080", "dark")),
        ("#000000", Wish(background="#fffff0"), ("#fffff0", "light")),
        ("#ffffff", Wish(background="#000080", mode="light"), ("#000080", "light")),
    ],
)
def test_background_and_mode_go_together(
    lexicon: Lexicon, archetype_background: str, wish: Wish, expected: tuple[str, str]
) -> None:
    archetype = lexicon.archetypes[0][2].model_copy(update={"background": archetype_background})
    theme = theme_of(archetype, wish)
    assert (theme.background, theme.mode) == expected
    assert theme.primary == archetype.primary


def test_a_feature_without_anything_to_be_on_is_not_there(lexicon: Lexicon) -> None:
    found = understand("TikTok clone without likes on videos, without comments", lexicon)
    assert found.blueprint is not None
    uses = {feature.use for feature in found.blueprint.features}
    assert not uses & {"likes", "comments"}
    assert "VideoComment" not in {entity.name for entity in found.blueprint.entities}
    assert "Without Likes on Videos" in {a.what for a in found.blueprint.assumptions}


def test_entities_of_a_feature_that_is_lost_are_lost_with_it(lexicon: Lexicon) -> None:
    found = understand("TikTok clone without comments on videos", lexicon)
    assert found.blueprint is not None
    assert found.blueprint.feature("comments") is None
    likes = found.blueprint.feature("likes")
    assert likes is not None
    assert likes.on == ("Video",)
