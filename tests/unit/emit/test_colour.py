"""Reading colours, contrast, and making them readable."""

from __future__ import annotations

import pytest

from archwright.emit.colour import CSS_NAMES, Colour, contrast, parse_colour, readable


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#fe2c55", "#fe2c55"),
        ("  #FE2C55 ", "#fe2c55"),
        ("#abc", "#aabbcc"),
        ("#abcd", "#aabbcc"),
        ("#aabbcc80", "#aabbcc"),
        ("rebeccapurple", "#663399"),
        ("LightYellow", "#ffffe0"),
        ("rgb(255, 0, 0)", "#ff0000"),
        ("rgb(20 80 200)", "#1450c8"),
        ("rgba(100%, 0%, 0%, 0.5)", "#ff0000"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsl(210deg 50% 50% / 40%)", "#4080bf"),
        ("rgb(300, -5, 0)", "#ff0000"),
    ],
)
def test_reads_css_colours(text: str, code: str) -> None:
    colour = parse_colour(text)
    assert colour is not None
    assert colour.hex == code


@pytest.mark.parametrize(
    "text", ["", "lemon mist", "#ab", "#abcdefabc", "ffffff0", "rgb(1,2)", "url(x)", "#ggg", "fff;"]
)
def test_refuses_what_is_not_a_colour(text: str) -> None:
    assert parse_colour(text) is None


def test_every_css_name_survives_the_way_through_oklch() -> None:
    assert len(CSS_NAMES) == 148
    for name, code in CSS_NAMES.items():
        colour = parse_colour(name)
        assert colour is not None
        assert colour.hex == f"#{code}", name


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_readable_keeps_what_is_readable_and_moves_the_rest_a_little() -> None:
    navy = parse_colour("navy")
    assert navy is not None
    assert readable(navy, ("#ffffff",), 4.5) is navy
    tomato = parse_colour("tomato")
    assert tomato is not None
    moved = readable(tomato, ("#ffffff",), 4.5)
    assert 4.5 <= contrast(moved.hex, "#ffffff") < 4.8
    assert moved.hue == tomato.hue


def test_readable_does_its_best_where_nothing_suffices() -> None:
    grey = Colour(0.5, 0.0, 0.0)
    moved = readable(grey, ("#000000", "#ffffff"), 7.0)
    worst = min(contrast(moved.hex, "#000000"), contrast(moved.hex, "#ffffff"))
    assert worst == pytest.approx(4.58, abs=0.08)
