"""The text catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.emit.derived import quoted
from archwright.emit.texts import locale_file, messages_file, texts
from subjects.tiny import FULL, app_of, blueprint, changed, head, packs_with, told, use


def test_texts_lie_by_feature_and_speak_of_their_target() -> None:
    tree, problems = texts(app_of(FULL))
    assert problems == []
    assert tree["app"] == {"name": "Demo", "summary": "", "retry": "Try again"}
    assert tree["likes"]["like"] == "Like"
    assert tree["likes"]["clip"]["remove"] == "Take the like from this clip?"
    assert tree["likes"]["clip_comment"]["all"] == "Comments you like"
    assert tree["likes"]["events"] == {
        "clip_liked": "liked your clip",
        "clip_comment_liked": "liked your comment",
    }


def test_texts_of_a_target_need_one(tmp_path: Path) -> None:
    files = {"pack.toml": head("mine"), "texts.en.toml": '[thing]\na = "{thing}"\n'}
    tree, problems = texts(app_of(blueprint(use("mine")), packs_with(tmp_path, mine=files)))
    assert problems == []
    assert "mine" not in tree


def test_a_variable_of_the_app_stays(tmp_path: Path) -> None:
    packs = changed(tmp_path, "likes", "this {thing}?", "{{thing}} or {thing}?", "texts.en.toml")
    tree, _ = texts(app_of(FULL, packs))
    assert tree["likes"]["clip"]["remove"] == "Take the like from {{thing}} or clip?"


@pytest.mark.parametrize("key", ["clip", "clip_comment"])
def test_a_text_in_the_way_of_anothers_group(tmp_path: Path, key: str) -> None:
    packs = changed(tmp_path, "likes", 'like = "Like"', f'{key} = "Like"', "texts.en.toml")
    _, problems = texts(app_of(FULL, packs))
    assert ("AW-3326", "packs/likes/texts.en.toml (thing.remove)") in told(problems)


def test_a_text_that_is_there_already(tmp_path: Path) -> None:
    packs = changed(tmp_path, "foundation", "retry", "name", "texts.en.toml")
    _, problems = locale_file(app_of(FULL, packs))
    assert told(problems) == [("AW-3326", "packs/foundation/texts.en.toml (name)")]


def test_the_catalogue_is_a_typed_constant() -> None:
    text = locale_file(app_of(FULL))[0].text
    assert "    upload: 'Share someone\\'s clip'," in text
    assert text.endswith("} as const;\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it's", "'it\\'s'"),
        ('say "x"', "'say \"x\"'"),
        ("a\\", "'a\\\\'"),
        ('\\"', "'\\\\\"'"),
        ("a\nb", "'a\\nb'"),
        ("é</script>", "'é</script>'"),
    ],
)
def test_literals(text: str, wanted: str) -> None:
    assert quoted(text) == wanted


def test_what_people_are_told_when_the_database_refuses() -> None:
    assert "  profiles_handle_key: 'profiles.handleTaken'," in messages_file(app_of(FULL)).text
