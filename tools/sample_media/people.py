"""Eight drawn faces, one for each sample person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from sample_media.canvas import Pen, Picture, Point, gradient, layer, mix, smooth

SIZE = 256
_MIDDLE = 128.0


@dataclass(frozen=True)
class Person:
    """How somebody looks; ``hair`` draws behind and before the face."""

    back: tuple[str, str]
    skin: str
    tint: str
    cloth: str
    behind: Callable[[Pen, str], None]
    before: Callable[[Pen, str], None]
    worn: Callable[[Pen], None]


def portrait(person: Person) -> Picture:
    """Return a face, 256 points square."""
    picture = gradient((0, person.back[0]), (1, person.back[1]), size=(SIZE, SIZE))
    picture = layer(picture, lambda p: p.disc((88, 70), 96, 80, "#ffffff", 0.35), 34)
    pen = Pen(picture)
    person.behind(pen, person.tint)
    dark = mix(person.skin, "#5a2b1e", 0.28)
    pen.slab(107, 158, 42, 56, dark, r=16)
    chest = [(28, 268), (40, 222), (84, 198), (128, 206), (172, 198), (216, 222), (228, 268)]
    pen.area(smooth(chest), person.cloth)
    pen.area(smooth([(100, 200), (128, 226), (156, 200), (128, 208)], closed=True), dark)
    for side in (-1, 1):
        pen.disc((_MIDDLE + side * 53, 124), 10, 14, dark)
    pen.area(smooth(_face(), closed=True), person.skin)
    for side in (-1, 1):
        x = _MIDDLE + side * 22
        pen.disc((x, 122), 5, 6.4, "#2b2024")
        pen.disc((x + 1.6, 119.6), 1.7, 1.9, "#ffffff")
        brow = [(x - 11, 106), (x, 102), (x + 11, 105 + side * 0.5)]
        pen.line(smooth(brow, steps=6), mix(person.tint, "#2b2024", 0.35), 3.4)
        pen.disc((_MIDDLE + side * 33, 143), 11, 7, "#e8604c", 0.2)
    pen.line(
        smooth([(127, 126), (123, 140), (130, 143)], steps=6), mix(person.skin, "#5a2b1e", 0.4), 2.6
    )
    pen.area(smooth([(110, 154), (128, 158), (146, 154), (128, 169)], closed=True), "#8e3038")
    pen.line(smooth([(111, 155), (128, 159), (145, 155)], steps=6), "#ffffff", 3)
    person.before(pen, person.tint)
    person.worn(pen)
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def _face() -> list[Point]:
    return [
        (128, 64),
        (164, 76),
        (180, 112),
        (174, 148),
        (150, 178),
        (128, 186),
        (106, 178),
        (82, 148),
        (76, 112),
        (92, 76),
    ]


def _nothing(pen: Pen, tint: str = "") -> None:
    """Draw nothing."""


def _long(pen: Pen, tint: str) -> None:
    pen.area(
        smooth(
            [
                (128, 40),
                (186, 62),
                (202, 130),
                (206, 214),
                (170, 236),
                (128, 226),
                (86, 236),
                (50, 214),
                (54, 130),
                (70, 62),
            ],
            closed=True,
        ),
        tint,
    )


def _fringe(pen: Pen, tint: str) -> None:
    pen.area(
        smooth(
            [(74, 112), (78, 66), (128, 42), (178, 66), (182, 112), (164, 88), (128, 92), (96, 84)],
            closed=True,
        ),
        tint,
    )


def _side(pen: Pen, tint: str) -> None:
    pen.area(
        smooth(
            [
                (72, 122),
                (74, 66),
                (124, 38),
                (180, 62),
                (184, 120),
                (172, 92),
                (146, 78),
                (110, 92),
                (84, 100),
            ],
            closed=True,
        ),
        tint,
    )


def _curls(pen: Pen, tint: str) -> None:
    for x, y, r in (
        (76, 84, 22),
        (98, 58, 24),
        (128, 48, 25),
        (158, 58, 24),
        (180, 84, 22),
        (112, 76, 16),
        (146, 76, 16),
    ):
        pen.disc((x, y), r, r, tint)
        pen.disc((x - r * 0.3, y - r * 0.3), r * 0.45, r * 0.4, mix(tint, "#ffffff", 0.16))


def _big_curls(pen: Pen, tint: str) -> None:
    for x, y, r in (
        (62, 112, 30),
        (66, 158, 27),
        (76, 196, 22),
        (194, 112, 30),
        (190, 158, 27),
        (180, 196, 22),
        (84, 66, 30),
        (128, 48, 34),
        (172, 66, 30),
    ):
        pen.disc((x, y), r, r, tint)


def _bun(pen: Pen, tint: str) -> None:
    pen.disc((128, 36), 25, 23, tint)
    pen.disc((128, 100), 62, 62, tint)


def _crop(pen: Pen, tint: str) -> None:
    pen.area(
        smooth(
            [(78, 106), (80, 70), (128, 50), (176, 70), (178, 106), (170, 82), (128, 70), (86, 82)],
            closed=True,
        ),
        tint,
    )


def _close(pen: Pen, tint: str) -> None:
    pen.disc((128, 102), 51, 50, tint)


def _bob(pen: Pen, tint: str) -> None:
    pen.area(
        smooth(
            [
                (128, 40),
                (188, 64),
                (196, 132),
                (186, 178),
                (160, 184),
                (128, 170),
                (96, 184),
                (70, 178),
                (60, 132),
                (68, 64),
            ],
            closed=True,
        ),
        tint,
    )


def _straight(pen: Pen, tint: str) -> None:
    pen.area([(76, 108), (80, 66), (128, 44), (176, 66), (180, 108), (172, 98), (84, 98)], tint)
    pen.slab(80, 72, 96, 28, tint, r=8)


def _cap(pen: Pen) -> None:
    pen.area(
        smooth([(68, 96), (76, 54), (128, 34), (180, 54), (188, 96), (128, 84)], closed=True),
        "#f0702c",
    )
    pen.line(smooth([(84, 64), (104, 48), (126, 44)], steps=6), "#ffb27c", 5)
    for side in (-1, 1):
        pen.ring((128 + side * 24, 70), 18, 13, "#26343f", 5)
        pen.disc((128 + side * 24, 70), 15, 10, "#8fd0e6", 0.9)


def _beard(pen: Pen) -> None:
    pen.area(
        smooth(
            [
                (80, 140),
                (98, 152),
                (128, 148),
                (158, 152),
                (176, 140),
                (164, 178),
                (128, 198),
                (92, 178),
            ],
            closed=True,
        ),
        "#3a2418",
    )
    pen.area(smooth([(110, 157), (128, 160), (146, 157), (128, 170)], closed=True), "#8e3038")
    pen.line([(113, 158), (143, 158)], "#ffffff", 3)
    pen.slab(84, 34, 88, 40, "#fbfbf7", r=18)
    pen.slab(84, 62, 88, 20, "#e9e6dc", r=8)


def _earrings(pen: Pen) -> None:
    for side in (-1, 1):
        pen.slab(128 + side * 55 - 7, 140, 14, 14, "#1f56a8", r=3)
        pen.slab(128 + side * 55 - 3, 144, 6, 6, "#f7f5ee", r=1)


def _pencil(pen: Pen) -> None:
    pen.line([(178, 96), (206, 62)], "#e8b23a", 7)
    pen.line([(206, 62), (212, 55)], "#ef8f8f", 7)
    pen.line([(170, 106), (177, 97)], "#f0cfa0", 6)


def _glasses(pen: Pen) -> None:
    for side in (-1, 1):
        pen.ring((128 + side * 23, 122), 18, 17, "#2f2a36", 3.6)
    pen.line([(123, 120), (133, 120)], "#2f2a36", 3.6)


def _flower(pen: Pen) -> None:
    for x, y in ((180, 66), (196, 78), (190, 96), (171, 94), (165, 77)):
        pen.disc((x, y), 11, 11, "#ef5f8f")
    pen.disc((180, 82), 9, 9, "#f4c531")


def _stubble(pen: Pen) -> None:
    pen.area(smooth([(108, 148), (128, 144), (148, 148), (128, 153)], closed=True), "#8a4a25")
    _glasses(pen)


def _freckles(pen: Pen) -> None:
    for x, y in ((92, 138), (100, 144), (108, 138), (148, 138), (156, 144), (164, 138)):
        pen.disc((x, y), 1.8, 1.8, "#a55b3a", 0.7)


# By the ending of the person's id.
PEOPLE: dict[int, Person] = {
    1: Person(("#9fd3ea", "#3f7fae"), "#f0c19c", "#d9b060", "#1f4e79", _long, _nothing, _cap),
    2: Person(("#ffd9a0", "#e8914a"), "#e3aa80", "#3a2418", "#f4efe4", _nothing, _nothing, _beard),
    3: Person(
        ("#bfe0f4", "#5a8fd6"), "#c98b62", "#2b1a16", "#f2c84b", _big_curls, _crop, _earrings
    ),
    4: Person(("#c9dfb6", "#6d9a58"), "#7a4b30", "#1d1412", "#d9773a", _close, _crop, _pencil),
    5: Person(("#f6c9d4", "#c9709a"), "#f3cfa8", "#1f1b24", "#3a9d8f", _bob, _straight, _glasses),
    6: Person(("#e2c9f2", "#8f6cc4"), "#a9704a", "#1f1416", "#e8486b", _bun, _fringe, _flower),
    7: Person(("#f0d8b0", "#a8703f"), "#efbf9c", "#b5622a", "#4a5a78", _nothing, _curls, _stubble),
    8: Person(("#c4f0e0", "#3fa58f"), "#f4cdb0", "#8a4a2c", "#f6f1ff", _long, _side, _freckles),
}
