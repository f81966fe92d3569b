"""Colours: reading CSS colours, OKLCH and back, WCAG contrast, the nearest readable shade."""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass
from functools import lru_cache

_STEPS = 400
_NUMBER = r"\s*([+-]?\d*\.?\d+)(%|deg)?\s*"
_FUNCTION = re.compile(
    rf"(rgb|hsl)a?\({_NUMBER}[,\s]{_NUMBER}[,\s]{_NUMBER}(?:[,/]\s*[\d.]+%?\s*)?\)"
)
_NAMES = (
    "aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc "
    "bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a "
    "burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 "
    "cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b "
    "darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 "
    "darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 "
    "darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b "
    "darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 "
    "deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff "
    "firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc "
    "ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f "
    "grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 "
    "khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd "
    "lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 "
    "lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a "
    "lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 "
    "lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 "
    "magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 "
    "mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a "
    "mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa "
    "mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 "
    "olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa "
    "palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 "
    "peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 "
    "rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 "
    "salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 "
    "skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa "
    "springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 "
    "turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 "
    "yellowgreen 9acd32"
).split()
CSS_NAMES = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in OKLCH: lightness 0 to 1, chroma from 0, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    def at(self, lightness: float, chroma: float | None = None) -> Colour:
        """Return the same hue at another lightness, and chroma where one is given."""
        kept = self.chroma if chroma is None else chroma
        return Colour(min(1.0, max(0.0, lightness)), kept, self.hue)

    @property
    def hex(self) -> str:
        """Return ``#rrggbb``; chroma shrinks as far as sRGB needs it to."""
        # halves round up, as in browsers; the small term makes up for the way through OKLCH
        return "#" + "".join(f"{int(c * 255 + 0.5001):02x}" for c in _fit(self))


def parse_colour(text: str) -> Colour | None:
    """Read a CSS name, ``#rgb``, ``#rrggbb``, ``rgb()`` or ``hsl()``; None for anything else.

    Opacity is ignored: tokens are opaque.
    """
    word = text.strip().lower()
    word = CSS_NAMES.get(word, word.removeprefix("#") if word.startswith("#") else word)
    if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{4}", word):
        word = "".join(c * 2 for c in word)
    if re.fullmatch(r"[0-9a-f]{6}(?:[0-9a-f]{2})?", word):
        red, green, blue = (int(word[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return _from_rgb(red, green, blue)
    match = _FUNCTION.fullmatch(word)
    if match is None:
        return None
    values = [(float(match[i]), match[i + 1]) for i in (2, 4, 6)]
    if match[1] == "rgb":
        red, green, blue = (_unit(n / (100 if unit == "%" else 255)) for n, unit in values)
    else:
        (hue, _), (saturation, _), (lightness, _) = values
        turn = (hue / 360) % 1
        red, green, blue = colorsys.hls_to_rgb(
            turn, _unit(lightness / 100), _unit(saturation / 100)
        )
    return _from_rgb(red, green, blue)


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: Colour, on: tuple[str, ...], ratio: float) -> Colour:
    """Move lightness as little as needed for the contrast with all of ``on`` to reach the ratio."""
    return nearest(colour, tuple((other, ratio) for other in on))


def nearest(colour: Colour, needs: tuple[tuple[str, float], ...]) -> Colour:
    """Move lightness as little as needed until each contrast reaches the ratio beside it.

    Where no lightness of the hue does, the one that comes closest is returned.
    """

    def worst(candidate: Colour) -> float:
        return min((contrast(candidate.hex, other) / ratio for other, ratio in needs), default=1.0)

    best, score = colour, worst(colour)
    for step in range(1, _STEPS + 1):
        if score >= 1.0:
            break
        for shift in (-step / _STEPS, step / _STEPS):
            candidate = colour.at(colour.lightness + shift)
            reached = worst(candidate)
            if reached > score:
                best, score = candidate, reached
                if score >= 1.0:
                    break
    return best


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _from_linear(channel: float) -> float:
    if channel <= 0.0031308:
        return channel * 12.92
    return 1.055 * math.pow(channel, 1 / 2.4) - 0.055


def _luminance(code: str) -> float:
    red, green, blue = (_to_linear(int(code[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _from_rgb(red: float, green: float, blue: float) -> Colour:
    r, g, b = _to_linear(red), _to_linear(green), _to_linear(blue)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b2 = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Colour(_unit(lightness), math.hypot(a, b2), math.atan2(b2, a))


def _linear_rgb(colour: Colour) -> tuple[float, float, float]:
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


@lru_cache(maxsize=4096)
def _fit(colour: Colour) -> tuple[float, float, float]:
    """Return sRGB channels, with chroma reduced by bisection where the colour is out of gamut."""

    def inside(candidate: Colour) -> bool:
        return all(-0.0005 <= c <= 1.0005 for c in _linear_rgb(candidate))

    if not inside(colour):
        low, high = 0.0, colour.chroma
        for _ in range(24):
            middle = (low + high) / 2
            if inside(colour.at(colour.lightness, middle)):
                low = middle
            else:
                high = middle
        colour = colour.at(colour.lightness, low)
    red, green, blue = (_unit(_from_linear(max(0.0, c))) for c in _linear_rgb(colour))
    return red, green, blue
