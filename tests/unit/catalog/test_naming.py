"""Forms of names, the length limit and collisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.catalog.naming import Forms, bounded, settle


def test_all_styles_of_a_name_of_two_words() -> None:
    forms = Forms.of("VideoComment")
    assert (forms.snake, forms.snakes) == ("video_comment", "video_comments")
    assert (forms.kebab, forms.kebabs) == ("video-comment", "video-comments")
    assert (forms.camel, forms.camels) == ("videoComment", "videoComments")
    assert (forms.pascal, forms.pascals) == ("VideoComment", "VideoComments")
    assert (forms.screaming, forms.screamings) == ("VIDEO_COMMENT", "VIDEO_COMMENTS")
    assert (forms.label, forms.labels) == ("video comment", "video comments")


@pytest.mark.parametrize(
    ("name", "snake", "snakes", "label", "labels"),
    [
        ("Category", "category", "categories", "category", "categories"),
        ("Person", "person", "people", "person", "people"),
        ("APIKey", "api_key", "api_keys", "API key", "API keys"),
        ("UserURL", "user_url", "user_urls", "user URL", "user URLs"),
        ("Mp3File", "mp3_file", "mp3_files", "mp3 file", "mp3 files"),
        ("Level2", "level2", "level2s", "level2", "level2s"),
    ],
)
def test_words(name: str, snake: str, snakes: str, label: str, labels: str) -> None:
    forms = Forms.of(name)
    assert (forms.snake, forms.snakes, forms.label, forms.labels) == (snake, snakes, label, labels)
    assert forms.pascal == name


@pytest.mark.parametrize("name", ["Series", "News", "LiveSeries"])
def test_one_and_many_stay_apart_in_code(name: str) -> None:
    forms = Forms.of(name)
    assert forms.snake == forms.snakes
    assert forms.label == forms.labels
    assert forms.camels == "all" + name
    assert forms.pascals == "All" + name
    assert forms.screamings == "ALL_" + forms.screaming


def test_explicit_forms_win() -> None:
    forms = Forms.of("Cactus", plural="Cacti", label="spiny plant")
    assert (forms.snakes, forms.label, forms.labels) == ("cacti", "spiny plant", "spiny plants")
    assert Forms.of("Clip", label="Person").labels == "people"
    assert Forms.of("Clip", label="TV").labels == "TVs"
    assert Forms.of("Cactus", plural="Cacti").labels == "cacti"
    assert Forms.of("Clip", labels="reels").labels == "reels"


@given(st.text(max_size=120))
def test_bounded_fits_and_is_stable(name: str) -> None:
    short = bounded(name)
    assert len(short.encode()) <= 63
    assert bounded(short) == short
    if len(name.encode()) <= 63:
        assert short == name


def test_bounded_keeps_long_names_apart() -> None:
    first, second = bounded("a" * 70 + "x"), bounded("a" * 70 + "y")
    assert first != second
    assert len(first) == 63
    assert bounded("é" * 60).startswith("é" * 27 + "_")
    with pytest.raises(ValueError, match="no room"):
        bounded("abcdefghijkl", 9)


def test_the_first_to_ask_keeps_the_plain_name() -> None:
    two = settle({"likes@Video": "video_likes", "video_likes": "Video_Likes"})
    assert two["likes@Video"] == "video_likes"
    assert two["video_likes"].startswith("Video_Likes_")
    three = settle(dict.fromkeys(["likes@Video", "video_likes", "z"], "video_likes"))
    assert len(set(three.values())) == 3


def test_settled_names_avoid_what_is_taken() -> None:
    assert settle({"a": "users", "b": "posts"}, taken=["users"])["b"] == "posts"
    assert settle({"a": "users"}, taken=["users"])["a"] != "users"


@given(st.lists(st.sampled_from(["a", "A", "b", "x" * 80]), max_size=6))
def test_adding_one_never_renames_another(wanted: list[str]) -> None:
    names = {f"k{i}": name for i, name in enumerate(wanted)}
    before = settle(names)
    after = settle({**names, "new": "a"})
    assert {key: after[key] for key in before} == before
    assert len({name.casefold() for name in after.values()}) == len(after)
