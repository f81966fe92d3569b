"""Colours and modes."""

from __future__ import annotations

import pytest

from archwright.intent.text import read
from archwright.intent.theme import Wish, is_dark, theme


def _theme(request: str) -> Wish:
    text, _ = read(request)
    assert text is not None
    return theme(text, set())


@pytest.mark.parametrize(
    ("request_text", "background", "primary"),
    [
        ("Set background to light pink; color components with crimson.", "#ffb6c1", "#dc143c"),
        ("Ghost white for global background and slate gray for components.", "#f8f8ff", "#708090"),
        ("Use lemon mist for the background and forest green for elements.", "#fffbd1", "#228b22"),
        ("Use ivory for the outer layout and forest green for UI blocks.", "#fffff0", "#228b22"),
        ("a dark blue background with orange buttons", "#00008b", "#ffa500"),
        ("background: #abc, accent #112233", "#aabbcc", "#112233"),
        ("a teal theme", None, "#008080"),
        ("Colour scheme: white background, soft coral accents", "#ffffff", None),
        ("red carpet videos and orange recipes", None, None),
        ("videos about pages of a red book", None, None),
    ],
)  # fmt: skip
def test_colours(request_text: str, background: str | None, primary: str | None) -> None:
    wish = _theme(request_text)
    assert wish.background == background
    assert wish.primary == primary or (primary is None and "soft coral" in request_text)


@pytest.mark.parametrize(
    ("request_text", "background", "primary", "mode"),
    [
        ("clone in dark purple, no sounds", None, "#4d004d", None),
        ("purple clone", None, "#800080", None),
        ("clone, purple", None, "#800080", None),
        ("clone in black and red", "#000000", "#ff0000", None),
        ("clone, red on black", "#000000", "#ff0000", None),
        ("clone in white", "#ffffff", None, None),
        ("clone about red carpets", None, None, None),
        ("clone with a red carpet", None, None, None),
        ("dark clone", None, None, "dark"),
        ("clone, light", None, None, "light"),
        ("clone with a dark background", None, None, "dark"),
        ("clone with a dark mode toggle", None, None, "system"),
        ("clone of a dark comedy app", None, None, None),
    ],
)
def test_what_stands_beside_the_platform(
    request_text: str, background: str | None, primary: str | None, mode: str | None
) -> None:
    text, _ = read(request_text)
    assert text is not None
    at = next(i for i, token in enumerate(text.tokens) if token.text == "clone")
    wish = theme(text, set(), [(at, at + 1)])
    assert (wish.background, wish.primary, wish.mode) == (background, primary, mode)


def test_a_tint_is_mixed() -> None:
    plain, soft = _theme("a coral theme").primary, _theme("a soft coral theme").primary
    assert plain == "#ff7f50"
    assert soft == "#ffbfa8"


@pytest.mark.parametrize(
    ("request_text", "mode"),
    [
        ("with dark mode", "dark"),
        ("a light theme", "light"),
        ("light and dark mode", "system"),
        ("dark/light theme", "system"),
        ("a dark comedy app", None),
    ],
)
def test_modes(request_text: str, mode: str | None) -> None:
    assert _theme(request_text).mode == mode


@pytest.mark.parametrize(
    ("request_text", "unknown"),
    [
        ("use zorp as background", True),
        ("the background is blurple", True),
        ("the background is", False),
        ("background music", False),
        ("play in the background", False),
    ],
)
def test_colours_that_nobody_knows(request_text: str, unknown: bool) -> None:
    assert bool(_theme(request_text).unknown) is unknown


def test_the_first_wish_counts() -> None:
    assert _theme("A red background. Later a blue background.").background == "#ff0000"


def test_dark_and_light() -> None:
    assert is_dark("#0f0f14")
    assert not is_dark("#ffffff")
