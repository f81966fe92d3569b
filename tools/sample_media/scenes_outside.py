"""The lake, what is below it, and the garden in June."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image

from sample_media.canvas import (
    HEIGHT,
    SCALE,
    WIDTH,
    Pen,
    Picture,
    Point,
    finish,
    glow,
    gradient,
    layer,
    mix,
    smooth,
)

Frame = Callable[[float], Picture]
TAU = 2 * math.pi
_SHORE = 292


def _ridge(base: float, waves: tuple[tuple[float, float, float], ...]) -> list[Point]:
    """Return a mountain's outline: waves are (height, length, shift) in points."""
    top = [
        (float(x), base - sum(h * (1 - abs(math.sin((x + s) / n))) for h, n, s in waves))
        for x in range(0, WIDTH + 4, 4)
    ]
    return [(0, _SHORE), *top, (WIDTH, _SHORE)]


def _far_shore() -> Picture:
    view = gradient((0, "#27466b"), (0.2, "#7d86a8"), (0.34, "#f0a987"), (0.455, "#ffe4c0"))
    view = glow(view, (246, 262), 150, "#fff1d0", 0.85)
    pen = Pen(view)
    pen.disc((246, 250), 17, 17, "#fff7e2")
    pen.area(_ridge(262, ((58, 92, 20), (16, 23, 0))), "#8c86a6")
    view = layer(view, lambda p: p.slab(-20, 262, 400, 22, "#ffdcb8", alpha=0.5), 9)
    pen = Pen(view)
    pen.area(_ridge(278, ((44, 61, 95), (9, 13, 4))), "#5d6789")
    pen.area(_ridge(290, ((26, 38, 10), (7, 7, 3))), "#33425f")
    for x in range(2, WIDTH, 9):
        tall = 9 + 7 * abs(math.sin(x * 1.7)) + 5 * abs(math.sin(x / 41))
        pen.area([(x - 5, _SHORE), (x, _SHORE - tall), (x + 5, _SHORE)], "#1d2b42")
    return view


def _mirror(view: Picture, t: float, seconds: float) -> Picture:
    """Put the water under the shore: the view upside down, broken by small waves."""
    width, top = WIDTH * SCALE, _SHORE * SCALE
    upper = view.crop((0, 0, width, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    deep = (HEIGHT - _SHORE) * SCALE
    pixels = np.asarray(upper.resize((width, deep), Image.Resampling.BILINEAR), dtype=np.float32)
    rows = np.arange(deep)
    near = rows / deep
    turn = TAU * t / seconds
    push = (1.5 + 15 * near) * (
        np.sin(rows / (5 + 30 * near) + 3 * turn) + 0.5 * np.sin(rows / 3.1 - 2 * turn)
    )
    at = np.clip(np.arange(width)[None, :] + push[:, None], 0, width - 1).astype(int)
    moved = np.take_along_axis(pixels, at[..., None], axis=1)
    tint = np.array([18, 52, 84], dtype=np.float32)
    share = (0.3 + 0.45 * near)[:, None, None]
    water = moved * (1 - share) + tint * share
    whole = np.concatenate([np.asarray(view)[:top], water.round().astype(np.uint8)])
    return Image.fromarray(whole, "RGB")


_FLOES = (
    (64, 352, 46, 7), (300, 372, 60, 8), (210, 330, 34, 4), (26, 446, 58, 13), (330, 478, 52, 14),
    (96, 566, 88, 24), (300, 606, 96, 26),
)  # fmt: skip


def _floe(pen: Pen, x: float, y: float, rx: float, ry: float) -> None:
    corners = [
        (x + rx * r * math.cos(a), y + ry * r * math.sin(a))
        for a, r in zip(
            np.linspace(0, TAU, 9, endpoint=False), (1, 0.8, 1, 0.7, 0.95, 0.85, 1, 0.75, 0.9),
            strict=True,
        )
    ]  # fmt: skip
    pen.area([(a, b + ry * 0.28) for a, b in corners], "#6e93ad", 0.75)
    pen.area(corners, "#e9f4f8", 0.88)
    pen.line([corners[1], (x, y), corners[6]], "#b9d3df", 0.8, 0.8)


def lake(seconds: float) -> Frame:
    """Ice on the lake at dawn, a swimmer with an orange cap."""
    view = _far_shore()

    def draw(t: float) -> Picture:
        turn = TAU * t / seconds
        picture = _mirror(view, t, seconds)
        pen = Pen(picture)
        for index, (x, y, rx, ry) in enumerate(_FLOES):
            drift = math.sin(turn + index) * 5
            _floe(pen, x + drift, y + math.sin(2 * turn + index) * 1.2, rx, ry)
        x, y = 186 + 5 * math.sin(turn), 470 + 2.2 * math.sin(3 * turn)
        for ring in range(4):
            grown = (t / seconds * 3 + ring / 4) % 1 * 1.0
            pen.ring((x, 478), 22 + 118 * grown, 6 + 30 * grown, "#fff3df", 1.6, 0.6 * (1 - grown))
        pen.disc((x, 480), 27, 7, "#0f2f4c", 0.55)
        pen.disc((x, y), 14, 17, "#e9b48f")
        pen.area(
            smooth(
                [
                    (x - 15, y - 1),
                    (x - 11, y - 15),
                    (x, y - 20),
                    (x + 11, y - 15),
                    (x + 15, y - 1),
                    (x, y - 5),
                ],
                closed=True,
            ),
            "#f0702c",
        )
        pen.line([(x - 9, y - 13), (x - 2, y - 17)], "#ffb27c", 2)
        pen.disc((x, 486), 24, 7, "#12395a", 0.8)
        for puff in range(2):
            age = (t / seconds * 3 + puff / 2) % 1
            at = (x + 16 + 26 * age, y - 8 - 24 * age)
            pen.disc(at, 5 + 9 * age, 4 + 6 * age, "#ffffff", 0.22 * (1 - age))
        return finish(picture)

    return draw


def _rays(pen: Pen, turn: float) -> None:
    for index in range(6):
        x = 20 + 64 * index + 18 * math.sin(turn + index * 1.3)
        lean = 40 + 26 * math.sin(turn + index)
        alpha = 0.16 + 0.08 * math.sin(2 * turn + index * 2)
        corners = [(x, -10), (x + 24, -10), (x + 74 + lean, 690), (x - 14 + lean, 690)]
        pen.area(corners, "#d9fff6", alpha)


def _weeds(pen: Pen, turn: float) -> None:
    for index in range(11):
        x = -6 + 37 * index + 9 * math.sin(index * 7)
        tall = 120 + 90 * abs(math.sin(index * 2.1))
        stem = [
            (x + 20 * (k / 8) ** 1.5 * math.sin(turn + index + k / 2), 650 - tall * k / 8)
            for k in range(9)
        ]
        pen.line(stem, mix("#0b4a4a", "#2f8a63", index % 4 / 3), 7)
        for k in range(2, 9, 2):
            x0, y0 = stem[k]
            side = 13 if k % 4 else -13
            pen.area(
                smooth([(x0, y0 + 9), (x0 + side, y0 - 3), (x0, y0 - 2)], closed=True),
                "#3c9c6c",
            )


def under_water(seconds: float) -> Frame:
    """Below the surface: rays, bubbles, weeds and a shoal."""
    deep = gradient((0, "#9fe3e4"), (0.08, "#4fb6c8"), (0.45, "#14688f"), (1, "#062743"))
    # the light stands still: what changes everywhere needs most of the bytes
    deep = layer(deep, lambda p: _rays(p, 0.8), 7)
    rng = np.random.default_rng(3)
    bubbles = rng.uniform(0, 1, (26, 4))
    fish = rng.uniform(0, 1, (9, 3))

    def draw(t: float) -> Picture:
        turn = TAU * t / seconds
        picture = deep.copy()
        pen = Pen(picture)
        for a, b, c in fish:
            x = ((a + t / seconds) % 1) * 460 - 50
            y = 220 + 190 * b + 9 * math.sin(2 * turn + 9 * c)
            size = 12 + 12 * c
            wag = 3.5 * math.sin(12 * turn + 20 * a)
            tint = mix("#0d3c5c", "#a5dcd8", c)
            pen.disc((x, y), size, size * 0.38, tint)
            pen.area(
                [(x - size * 0.8, y), (x - size * 1.6, y - 5 + wag), (x - size * 1.6, y + 5 + wag)],
                tint,
            )
            pen.disc((x + size * 0.6, y - 1), 1.1, 1.1, "#e9fbff")
        for a, b, c, d in bubbles:
            rise = (b + (1 + round(2 * c)) * t / seconds) % 1
            x = 30 + 300 * a + 9 * math.sin(2 * turn + 9 * d)
            y, size = 650 - 690 * rise, 2 + 6.5 * d * (0.5 + rise)
            pen.disc((x, y), size, size, "#d6fbff", 0.2)
            pen.ring((x, y), size, size, "#eaffff", 1, 0.75)
            pen.disc((x - size * 0.35, y - size * 0.35), size * 0.25, size * 0.25, "#ffffff", 0.9)
        _weeds(pen, turn)
        return finish(picture)

    return draw


_FLOWERS = (
    (38, 452, 27, "#e8486b"), (112, 408, 33, "#f6a13c"), (186, 462, 29, "#b25bd1"),
    (258, 398, 34, "#ef5f8f"), (330, 446, 28, "#f4c531"), (74, 540, 30, "#f4f1ff"),
    (152, 556, 34, "#ef6a4c"), (236, 540, 31, "#7d6ef0"), (308, 560, 33, "#f58fb4"),
)  # fmt: skip


def _flower(pen: Pen, at: Point, size: float, colour: str, spin: float) -> None:
    for petal in range(8):
        angle = spin + petal * TAU / 8
        x, y = at[0] + size * 0.62 * math.cos(angle), at[1] + size * 0.62 * math.sin(angle)
        shade = mix(colour, "#ffffff", 0.16 if petal % 2 else 0.0)
        pen.disc((x, y), size * 0.42, size * 0.42, shade)
    pen.disc(at, size * 0.4, size * 0.4, "#6b3f1d")
    pen.disc((at[0] - 1, at[1] - 1), size * 0.28, size * 0.28, "#f2b93b")


def _butterfly(pen: Pen, at: Point, beat: float, colour: str) -> None:
    x, y = at
    for side in (-1, 1):
        wide = side * (5 + 15 * beat)
        upper = smooth([(x, y), (x + wide, y - 17), (x + wide * 1.15, y - 4)], closed=True)
        lower = smooth([(x, y), (x + wide * 0.9, y + 3), (x + wide * 0.6, y + 14)], closed=True)
        pen.area(upper, colour)
        pen.area(lower, mix(colour, "#ffffff", 0.35))
    pen.line([(x, y - 8), (x, y + 9)], "#3a2a24", 2.6)


def garden(seconds: float) -> Frame:
    """Flowers in the wind, a hedge, a butterfly."""
    sky = gradient((0, "#8fd0f5"), (0.4, "#dff3e6"), (0.55, "#a9d486"), (1, "#3f7f3a"))
    sky = glow(sky, (300, 60), 210, "#fffbe0", 0.9)

    def hedge(pen: Pen) -> None:
        for index in range(34):
            x, y = index * 11.3, 318 + 16 * math.sin(index * 1.9)
            pen.disc((x, y), 27, 30, mix("#4d8f4f", "#7cb765", abs(math.sin(index * 3.3))))
        pen.slab(-10, 330, 380, 40, "#5c9d55")

    def cloud(pen: Pen) -> None:
        for x, y, r in ((70, 96, 30), (104, 84, 38), (144, 96, 28), (104, 106, 36)):
            pen.disc((x, y), r * 1.3, r * 0.72, "#ffffff", 0.9)

    still = layer(layer(sky, hedge, 1.2), cloud, 5)

    def draw(t: float) -> Picture:
        turn = TAU * t / seconds
        picture = still.copy()
        pen = Pen(picture)
        for index, (x, y, size, colour) in enumerate(_FLOWERS):
            sway = 9 * math.sin(turn + x / 60) + 3 * math.sin(2 * turn + index)
            root = (x - 6 * math.sin(index), 668.0)
            stem = smooth([root, (x, (y + 660) / 2), (x + sway, y)])
            pen.line(stem, "#2f6b33", 4.5)
            mid = stem[len(stem) // 2]
            side = 24 if index % 2 else -24
            leaf = [(mid[0], mid[1] + 18), (mid[0] + side, mid[1] - 4), (mid[0], mid[1] + 2)]
            pen.area(smooth(leaf, closed=True), "#4a8f3f")
            _flower(pen, (x + sway, y), size, colour, 0.25 * math.sin(turn + index))
        for index in range(26):
            x = index * 14.6 + 4 * math.sin(turn + index)
            pen.area(
                [
                    (x - 5, 645),
                    (x + 6 * math.sin(turn + index / 2), 588 - 14 * math.sin(index * 5)),
                    (x + 5, 645),
                ],
                "#2e6a30",
            )
        x = 180 + 120 * math.cos(turn)
        y = 250 + 52 * math.sin(2 * turn)
        _butterfly(pen, (x, y), 0.35 + 0.65 * abs(math.sin(9 * turn)), "#f47a2a")
        _butterfly(pen, (360 - x * 0.8, y * 0.6 + 130), abs(math.sin(8 * turn + 1)), "#5f7fe8")
        return finish(picture)

    return draw
