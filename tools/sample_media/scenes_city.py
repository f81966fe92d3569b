"""Lisbon: tram 28 in the morning, and tiles."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from sample_media.canvas import (
    SCALE,
    WIDTH,
    Pen,
    Picture,
    Point,
    ease,
    finish,
    glow,
    gradient,
    halo,
    mix,
    smooth,
)
from sample_media.scenes_outside import TAU, Frame

_WALLS = ("#f3c9a0", "#f2a7a0", "#f7e1a8", "#a9cfd8", "#e9b3c4", "#cfe0bd")
_STREET = 498
# Four points a frame: what moves by even numbers, colours too, needs hardly any bytes.
_ROUND = 576


def _house(pen: Pen, left: float, wide: float, top: float, number: int) -> None:
    wall = _WALLS[number % len(_WALLS)]
    pen.slab(left, top, wide, _STREET - top, wall)
    pen.slab(left + wide - 7, top, 7, _STREET - top, "#5a3a4a", alpha=0.16)
    pen.area(
        [
            (left - 5, top),
            (left + 12, top - 26),
            (left + wide - 12, top - 26),
            (left + wide + 5, top),
        ],
        "#c8664a",
    )
    pen.slab(left - 4, top - 3, wide + 8, 6, "#fbf3e4")
    floors = int((_STREET - 82 - top) // 74)
    for floor in range(floors):
        y = top + 22 + 74 * floor
        for x in (left + wide * 0.17, left + wide * 0.58):
            pen.slab(x - 3, y - 3, wide * 0.25 + 6, 50, "#fdf7ea", r=3)
            pen.slab(x, y, wide * 0.25, 44, "#547a93")
            pen.area(
                [(x, y + 26), (x + wide * 0.25, y + 6), (x + wide * 0.25, y), (x, y)],
                "#ffd9a6",
                0.7,
            )
            pen.line([(x + wide * 0.125, y), (x + wide * 0.125, y + 44)], "#fdf7ea", 2)
            if (floor + number) % 2 == 0:
                pen.slab(x - 6, y + 40, wide * 0.25 + 12, 9, "#3d4a4f", r=2)
                for pot in range(3):
                    pen.disc(
                        (x + 3 + pot * wide * 0.1, y + 38),
                        5,
                        5,
                        ("#d8455c", "#4f8f4b", "#f0a83a")[pot],
                    )
    pen.slab(left + wide * 0.36, _STREET - 76, wide * 0.28, 76, mix(wall, "#43261f", 0.62), r=4)
    pen.disc((left + wide * 0.59, _STREET - 36), 2, 2, "#f6d27a")


def _row() -> Picture:
    """Return a row of houses as a strip that repeats after ``_ROUND`` points."""
    strip = Image.new("RGBA", (_ROUND * SCALE, 640 * SCALE), (0, 0, 0, 0))
    pen = Pen(strip)
    tops, wides = (196, 150, 214, 168, 138), (118, 112, 122, 108, 116)
    left = 0.0
    for number, (top, wide) in enumerate(zip(tops, wides, strict=True)):
        _house(pen, left, wide, top, number)
        left += wide
    return strip


def _tram(pen: Pen, x: float, bounce: float, turn: float) -> None:
    y = 330 + bounce
    pen.line([(x + 150, y - 2), (x + 112, 205), (x + 96, 203)], "#2b2b2b", 3)
    pen.disc((x + 130, 535), 148, 9, "#20160f", 0.35)
    pen.slab(x - 2, y - 8, 264, 16, "#e9e2d0", r=8)
    pen.slab(x, y, 260, 178, "#f4bd2e", r=16)
    pen.slab(x, y + 88, 260, 10, "#fdf6e3")
    pen.slab(x, y + 98, 260, 80, "#eeb022", r=10)
    for window in range(5):
        left = x + 34 + window * 40
        pen.slab(left - 2, y + 16, 36, 68, "#7b4f1c", r=5)
        pen.slab(left, y + 18, 32, 64, "#8fc3d6", r=4)
        pen.area(
            [(left, y + 60), (left + 32, y + 26), (left + 32, y + 18), (left, y + 18)],
            "#fff3d6",
            0.6,
        )
        if window in (1, 2, 4):
            tint = ("#6b3f2b", "#2f4a5c", "#7d2f45")[window % 3]
            pen.disc((left + 16, y + 56), 8, 9, "#e8b890")
            pen.area(
                smooth(
                    [
                        (left + 3, y + 82),
                        (left + 8, y + 66),
                        (left + 24, y + 66),
                        (left + 29, y + 82),
                    ]
                ),
                tint,
            )
            pen.disc((left + 16, y + 50), 9, 6, tint)
    pen.slab(x + 5, y + 16, 20, 96, "#7b4f1c", r=4)
    pen.slab(x + 7, y + 18, 16, 62, "#a5d3e0", r=3)
    pen.slab(x + 236, y + 16, 20, 96, "#7b4f1c", r=4)
    pen.slab(x + 238, y + 18, 16, 62, "#a5d3e0", r=3)
    pen.slab(x + 104, y + 108, 52, 34, "#fdf6e3", r=6)
    _number(pen, x + 114, y + 114)
    pen.slab(x + 14, y + 170, 232, 20, "#3a3330", r=6)
    _wheels(pen, x, y, turn)
    pen.disc((x + 6, y + 130), 7, 7, "#fff7d0")


def _wheels(pen: Pen, x: float, y: float, turn: float) -> None:
    for hub in (x + 62, x + 198):
        pen.disc((hub, y + 190), 19, 19, "#2a2523")
        pen.disc((hub, y + 190), 12, 12, "#8b8078")
        for spoke in range(3):
            a = turn + spoke * TAU / 6
            pen.line(
                [
                    (hub - 12 * math.cos(a), y + 190 - 12 * math.sin(a)),
                    (hub + 12 * math.cos(a), y + 190 + 12 * math.sin(a)),
                ],
                "#3a3330",
                2,
            )


def _number(pen: Pen, x: float, y: float) -> None:
    two = [
        (x, y + 5),
        (x + 3, y),
        (x + 9, y),
        (x + 12, y + 5),
        (x + 10, y + 11),
        (x, y + 22),
        (x + 12, y + 22),
    ]
    pen.line(two, "#27221f", 3.6)
    for cy, r in ((y + 5.5, 5), (y + 16, 6)):
        pen.ring((x + 24, cy), r, r, "#27221f", 3.4)


def tram(seconds: float) -> Frame:
    """Tram 28 rolls along, houses pass behind it."""
    sky = gradient((0, "#88bfe6"), (0.32, "#ffe9c9"), (0.7, "#ffdcae"))
    sky = glow(sky, (60, 120), 210, "#fff7df", 0.9)
    strip = _row()
    road = gradient((0, "#9b8f88"), (1, "#6d625e"), size=(WIDTH, 160))

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = sky.copy()
        shift = round(share * _ROUND) * SCALE
        for left in (-shift, _ROUND * SCALE - shift):
            if left < WIDTH * SCALE:
                picture.paste(strip, (left, 0), strip)
        picture.paste(road, (0, _STREET * SCALE))
        pen = Pen(picture)
        pen.slab(0, _STREET - 4, WIDTH, 14, "#d9cdbf")
        for row in range(7):
            y = 520 + row * 19
            for column in range(13):
                x = (column * 32 + (16 if row % 2 else 0) - shift / SCALE) % 416 - 32
                pen.slab(x, y, 30, 16, "#b9aca2", r=5, alpha=0.16 + 0.05 * (row % 3))
        for y in (541, 585):
            pen.slab(0, y, WIDTH, 4, "#3b3431")
            pen.slab(0, y, WIDTH, 1.4, "#e6ddd2")
        for y in (196, 204):
            pen.line([(0, y), (WIDTH, y + 3)], "#32302e", 1.4, 0.8)
        jolt = 1 if math.sin(TAU * share * 6) > 0.8 else 0
        _tram(pen, 48, jolt, TAU * share * 9)
        for bird in range(3):
            x = (60 + bird * 46 + share * 360) % 420 - 30
            y = 66 + bird * 17 + 5 * math.sin(TAU * share * 2 + bird)
            flap = 6 * math.sin(TAU * share * 10 + bird)
            pen.line([(x - 9, y - flap), (x, y), (x + 9, y - flap)], "#4c4a58", 2)
        return finish(picture)

    return draw


_BLUES = ("#12356f", "#1f56a8", "#3f83cf", "#8fbce6")


def _petals(
    pen: Pen, at: Point, n: int, reach: float, wide: float, fill: str, turn: float = 0
) -> None:
    for index in range(n):
        a = turn + TAU * index / n
        tip = (at[0] + reach * math.cos(a), at[1] + reach * math.sin(a))
        mid = (at[0] + reach * 0.5 * math.cos(a), at[1] + reach * 0.5 * math.sin(a))
        side = (-wide * math.sin(a), wide * math.cos(a))
        pen.area(
            smooth(
                [
                    at,
                    (mid[0] + side[0], mid[1] + side[1]),
                    tip,
                    (mid[0] - side[0], mid[1] - side[1]),
                ],
                closed=True,
                steps=6,
            ),
            fill,
        )


def _tile(kind: int) -> Picture:
    """Return one tile of 90 points, without its joint."""
    tile = Image.new("RGB", (90 * SCALE, 90 * SCALE), "#f7f5ee")
    pen = Pen(tile)
    middle = (45.0, 45.0)
    corners = ((0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0))
    if kind == 0:
        for corner in corners:
            pen.disc(corner, 30, 30, _BLUES[2])
            pen.disc(corner, 23, 23, "#f7f5ee")
            pen.disc(corner, 15, 15, _BLUES[0])
        _petals(pen, middle, 8, 36, 8, _BLUES[1])
        pen.disc(middle, 9, 9, "#f2c84b")
    elif kind == 1:
        pen.area([(45, 2), (88, 45), (45, 88), (2, 45)], _BLUES[3])
        pen.area([(45, 12), (78, 45), (45, 78), (12, 45)], _BLUES[0])
        _petals(pen, middle, 4, 32, 10, "#f7f5ee", TAU / 8)
        _petals(pen, middle, 4, 24, 6, _BLUES[2])
        for corner in corners:
            pen.disc(corner, 16, 16, _BLUES[1])
    elif kind == 2:
        for corner in corners:
            _petals(pen, corner, 12, 40, 6, _BLUES[1], TAU / 24)
            pen.disc(corner, 12, 12, "#f2c84b")
        pen.ring(middle, 19, 19, _BLUES[0], 4)
        _petals(pen, middle, 6, 15, 4, _BLUES[2])
    else:
        for step in range(5):
            pen.ring(middle, 40 - 8 * step, 40 - 8 * step, _BLUES[step % 4], 4)
        for corner in corners:
            pen.area(
                [(corner[0] * 0.78 + 9.9, corner[1]), (corner[0], corner[1] * 0.78 + 9.9), corner],
                _BLUES[0],
            )
            pen.disc((corner[0] * 0.8 + 9, corner[1] * 0.8 + 9), 6, 6, _BLUES[1])
    pen.area([(0, 0), (90, 0), (0, 90)], "#ffffff", 0.1)
    return tile


def tiles(seconds: float) -> Frame:
    """A wall of blue tiles; one after another turns to show another pattern."""
    kinds = [_tile(kind) for kind in range(4)]
    side = 90 * SCALE
    warm = Image.new("RGB", (WIDTH * SCALE, 640 * SCALE), "#fff0cf")
    veil = Image.fromarray((halo((300, 40), 520) * 70).astype(np.uint8), "L")

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = Image.new("RGB", (WIDTH * SCALE, 640 * SCALE), "#c9c4b4")
        for row in range(8):
            for column in range(4):
                before = (row // 2 + column // 2) % 4
                after = (before + 1 + (row * 3 + column) % 3) % 4
                # every fourth tile turns, from the top to the bottom, and later back again
                late = 0.04 + 0.055 * row + (0 if (3 * row + 5 * column) % 4 == 0 else 2)
                turn = ease((share - late) / 0.07) - ease((share - late - 0.5) / 0.07)
                tile = kinds[after if turn > 0.5 else before]
                wide = max(2, round(side * abs(math.cos(math.pi * turn))) - 4)
                shown = tile.resize((wide, side - 4), Image.Resampling.BILINEAR)
                at = (column * side + (side - wide) // 2, row * side + 2)
                picture.paste(shown, at)
        return finish(Image.composite(warm, picture, veil))

    return draw
