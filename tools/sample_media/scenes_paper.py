"""On paper: one line that becomes a cat, and colours being tried."""

from __future__ import annotations

import math

import numpy as np

from sample_media.canvas import (
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
from sample_media.scenes_outside import TAU, Frame

# A sitting cat in one stroke: tail, back, ears, face, chest, paws, belly, curl.
_CAT: tuple[Point, ...] = (
    (322, 418), (334, 452), (322, 494), (286, 516), (254, 500), (250, 462), (256, 420), (250, 372),
    (228, 330), (206, 300), (198, 268), (202, 236), (206, 206), (210, 182), (196, 196), (180, 208),
    (156, 204), (136, 206), (120, 192), (106, 178), (106, 206), (104, 236), (100, 262), (106, 288),
    (122, 306), (140, 312), (134, 340), (126, 376), (124, 416), (126, 456), (122, 490), (106, 500),
    (100, 512), (122, 518), (146, 514), (150, 486), (150, 446), (156, 420), (162, 446), (164, 488),
    (162, 514), (184, 520), (206, 514), (200, 496), (214, 462), (240, 442), (250, 470), (236, 506),
    (214, 522), (262, 526),
)  # fmt: skip


def _paper(top: str, bottom: str) -> Picture:
    sheet = gradient((0, top), (1, bottom))
    pen = Pen(sheet)
    for a, b, c in np.random.default_rng(2).uniform(0, 1, (260, 3)):
        x, y = 360 * a, 640 * b
        pen.line([(x, y), (x + 6 * c, y + 3 * (c - 0.5))], "#b59f7c", 1, 0.16)
    return glow(sheet, (90, 80), 420, "#ffffff", 0.35)


def _pencil(pen: Pen, at: Point, lean: float) -> None:
    def placed(points: list[Point]) -> list[Point]:
        return [(x + at[0], y + at[1]) for x, y in turned(points, lean, (0, 0))]

    pen.area(placed([(0, 0), (-8, -24), (8, -24)]), "#f0cfa0")
    pen.area(placed([(0, 0), (-2.6, -8), (2.6, -8)]), "#2b2b33")
    pen.area(placed([(-8, -24), (8, -24), (8, -230), (-8, -230)]), "#2f7f86")
    pen.area(placed([(-3, -24), (3, -24), (3, -230), (-3, -230)]), "#4fa3a8")
    pen.area(placed([(-8, -230), (8, -230), (8, -246), (-8, -246)]), "#d8d8dc")
    pen.area(placed([(-8, -246), (8, -246), (7, -266), (-7, -266)]), "#ef8f8f")


def cat(seconds: float) -> Frame:
    """A pencil draws a cat without being lifted; then the whiskers, a nose, two eyes."""
    sheet = _paper("#fdf6e6", "#f1e3c6")
    path = smooth(_CAT, steps=12)
    marks: tuple[tuple[Point, ...], ...] = (
        ((146, 268), (152, 274), (158, 268)), ((152, 274), (152, 282), (143, 287)),
        ((152, 282), (161, 287)), ((132, 276), (92, 268)), ((132, 282), (92, 288)),
        ((172, 276), (212, 266)), ((172, 282), (212, 288)),
    )  # fmt: skip

    def blush(pen: Pen, share: float) -> None:
        pen.disc((188, 392), 92 * share, 150 * share, "#f2b57c", 0.5)
        pen.disc((152, 252), 66 * share, 60 * share, "#f2b57c", 0.45)
        pen.disc((180, 530), 150 * share, 14 * share, "#b59f7c", 0.5)

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = layer(sheet.copy(), lambda p: blush(p, ease((share - 0.66) / 0.2)), 22)
        pen = Pen(picture)
        drawn = ease(share / 0.62)
        upto = max(2, round(len(path) * drawn))
        pen.line(path[:upto], "#2b2b33", 4.2)
        tip = path[upto - 1]
        after = (share - 0.64) / 0.14
        for index, mark in enumerate(marks):
            if after > index / len(marks):
                pen.line(smooth(mark, steps=6), "#2b2b33", 3)
                tip = mark[-1]
        if after > 1:
            wink = abs(math.sin(TAU * (share - 0.78) * 2.4)) < 0.22 and share > 0.86
            for x in (134, 170):
                pen.disc((x, 250), 5.4, 1.4 if wink else 6.6, "#2b2b33")
                if not wink:
                    pen.disc((x + 1.6, 247.6), 1.8, 2, "#ffffff")
        away = ease((share - 0.8) / 0.14)
        at = (tip[0] + 170 * away, tip[1] + 230 * away)
        picture = layer(
            picture,
            lambda p: p.area(
                [(at[0] + 4, at[1] + 3), (at[0] + 170, at[1] - 150), (at[0] + 190, at[1] - 136)],
                "#6b5a3e",
                0.3,
            ),
            5,
        )
        _pencil(Pen(picture), at, 0.72)
        return finish(picture)

    return draw


_PAINTS = ("#e4572e", "#f2b134", "#3a9d8f", "#2f6db5", "#7c4fa3", "#d65f8a", "#6f9a3e", "#2e3f57")


def swatches(seconds: float) -> Frame:
    """Eight colours bloom on wet paper, one after another."""
    sheet = _paper("#fbfaf5", "#ece7db")
    for corner in ((16, 20), (300, 20), (16, 590), (300, 590)):
        Pen(sheet).slab(*corner, 46, 22, "#d9c48f", r=2, alpha=0.75)
    edges = np.random.default_rng(21).uniform(0.78, 1.12, (8, 14))

    def draw(t: float) -> Picture:
        share = t / seconds
        picture = sheet.copy()
        for index, paint in enumerate(_PAINTS):
            grown = ease((share - index * 0.095) / 0.3)
            if grown <= 0:
                continue
            at = (104 + 152 * (index % 2), 118 + 134 * (index // 2))
            blob = smooth(
                [
                    (at[0] + 64 * grown * r * math.cos(a), at[1] + 54 * grown * r * math.sin(a))
                    for a, r in zip(
                        np.linspace(0, TAU, 14, endpoint=False), edges[index], strict=True
                    )
                ],
                closed=True,
                steps=6,
            )
            inner = [(at[0] + (x - at[0]) * 0.86, at[1] + (y - at[1]) * 0.86) for x, y in blob]

            def wet(
                pen: Pen, blob: list[Point] = blob, inner: list[Point] = inner, paint: str = paint
            ) -> None:
                pen.area(blob, paint, 0.78)
                pen.area(inner, mix(paint, "#ffffff", 0.22), 0.8)

            picture = layer(picture, wet, 1.6)
            pen = Pen(picture)
            pen.disc(
                (at[0] - 18 * grown, at[1] - 16 * grown), 9 * grown, 5 * grown, "#ffffff", 0.35
            )
            for dot in range(3):
                away = 72 + 12 * dot
                turn = index * 1.9 + dot * 2.3
                spot = (at[0] + away * math.cos(turn), at[1] + away * 0.8 * math.sin(turn))
                pen.disc(spot, 2.6 * grown, 2.6 * grown, paint, 0.7)
        turn = min(share / 0.76, 1.0) * 7.99
        x, y = 104 + 152 * (int(turn) % 2), 118 + 134 * (int(turn) // 2)
        lift = 90 * ease((share - 0.8) / 0.15) + 12 * abs(math.sin(math.pi * turn))
        _brush(Pen(picture), (x + lift, y + lift * 0.4), _PAINTS[int(turn)])
        return finish(picture)

    return draw


def _brush(pen: Pen, at: Point, paint: str) -> None:
    def placed(points: list[Point]) -> list[Point]:
        return [(x + at[0], y + at[1]) for x, y in turned(points, 0.8, (0, 0))]

    pen.area(
        placed(smooth([(0, 4), (-9, -22), (-7, -44), (7, -44), (9, -22)], closed=True)), "#5a4632"
    )
    pen.area(placed(smooth([(0, 4), (-7, -14), (7, -14)], closed=True)), paint)
    pen.area(placed([(-8, -42), (8, -42), (7, -82), (-7, -82)]), "#c9ced4")
    pen.area(placed([(-7, -82), (7, -82), (3, -300), (-3, -300)]), "#8c3b2a")
