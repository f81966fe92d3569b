"""In the workshop: the saw and the bench, the chisel, and the strings of a guitar."""

from __future__ import annotations

import math

import numpy as np

from sample_media.canvas import (
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
    turned,
)
from sample_media.scenes_kitchen import boards
from sample_media.scenes_outside import TAU, Frame


def _plank(pen: Pen, x: float, y: float, w: float, h: float, tone: str) -> None:
    pen.slab(x, y, w, h, tone, r=3)
    pen.slab(x, y, w, 4, mix(tone, "#ffffff", 0.35), r=2)
    pen.slab(x, y + h - 5, w, 5, mix(tone, "#3b2413", 0.4), r=2)
    for grain in range(3):
        level = y + h * (grain + 1.2) / 4.4
        wave = [
            (x + 4 + k * (w - 8) / 14, level + 2 * math.sin(k * 0.9 + grain * 2)) for k in range(15)
        ]
        pen.line(wave, "#7d532d", 1, 0.4)


def _workshop() -> Picture:
    wall = gradient((0, "#31424d"), (0.6, "#4f6570"), (0.72, "#5f7079"), (1, "#2a3238"))
    wall = glow(wall, (70, 70), 300, "#ffe7b8", 0.55)
    pen = Pen(wall)
    for x in (196, 250, 304):  # tools that hang on the wall
        pen.disc((x, 70), 4, 4, "#20292f")
    pen.slab(190, 74, 12, 92, "#b98048", r=5)
    pen.slab(178, 156, 36, 26, "#8c9aa3", r=4)
    pen.area([(244, 74), (256, 74), (256, 120), (262, 190), (238, 190), (244, 120)], "#c9d3d8")
    pen.slab(242, 74, 16, 48, "#a5502f", r=6)
    pen.line([(304, 74), (304, 150)], "#c9d3d8", 6)
    pen.line([(284, 150), (324, 150)], "#c9d3d8", 8)
    # the bench of the caption, half done, in the background
    for x in (22, 132):
        pen.slab(x, 262, 16, 92, "#8d6238", r=2)
    for row in range(3):
        _plank(pen, 10, 232 + row * 14, 152, 12, ("#c7935a", "#d1a068", "#bb864d")[row])
    pen.slab(0, 446, WIDTH, 200, "#6b4526")
    _plank(pen, -6, 438, 372, 42, "#a8743f")
    for x in (26, 292):
        _plank(pen, x, 478, 44, 170, "#8a5c31")
    return wall


_CUT = 168.0


def _blade(pen: Pen, push: float, depth: float) -> None:
    # teeth along the lower edge, handle to the right, all turned about the cut
    at = (_CUT, 404 + depth)
    steel = [(at[0] - 150, at[1] - 22), (at[0] + 118, at[1] - 66), (at[0] + 118, at[1])]
    teeth: list[Point] = []
    for k in range(38):
        x = at[0] + 118 - k * 7.05
        teeth += [(x, at[1]), (x - 3.5, at[1] + 5)]
    whole = [*steel, *teeth, (at[0] - 150, at[1])]
    lean = 0.3
    move = (push * math.cos(lean), push * math.sin(lean))

    def placed(points: list[Point]) -> list[Point]:
        return [(x + move[0], y + move[1]) for x, y in turned(points, -lean, at)]

    pen.area(placed(whole), "#c6d0d6")
    shine = [(at[0] - 140, at[1] - 19), (at[0] + 116, at[1] - 60), (at[0] + 116, at[1] - 46)]
    pen.area(placed(shine), "#eef4f7", 0.8)
    grip = [
        (at[0] + 108, at[1] - 76), (at[0] + 150, at[1] - 88), (at[0] + 186, at[1] - 66),
        (at[0] + 178, at[1] - 14), (at[0] + 138, at[1] + 10), (at[0] + 106, at[1] + 4),
    ]  # fmt: skip
    pen.area(placed(smooth(grip, closed=True)), "#a14f2b")
    hole = [
        (at[0] + 136, at[1] - 58), (at[0] + 160, at[1] - 58), (at[0] + 158, at[1] - 24),
        (at[0] + 136, at[1] - 16),
    ]  # fmt: skip
    pen.area(placed(smooth(hole, closed=True)), "#4d616c")
    for bolt in ((at[0] + 118, at[1] - 60), (at[0] + 120, at[1] - 14)):
        pen.disc(placed([bolt])[0], 3.4, 3.4, "#f0d58c")


def _dust(pen: Pen, dust: np.ndarray, share: float, push: float) -> None:
    for a, b, c, d in dust:
        age = (share * 7 + a) % 1
        if share > 0.9 and age < share - 0.6:
            continue
        x = _CUT + (b - 0.5) * 60 * age + 3 * push / 52
        y = 436 + 150 * age * age * (0.5 + c) - 14 * age
        pen.disc((x, y), 1.2 + 1.4 * d, 1.2 + d, mix("#e9c691", "#c79a5c", c), 1 - 0.5 * age)


def saw(seconds: float) -> Frame:
    """A hand saw goes back and forth; the cut deepens until the end drops."""
    still = _workshop()
    dust = np.random.default_rng(5).uniform(0, 1, (60, 4))

    def draw(t: float) -> Picture:
        share = t / seconds
        depth = 42 * min(1.0, share / 0.86)
        push = 52 * math.sin(TAU * share * 7)
        picture = still.copy()
        pen = Pen(picture)
        # the board that is cut: its free end drops at last
        drop = 60 * max(0.0, (share - 0.88) / 0.12) ** 2
        end = turned(
            [(_CUT + 2, 392), (372, 392), (372, 438), (_CUT + 2, 438)], drop / 180, (372, 438)
        )
        pen.area([(x, y + drop) for x, y in end], "#c99759")
        pen.area(
            [
                (x, y + drop)
                for x, y in (end[0], end[1], (end[1][0], end[1][1] + 5), (end[0][0], end[0][1] + 5))
            ],
            "#e3ba80",
        )
        if share < 0.9:
            _blade(pen, push, depth - 8)
        _plank(pen, -10, 392, _CUT + 10, 46, "#d3a264")
        pen.slab(_CUT - 1, 392, 3.4, depth + 4, "#4a2d16")
        pen.slab(52, 372, 30, 22, "#39434a", r=3)
        pen.slab(60, 340, 14, 108, "#4d5960", r=3)
        _dust(pen, dust, share, push)
        heap = 4 + 24 * share
        pen.area(
            smooth(
                [
                    (_CUT - 62, 640),
                    (_CUT - 20, 640 - heap),
                    (_CUT + 6, 638 - heap * 1.5),
                    (_CUT + 34, 640 - heap),
                    (_CUT + 70, 640),
                ]
            ),
            "#ddb67d",
        )
        return finish(picture)

    return draw


def _smear(pen: Pen, share: float) -> None:
    for k in range(22):
        y = 118 + 17 * k
        wide = 60 + 16 * math.sin(k * 1.9)
        x = 182 + 14 * math.sin(k * 1.3) + 4 * math.sin(TAU * share + k)
        pen.disc((x, y), wide, 11, "#4c595b", 0.13)


def _chisel(picture: Picture, y: float, gleam: float) -> Picture:
    x = 182.0
    shade = [(x - 40, y), (x + 48, y), (x + 60, y + 420), (x - 30, y + 420)]
    picture = layer(
        picture, lambda p: p.area([(a + 14, b + 8) for a, b in shade], "#101715", 0.55), 7
    )
    pen = Pen(picture)
    pen.area([(x - 42, y), (x + 42, y), (x + 36, y + 190), (x - 36, y + 190)], "#aebac0")
    pen.area([(x - 42, y), (x - 30, y), (x - 25, y + 190), (x - 36, y + 190)], "#8797a0")
    pen.area([(x + 6, y + 26), (x + 22, y + 26), (x + 18, y + 190), (x + 6, y + 190)], "#dfe7ea")
    pen.area([(x - 42, y), (x + 42, y), (x + 41, y + 26), (x - 41, y + 26)], "#dbe4e8")
    pen.line([(x - 42, y + 0.6), (x + 42, y + 0.6)], "#ffffff", 2.4)
    pen.area(
        [(x - 36, y + 190), (x + 36, y + 190), (x + 13, y + 228), (x - 13, y + 228)], "#97a5ad"
    )
    pen.slab(x - 17, y + 222, 34, 26, "#c8a24c", r=5)
    handle = [
        (x - 18, y + 246),
        (x - 27, y + 300),
        (x - 24, y + 390),
        (x + 24, y + 390),
        (x + 27, y + 300),
        (x + 18, y + 246),
    ]
    pen.area(smooth(handle, closed=True), "#9c5a2c")
    pen.area(
        smooth(
            [
                (x - 9, y + 262),
                (x - 16, y + 310),
                (x - 12, y + 380),
                (x - 4, y + 380),
                (x - 7, y + 310),
            ],
            closed=True,
        ),
        "#d08b4f",
        0.8,
    )
    return glow(
        picture, (x - 44 + 88 * gleam, y + 4), 40, "#ffffff", 0.9 * math.sin(math.pi * gleam)
    )


def chisel(seconds: float) -> Frame:
    """A chisel is drawn over a wet stone; the slurry follows, the edge gleams."""
    table = boards("#5a6a63", "#39463f", "#1c2420", across=4)
    table = layer(table, lambda p: p.slab(70, 70, 236, 530, "#0d1210", r=18, alpha=0.7), 12)
    pen = Pen(table)
    pen.slab(74, 62, 216, 520, "#7c8a8c", r=14)
    pen.slab(80, 68, 204, 508, "#a4b3b3", r=10)
    pen.slab(80, 322, 204, 254, "#8b9c9d", r=10)
    drops = np.random.default_rng(9).uniform(0, 1, (46, 3))
    for a, b, c in drops:
        x, y, r = 88 + 188 * a, 76 + 490 * b, 1.5 + 4 * c
        pen.disc((x, y + 1), r, r * 0.8, "#6d7f80")
        pen.disc((x, y), r, r * 0.8, "#c7d6d6")
        pen.disc((x - r * 0.3, y - r * 0.3), r * 0.3, r * 0.25, "#ffffff")

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = table.copy()
        _smear(Pen(picture), share)
        stroke = 0.5 - 0.5 * math.cos(TAU * share * 5)
        y = 104 + 176 * stroke
        pen = Pen(picture)
        for k in range(7):
            pen.disc(
                (182 + 9 * math.sin(k * 2.4), y - 8 - 13 * k * (1 - stroke)),
                44 - 4 * k,
                5,
                "#3f4b4d",
                0.16,
            )
        return finish(_chisel(picture, y, (share * 3) % 1))

    return draw


# Three chords, each plucked once: when in the clip (share), how far each of six strings swings.
CHORDS = (0.02, 0.35, 0.68)
_TENSIONS = (5.2, 4.4, 3.7, 3.1, 2.5, 2.0)


def _guitar_body() -> Picture:
    wood = gradient((0, "#e0a050"), (0.5, "#c67c33"), (1, "#9c5420"))
    pen = Pen(wood)
    for k in range(70):
        x = k * 5.3
        grain = [(x + 2 * math.sin(y / 90 + k), y) for y in range(-10, 660, 30)]
        pen.line(grain, "#7c3f14", 1, 0.1 + 0.08 * (k % 3))
    wood = glow(wood, (80, 120), 330, "#ffe3ae", 0.5)
    pen = Pen(wood)
    for radius, tone, wide in (
        (138, "#3c1c0a", 3),
        (132, "#f3dfb4", 5),
        (126, "#7b2d12", 5),
        (119, "#f3dfb4", 3),
    ):
        pen.ring((180, 330), radius, radius, tone, wide)
    for k in range(48):
        a = TAU * k / 48
        pen.disc((180 + 126 * math.cos(a), 330 + 126 * math.sin(a)), 3, 3, "#f3dfb4")
    pen.disc((180, 330), 114, 114, "#1d0e06")
    wood = glow(wood, (180, 372), 112, "#4a2611", 0.8)
    pen = Pen(wood)
    pen.slab(66, -10, 228, 146, "#3b2013", r=6)
    for y in (24, 92):
        pen.slab(66, y, 228, 6, "#d9d2c0", r=2)
        pen.slab(66, y + 5, 228, 2, "#20110a")
    pen.disc((180, 60), 8, 8, "#f3ecd9")
    pen.slab(58, 560, 244, 40, "#2f170b", r=10)
    pen.slab(70, 566, 220, 7, "#f4ecd8", r=3)
    return wood


def _strings(picture: Picture, share: float) -> Picture:
    pen = Pen(picture)
    for index, tension in enumerate(_TENSIONS):
        x = 88 + index * 36.8
        began = [c for c in CHORDS if share >= c + index * 0.008]
        since = share - began[-1] - index * 0.008 if began else 1.0
        swing = (8.5 - index * 0.6) * math.exp(-since * 9)
        colour = mix("#d8a860", "#f4f4f0", index / 5)
        wide = 4.2 - index * 0.5
        for ghost in range(5):
            off = swing * math.cos(math.pi * ghost / 4)
            live = swing * math.sin(TAU * share * 37 + index)
            away = off if ghost < 4 else live
            if ghost < 4 and swing < 0.7:
                continue
            bow = [(x + away * math.sin(math.pi * k / 18), -8 + k * 32.2) for k in range(19)]
            pen.line(bow, colour, wide if ghost == 4 else 1.4, 1.0 if ghost == 4 else 0.32)
        pen.line([(x + wide * 0.7, 136), (x + wide * 0.7, 560)], "#20110a", 1, 0.25)
        pen.disc((x, 584), 6, 6, mix("#f4ecd8", "#c9b98f", tension / 6))
        pen.disc((x, 584), 2.4, 2.4, "#2f170b")
    return picture


def guitar(seconds: float) -> Frame:
    """Six strings over the sound hole ring after each chord."""
    wood = _guitar_body()

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = wood.copy()
        last = max([c for c in CHORDS if share >= c], default=0.0)
        since = share - last
        if since < 0.11:  # the plectrum sweeps over the strings
            x = 66 + 240 * ease(since / 0.11)
            picture = _strings(picture, share)
            pick = smooth([(x - 20, 388), (x + 20, 388), (x, 438)], closed=True)
            picture = layer(
                picture, lambda p: p.area([(a + 6, b + 7) for a, b in pick], "#1d0e06", 0.5), 3
            )
            pen = Pen(picture)
            pen.area(pick, "#d9304f")
            pen.disc((x, 402), 9, 6, "#f2788d", 0.7)
        else:
            picture = _strings(picture, share)
        return finish(picture)

    return draw
