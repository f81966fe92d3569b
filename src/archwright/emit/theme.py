"""Theme: a few colours of the Blueprint become the tokens of a light and a dark palette."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.emit.colour import Colour, contrast, nearest, parse_colour, readable

TEXT = 4.5
SHAPE = 3.0
MODES = ("light", "dark", "system")
_DEFAULTS = {"background": "#ffffff", "primary": "#2563eb"}
_NEAR = 0.1  # as far as a colour may be moved so that white text fits on it
_WHITE, _BLACK = Colour(1.0, 0.0, 0.0), Colour(0.13, 0.0, 0.0)
_RED, _GREEN = math.radians(27), math.radians(150)


@dataclass(frozen=True, slots=True)
class Theme:
    """Two palettes, token (with underscores) to ``#rrggbb``, and which one an app starts in."""

    mode: str
    light: Mapping[str, str]
    dark: Mapping[str, str]

    def tokens(self) -> dict[str, Any]:
        """Return what templates see: ``mode``, ``light.<token>`` and ``dark.<token>``."""
        return {"mode": self.mode, "light": dict(self.light), "dark": dict(self.dark)}


@lru_cache(maxsize=64)
def build_theme(
    background: str = "", primary: str = "", mode: str = "system", foreground: str = ""
) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Derive both palettes from CSS colours; an empty one is chosen.

    The palette that a given background and foreground belong to (light or dark, by lightness)
    keeps them; the other one takes their hue. Diagnostics: a colour or mode that cannot be read
    (error, the default stands), a colour that was moved to be readable (note).
    """
    problems: list[Diagnostic] = []
    given = {"background": background, "primary": primary, "foreground": foreground}
    read: dict[str, Colour | None] = {}
    for name, text in given.items():
        wanted = text or _DEFAULTS.get(name, "")
        read[name] = parse_colour(wanted)
        if wanted and read[name] is None:
            problems.append(_unreadable(name, text))
            read[name] = parse_colour(_DEFAULTS.get(name, ""))
    if mode not in MODES:
        hint = "light, dark or system"
        problems.append(_problem("AW-2901", "mode", f"{mode!r} is not a mode", hint))
        mode = "system"
    ground, brand = read["background"], read["primary"]
    if ground is None or brand is None:
        raise AssertionError("the defaults are colours")
    text_colour, own_is_dark = read["foreground"], ground.lightness < 0.5
    palettes = {
        dark: _palette(ground, brand, text_colour if dark == own_is_dark else None, dark)
        for dark in (False, True)
    }
    own = palettes[own_is_dark]
    for name in ("primary", "foreground"):
        colour = read[name]
        if colour is not None and given[name] and own[name] != colour.hex:
            problems.append(_moved(name, colour.hex, own[name]))
    frozen = {dark: MappingProxyType(palette) for dark, palette in palettes.items()}
    return Theme(mode, frozen[False], frozen[True]), tuple(problems)


def _palette(ground: Colour, brand: Colour, text: Colour | None, dark: bool) -> dict[str, str]:
    """Build one palette; each colour that carries or is text is moved until it is readable."""
    background = _ground(ground, dark)
    tint = min(background.chroma, 0.03)
    away = 1.0 if dark else -1.0

    def shade(step: float) -> Colour:
        return background.at(background.lightness + away * step, tint)

    # cards stand out by a line in light palettes, by lightness in dark ones
    card = shade(0.03) if dark else background
    popover = shade(0.05) if dark else background
    accent = shade(0.08 if dark else 0.045)
    muted = shade(0.10 if dark else 0.04)
    surfaces = tuple(c.hex for c in (background, card, popover, accent, muted))
    ink = text or background.at(0.97 if dark else 0.17, min(tint, 0.02))
    foreground = readable(ink, surfaces, TEXT)
    quiet = readable(background.at(0.72 if dark else 0.5, min(tint, 0.02)), surfaces, TEXT)
    primary, on_primary = _filled(brand, ((background.hex, SHAPE),))
    # red serves as text too ("delete"), and so must stand out from every surface
    red = readable(Colour(0.68 if dark else 0.55, 0.2, _RED), surfaces, TEXT)
    green, on_green = _filled(Colour(0.55, 0.13, _GREEN), ())
    colours = {
        "background": background,
        "foreground": foreground,
        "card": card,
        "card_foreground": foreground,
        "popover": popover,
        "popover_foreground": foreground,
        "primary": primary,
        "primary_foreground": on_primary,
        "link": readable(primary, surfaces, TEXT),
        "secondary": muted,
        "secondary_foreground": foreground,
        "muted": muted,
        "muted_foreground": quiet,
        "accent": accent,
        "accent_foreground": foreground,
        "destructive": red,
        "destructive_foreground": _ink_on(red),
        "success": green,
        "success_foreground": on_green,
        "border": shade(0.13 if dark else 0.09),
        "input": readable(shade(0.3), (background.hex,), SHAPE),
        "ring": readable(primary, (background.hex, card.hex), SHAPE),
    }
    return {name: colour.hex for name, colour in colours.items()}


def _ground(colour: Colour, dark: bool) -> Colour:
    """Return the page's background: as given, or the same hue at the other end of lightness.

    Backgrounds of middling lightness are moved outwards: nothing is readable on all their shades.
    """
    if dark:
        own = colour.lightness < 0.5
        return colour.at(min(colour.lightness, 0.3) if own else 0.16, min(colour.chroma, 0.06))
    own = colour.lightness >= 0.5
    return colour.at(max(colour.lightness, 0.88) if own else 0.985, min(colour.chroma, 0.06))


def _ink_on(colour: Colour) -> Colour:
    """Return white or near-black, whichever reads better on the colour."""
    return max(_WHITE, _BLACK, key=lambda ink: contrast(ink.hex, colour.hex))


def _filled(colour: Colour, needs: tuple[tuple[str, float], ...]) -> tuple[Colour, Colour]:
    """Return a colour for surfaces such as buttons, and the ink on it.

    White is what people expect on a strong colour, so the colour moves a little for it; where a
    little is not enough (yellow), the ink is the one that asks for the smaller move.
    """
    moved = {ink: nearest(colour, ((ink.hex, TEXT), *needs)) for ink in (_WHITE, _BLACK)}

    def cost(ink: Colour) -> tuple[bool, float]:
        found = moved[ink]
        fits = contrast(found.hex, ink.hex) >= TEXT and all(
            contrast(found.hex, other) >= ratio for other, ratio in needs
        )
        shift = abs(found.lightness - colour.lightness)
        return not fits, 0.0 if ink is _WHITE and shift <= _NEAR else shift

    ink = min((_WHITE, _BLACK), key=cost)
    return moved[ink], ink


def _problem(code: str, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, Place("blueprint.yaml", ("app", "theme", name)), hint)


def _unreadable(name: str, text: str) -> Diagnostic:
    hint = 'Give a CSS colour: "#2563eb", "teal", "rgb(20 80 200)" or "hsl(210, 80%, 50%)"'
    return _problem("AW-2900", name, f"{text!r} is not a colour", hint)


def _moved(name: str, asked: str, used: str) -> Diagnostic:
    place = Place("blueprint.yaml", ("app", "theme", name))
    text = f"{asked} would be hard to read, so the palette uses {used}"
    return Diagnostic("AW-2902", text, place, severity=Severity.NOTE)
