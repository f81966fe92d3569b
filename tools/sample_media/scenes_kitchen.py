"""Focaccia under wet hands, and the loaf that did not rise."""

from __future__ import annotations

import math

import numpy as np

from sample_media.canvas import (
    HEIGHT,
    WIDTH,
    Pen,
    Picture,
    Point,
    ease,
    finish,
    glow,
    gradient,
    layer,
    mix,
    smooth,
)
from sample_media.scenes_outside import TAU, Frame


def boards(top: str, bottom: str, dark: str, *, across: int = 5) -> Picture:
    """Return a table of planks that run downwards, with their grain."""
    table = gradient((0, top), (1, bottom))
    pen = Pen(table)
    wide = WIDTH / across
    for index in range(across):
        left = index * wide
        pen.slab(left, 0, wide, HEIGHT, dark, alpha=0.06 * (index * 7 % 4))
        for grain in range(7):
            x = left + wide * (grain + 0.6) / 7.4
            bow = [(x + 3.2 * math.sin(y / (60 + 9 * grain) + index), y) for y in range(0, 660, 20)]
            pen.line(bow, dark, 1, 0.16)
        pen.line([(left, 0), (left, HEIGHT)], dark, 1.6, 0.6)
    return table


_PITS = [
    (96 + 56 * column + (14 if row % 2 else -8) + 7 * math.sin(3 * row + column), 168 + 58 * row)
    for row in range(6)
    for column in range(4)
]


def _dough(pen: Pen, swell: float) -> None:
    rim = [
        (
            180 + (132 + swell) * _square(a, 5) * math.cos(a),
            314 + (198 + swell) * _square(a, 5) * math.sin(a),
        )
        for a in np.linspace(0, TAU, 120, endpoint=False)
    ]
    pen.area(rim, "#c9995c")
    pen.area([(180 + (x - 180) * 0.975, 311 + (y - 314) * 0.975) for x, y in rim], "#efd3a0")
    pen.area([(178 + (x - 180) * 0.9, 304 + (y - 314) * 0.9) for x, y in rim], "#f6e2b8", 0.75)


def _pit(pen: Pen, at: Point, depth: float) -> None:
    x, y = at
    r = 15 * depth
    pen.disc((x, y), r + 3, r + 2, "#fff1cd", 0.7)
    pen.disc((x, y), r, r * 0.92, "#cf9f58", 0.95)
    pen.disc((x, y + 1.5), r * 0.84, r * 0.74, "#d9a53a", 0.95)
    pen.disc((x - r * 0.25, y + r * 0.2), r * 0.5, r * 0.36, "#f0c75e", 0.9)
    pen.disc((x - r * 0.34, y - r * 0.2), r * 0.2, r * 0.13, "#fff6d6", 0.95)


def focaccia(seconds: float) -> Frame:
    """Fingertips press pits into the dough, oil gathers in them, rosemary falls."""
    table = boards("#8a5a37", "#6d4227", "#3b2113")
    table = layer(table, lambda p: p.slab(26, 104, 318, 446, "#1c0f08", r=40, alpha=0.6), 12)
    pen = Pen(table)
    pen.slab(28, 96, 304, 436, "#2d3136", r=38)
    pen.slab(33, 100, 294, 428, "#454b52", r=34)
    pen.slab(40, 108, 280, 412, "#33383e", r=30)
    order = sorted(range(len(_PITS)), key=lambda i: (i * 7) % len(_PITS))
    needles = np.random.default_rng(11).uniform(0, 1, (34, 4))

    def draw(t: float) -> Picture:
        picture = table.copy()
        pen = Pen(picture)
        _dough(pen, 2.4 * math.sin(TAU * t / seconds))
        for bubble in range(9):
            x, y = 84 + (bubble * 89) % 200, 150 + (bubble * 131) % 330
            size = 7 + 3 * math.sin(TAU * t / seconds + bubble)
            pen.disc((x, y), size, size * 0.9, "#fbeccb")
            pen.disc((x - 2, y - 2), size * 0.4, size * 0.3, "#fffaf0", 0.9)
        for place, index in enumerate(order):
            since = t - 0.25 - place * 0.15
            if since > 0:
                _pit(pen, _PITS[index], 0.35 + 0.65 * ease(since / 0.4))
        for index, (a, b, c, d) in enumerate(needles):
            since = t - seconds * 0.55 - 0.05 * index
            if since < 0:
                continue
            fall = 1 - ease(since / 0.35)
            x, y, turn = 70 + 220 * a, 140 + 340 * b - 90 * fall, TAU * c + 3 * fall
            dx, dy = 8 * math.cos(turn), 8 * math.sin(turn)
            pen.line([(x - dx, y - dy), (x + dx, y + dy)], mix("#33592b", "#6f9a4d", d), 2.6)
        return finish(glow(picture, (70, 90), 330, "#fff2d8", 0.22))

    return draw


def _square(angle: float, power: float) -> float:
    """Return how far a rounded square reaches in a direction."""
    round_part = abs(math.cos(angle)) ** power + abs(math.sin(angle)) ** power
    return float(round_part ** (-1 / power))


def _loaf_shape(rise: float) -> list[Point]:
    top = 446 - 118 * rise
    dip = 26 * (1 - rise)
    return smooth(
        [
            (88, 470), (82, 448), (104, 446 - 80 * rise), (146, top - 2), (180, top + dip),
            (216, top - 1), (256, 446 - 78 * rise), (278, 448), (272, 470), (180, 474),
        ],
        closed=True,
    )  # fmt: skip


def _oven() -> Picture:
    front = gradient((0, "#4a4f57"), (0.5, "#34383f"), (1, "#22252a"))
    pen = Pen(front)
    pen.slab(18, 30, 324, 70, "#2a2d33", r=14)
    for index in range(4):
        at = (66 + 76 * index, 65)
        pen.disc(at, 20, 20, "#17191d")
        pen.disc(at, 15, 15, "#5d636c")
        pen.line(
            [at, (at[0] + 12 * math.sin(index * 1.7), at[1] - 12 * math.cos(index * 1.7))],
            "#f2f2f2",
            2.4,
        )
    pen.slab(40, 120, 280, 14, "#c9ced6", r=7)
    pen.slab(40, 120, 280, 6, "#f5f7fa", r=3)
    pen.slab(20, 152, 320, 430, "#1a1c20", r=22)
    return front


def _rise(share: float) -> float:
    """Return how high the loaf stands, from 0 to 1, at a share of the clip."""
    if share < 0.58:
        return 0.28 + 0.62 * ease(share / 0.5)
    return 0.9 - 0.72 * ease((share - 0.58) / 0.26)


def loaf(seconds: float) -> Frame:
    """In the oven: the loaf grows with hope, then sinks."""
    front = _oven()

    def draw(t: float) -> Picture:
        share = t / seconds
        rise = _rise(share)
        picture = front.copy()
        pen = Pen(picture)
        heat = 0.5 + 0.5 * math.sin(TAU * share * 2)
        pen.slab(36, 170, 288, 394, mix("#5a2209", "#6d2a0b", heat), r=14)
        picture = glow(picture, (180, 200), 230, "#ff9a3c", 0.55 + 0.12 * heat)
        pen = Pen(picture)
        for y in (480, 486):
            pen.line([(40, y), (320, y)], "#1d0d06", 2.4)
        for x in range(52, 320, 22):
            pen.line([(x, 480), (x + (x - 180) * 0.08, 520)], "#1d0d06", 2)
        pen.slab(72, 466, 216, 14, "#20140d", r=6)
        body = _loaf_shape(rise)
        pen.area(body, mix("#b5672a", "#8d4a1d", share))
        lit = [(180 + (x - 180) * 0.9, 470 + (y - 470) * 0.9) for x, y in body]
        pen.area(lit, mix("#d99148", "#b06a31", share))
        pen.area(
            [(180 + (x - 180) * 0.62, 452 + (y - 470) * 0.74) for x, y in body], "#eab573", 0.55
        )
        for cut in (-44, 0, 44):
            y = 452 - 92 * rise + (22 * (1 - rise) if cut == 0 else 0)
            pen.line(
                smooth([(180 + cut - 14, y + 12), (180 + cut, y + 3), (180 + cut + 14, y - 8)]),
                "#fbe3b7",
                4,
            )
        for bar in range(2):
            pen.line([(60 + 200 * bar, 176), (36 + 200 * bar, 330)], "#ffffff", 9, 0.09)
        for wisp in range(5):
            x = 108 + 36 * wisp
            age = (share * 2 + wisp * 0.23) % 1
            rising = [
                (
                    x + 7 * math.sin(k / 2 + TAU * share * 2 + wisp),
                    440 - 118 * rise - 70 * age - 8 * k,
                )
                for k in range(7)
            ]
            pen.line(rising, "#ffe9cf", 3, 0.28 * math.sin(math.pi * age))
        return finish(picture)

    return draw
