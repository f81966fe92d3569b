"""Palettes from a few colours."""

from __future__ import annotations

import pytest

from archwright.diagnostics import Severity
from archwright.emit.colour import contrast, parse_colour
from archwright.emit.theme import build_theme
from subjects.contrast import failing_pairs


def test_the_given_background_is_kept_in_its_own_palette() -> None:
    theme, problems = build_theme("lightyellow", "#2563eb", "light")
    assert theme.light["background"] == "#ffffe0"
    assert theme.dark["background"] != "#ffffe0"
    assert theme.mode == "light"
    assert not problems


def test_a_dark_background_makes_the_dark_palette() -> None:
    theme, _ = build_theme("#09090b", "#fe2c55", "dark")
    assert theme.dark["background"] == "#09090b"
    light = parse_colour(theme.light["background"])
    assert light is not None
    assert light.lightness > 0.95


def test_white_text_on_a_strong_colour_darkens_it_a_little_and_says_so() -> None:
    theme, problems = build_theme("#ffffff", "#fe2c55")
    assert theme.light["primary_foreground"] == "#ffffff"
    assert contrast(theme.light["primary"], "#ffffff") >= 4.5
    (note,) = problems
    assert (note.code, note.severity) == ("AW-2902", Severity.NOTE)
    assert note.place.path == ("app", "theme", "primary")
    assert "#fe2c55" in note.message


def test_a_pale_colour_gets_dark_text() -> None:
    theme, _ = build_theme("#101010", "gold", "dark")
    ink = parse_colour(theme.dark["primary_foreground"])
    assert ink is not None
    assert ink.lightness < 0.3
    assert theme.dark["primary"] == "#ffd700"


def test_a_given_foreground_is_kept_where_it_can_be_read() -> None:
    theme, problems = build_theme("#ffffff", "#2563eb", "light", "#333333")
    assert theme.light["foreground"] == "#333333"
    assert not problems
    theme, problems = build_theme("#ffffff", "#2563eb", "light", "#dddddd")
    assert contrast(theme.light["foreground"], "#ffffff") >= 4.5
    assert [p.code for p in problems] == ["AW-2902"]


@pytest.mark.parametrize("name", ["background", "primary", "foreground"])
def test_what_is_not_a_colour_is_an_error_with_its_place(name: str) -> None:
    theme, problems = build_theme(**{name: "lemon mist"})
    assert [(p.code, p.severity) for p in problems] == [("AW-2900", Severity.ERROR)]
    assert problems[0].place.path == ("app", "theme", name)
    assert theme == build_theme()[0]


def test_an_unknown_mode_is_an_error() -> None:
    theme, problems = build_theme(mode="sepia")
    assert [p.code for p in problems] == ["AW-2901"]
    assert theme.mode == "system"


def test_templates_see_plain_data() -> None:
    tokens = build_theme()[0].tokens()
    assert set(tokens) == {"mode", "light", "dark"}
    assert tokens["light"].keys() == tokens["dark"].keys()
    assert tokens["light"]["card_foreground"].startswith("#")


def test_a_bad_palette_would_be_found() -> None:
    palette = dict(build_theme()[0].light)
    palette["muted_foreground"] = "#aaaaaa"
    assert {(text, ground) for text, ground, _ in failing_pairs(palette)} >= {
        ("muted_foreground", "background"),
        ("muted_foreground", "muted"),
    }
