"""Pictures of the goods of the sample stores: flat shapes, drawn at twice their size.

PYTHONPATH=tools /somewhere/media/bin/python -m sample_media.goods [--out FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageDraw

SIZE, SCALE = 400, 2
PACKS = Path(__file__).parents[2] / "src/archwright/packs"
_ID = "00000000-0000-4000-8000-{:012}"
# The owner of each sample store: files lie below the id of whoever uploaded them.
OWNERS = {1: 4, 2: 2, 3: 7, 4: 5, 5: 20}

Shape = tuple[str, tuple[float, ...], str]
"""What is drawn, its numbers on a field of 100 x 100 (a line's last one is its width), and in which
colour: m(ain), d(ark), l(ight)."""

SHAPES: dict[str, tuple[Shape, ...]] = {
    "headphones": (
        ("arc", (22, 18, 78, 82, 180, 360, 6), "d"),
        ("round", (17, 46, 35, 80, 8), "m"),
        ("round", (65, 46, 83, 80, 8), "m"),
        ("round", (30, 50, 37, 76, 3), "l"),
        ("round", (63, 50, 70, 76, 3), "l"),
    ),
    "earbuds": (
        ("round", (24, 56, 76, 84, 13), "m"),
        ("line", (24, 66, 76, 66, 1.5), "d"),
        ("disc", (36, 34, 11, 11), "l"),
        ("disc", (64, 34, 11, 11), "l"),
        ("round", (33, 34, 39, 54, 3), "d"),
        ("round", (61, 34, 67, 54, 3), "d"),
    ),
    "speaker": (
        ("round", (30, 12, 70, 88, 6), "m"),
        ("disc", (50, 32, 9, 9), "d"),
        ("disc", (50, 62, 15, 15), "d"),
        ("disc", (50, 62, 6, 6), "l"),
        ("disc", (50, 32, 3, 3), "l"),
    ),
    "turntable": (
        ("round", (12, 26, 88, 78, 4), "m"),
        ("disc", (42, 52, 22, 22), "d"),
        ("disc", (42, 52, 7, 7), "l"),
        ("line", (76, 34, 72, 56, 2.5), "l"),
        ("line", (72, 56, 58, 62, 2.5), "l"),
        ("disc", (76, 34, 4, 4), "d"),
    ),
    "cable": (
        ("arc", (22, 22, 78, 78, 30, 330, 4), "m"),
        ("arc", (30, 30, 70, 70, 30, 330, 4), "d"),
        ("round", (66, 58, 88, 68, 2), "l"),
        ("round", (66, 32, 88, 42, 2), "l"),
    ),
    "bag": (
        ("poly", (28, 22, 72, 22, 78, 88, 22, 88), "m"),
        ("poly", (28, 22, 72, 22, 68, 12, 32, 12), "d"),
        ("round", (34, 42, 66, 70, 4), "l"),
        ("line", (40, 52, 60, 52, 2), "d"),
        ("line", (40, 60, 54, 60, 2), "d"),
    ),
    "pan": (
        ("disc", (42, 52, 30, 30), "d"),
        ("disc", (42, 52, 25, 25), "m"),
        ("line", (66, 34, 90, 16, 6), "d"),
        ("disc", (34, 44, 6, 4), "l"),
    ),
    "pot": (
        ("round", (22, 42, 78, 82, 8), "m"),
        ("round", (18, 34, 82, 44, 4), "d"),
        ("disc", (50, 28, 6, 5), "d"),
        ("round", (10, 50, 22, 58, 3), "d"),
        ("round", (78, 50, 90, 58, 3), "d"),
        ("line", (32, 54, 32, 72, 3), "l"),
    ),
    "pin": (
        ("line", (26, 74, 74, 26, 14), "m"),
        ("line", (14, 86, 26, 74, 5), "d"),
        ("line", (74, 26, 86, 14, 5), "d"),
        ("line", (36, 60, 60, 36, 2), "l"),
    ),
    "board": (
        ("round", (20, 26, 80, 74, 6), "m"),
        ("line", (26, 40, 74, 40, 1.5), "d"),
        ("line", (26, 52, 74, 52, 1.5), "d"),
        ("line", (26, 64, 74, 64, 1.5), "d"),
        ("disc", (72, 33, 3, 3), "l"),
    ),
    "tent": (
        ("poly", (50, 18, 94, 80, 6, 80), "m"),
        ("poly", (50, 18, 64, 80, 36, 80), "d"),
        ("poly", (50, 40, 58, 80, 50, 80), "l"),
        ("line", (50, 18, 50, 10, 2), "d"),
    ),
    "pack": (
        ("arc", (36, 8, 64, 40, 180, 360, 4), "d"),
        ("round", (26, 20, 74, 88, 12), "m"),
        ("round", (33, 54, 67, 82, 6), "d"),
        ("line", (33, 62, 67, 62, 2), "l"),
        ("line", (32, 40, 68, 40, 3), "l"),
    ),
    "jacket": (
        (
            "poly",
            (
                38,
                16,
                62,
                16,
                84,
                32,
                92,
                70,
                80,
                74,
                72,
                46,
                72,
                86,
                28,
                86,
                28,
                46,
                20,
                74,
                8,
                70,
                16,
                32,
            ),
            "m",
        ),
        ("line", (50, 18, 50, 86, 1.5), "l"),
        ("poly", (38, 16, 62, 16, 50, 28), "d"),
        ("line", (33, 62, 44, 62, 2.5), "d"),
        ("line", (56, 62, 67, 62, 2.5), "d"),
    ),
    "bottle": (
        ("round", (36, 28, 64, 88, 9), "m"),
        ("round", (41, 18, 59, 30, 3), "d"),
        ("round", (44, 10, 56, 18, 3), "l"),
        ("line", (42, 42, 42, 76, 3), "l"),
    ),
    "lamp": (
        ("round", (36, 34, 64, 72, 8), "l"),
        ("round", (32, 26, 68, 36, 3), "d"),
        ("round", (32, 70, 68, 84, 4), "d"),
        ("arc", (36, 8, 64, 44, 180, 360, 3), "d"),
        ("disc", (50, 54, 7, 10), "m"),
    ),
    "notebook": (
        ("round", (26, 14, 78, 86, 4), "m"),
        ("round", (22, 14, 32, 86, 3), "d"),
        ("line", (70, 14, 70, 86, 2.5), "d"),
        ("round", (40, 28, 62, 38, 2), "l"),
    ),
    "pen": (
        ("line", (24, 76, 66, 34, 9), "m"),
        ("line", (64, 36, 78, 22, 9), "d"),
        ("poly", (17, 83, 21, 71, 29, 79), "l"),
        ("line", (60, 32, 72, 20, 2), "l"),
    ),
    "ink": (
        ("round", (26, 44, 74, 86, 8), "d"),
        ("round", (31, 56, 69, 81, 5), "m"),
        ("round", (38, 26, 62, 44, 3), "l"),
        ("round", (38, 60, 62, 72, 2), "l"),
    ),
}

# Number: store, shape, main colour, background.
GOODS: dict[int, tuple[int, str, str, str]] = {
    1: (1, "headphones", "#3d5a80", "#e0ecf5"), 2: (1, "headphones", "#8a3b2f", "#f7e6df"),
    3: (1, "earbuds", "#2f7d6d", "#def2ec"), 4: (1, "earbuds", "#5b4b8a", "#ebe6f7"),
    5: (1, "speaker", "#7a5230", "#f4e9dc"), 6: (1, "speaker", "#37474f", "#e3e9ec"),
    7: (1, "turntable", "#9c6b30", "#f6ebd9"), 8: (1, "turntable", "#424874", "#e6e7f4"),
    9: (1, "cable", "#b5543c", "#f8e5de"), 10: (1, "headphones", "#5a7d2b", "#edf4dd"),
    11: (1, "speaker", "#a03e5f", "#f8e1e9"), 12: (1, "cable", "#2b6f8f", "#dcedf5"),
    13: (2, "bag", "#c89b4a", "#faf0dc"), 14: (2, "bag", "#9b7653", "#f3e8dd"),
    15: (2, "bag", "#7f8f4e", "#eff3df"), 16: (2, "pan", "#4a4e57", "#e8e9ec"),
    17: (2, "pan", "#a6502d", "#f9e6dc"), 18: (2, "pot", "#b23a48", "#fae0e2"),
    19: (2, "pot", "#33658a", "#dfebf3"), 20: (2, "pin", "#b07d46", "#f8eedd"),
    21: (2, "board", "#a47148", "#f5e9dc"), 22: (2, "board", "#6b705c", "#ececdf"),
    23: (2, "bottle", "#6a7b28", "#eff3d8"), 24: (2, "pot", "#6d597a", "#ece5f0"),
    25: (3, "tent", "#d17a22", "#fbecd9"), 26: (3, "tent", "#3f7d58", "#dff1e6"),
    27: (3, "tent", "#335c81", "#dfe9f2"), 28: (3, "pack", "#b33951", "#f9e0e5"),
    29: (3, "pack", "#4f6d7a", "#e3ebee"), 30: (3, "pack", "#7d8c33", "#f0f4db"),
    31: (3, "jacket", "#c8553d", "#fae4de"), 32: (3, "jacket", "#28536b", "#dde9ef"),
    33: (3, "jacket", "#5f7a61", "#e5eee6"), 34: (3, "bottle", "#2e86ab", "#dbeef6"),
    35: (3, "lamp", "#e09f3e", "#fcf1dd"), 36: (3, "pot", "#606c76", "#e7eaec"),
    37: (4, "notebook", "#8c2f39", "#f7e0e2"), 38: (4, "notebook", "#2d6a4f", "#dcefe5"),
    39: (4, "notebook", "#3a506b", "#e0e7ef"), 40: (4, "pen", "#1d3557", "#dde6f2"),
    41: (4, "pen", "#9d4e15", "#f8e6d9"), 42: (4, "ink", "#2a4d8f", "#dfe7f6"),
    43: (4, "ink", "#7b2d5b", "#f5e0ec"), 44: (4, "ink", "#1b6e5a", "#daf0ea"),
    45: (5, "speaker", "#555555", "#eeeeee"), 46: (5, "earbuds", "#777777", "#f0f0f0"),
}  # fmt: skip


def tone(colour: str, share: float) -> tuple[int, int, int]:
    """Return a colour towards black (share below 0) or white (above it)."""
    base = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    end = 255 if share > 0 else 0
    red, green, blue = (round(part + (end - part) * abs(share)) for part in base)
    return red, green, blue


def draw(shape: str, main: str, ground: str) -> Image.Image:
    """Return one picture."""
    side = SIZE * SCALE
    picture = Image.new("RGB", (side, side), ground)
    pen = ImageDraw.Draw(picture)
    colours = {"m": tone(main, 0), "d": tone(main, -0.45), "l": tone(main, 0.6)}
    unit = side / 100
    pen.ellipse([20 * unit, 84 * unit, 80 * unit, 94 * unit], fill=tone(ground, -0.08))
    for kind, numbers, name in SHAPES[shape]:
        colour = colours[name]
        at = [number * unit for number in numbers]
        if kind == "disc":
            x, y, rx, ry = at
            pen.ellipse([x - rx, y - ry, x + rx, y + ry], fill=colour)
        elif kind == "round":
            pen.rounded_rectangle(at[:4], radius=at[4], fill=colour)
        elif kind == "poly":
            pen.polygon(list(zip(at[::2], at[1::2], strict=True)), fill=colour)
        elif kind == "arc":
            pen.arc(at[:4], numbers[4], numbers[5], fill=colour, width=round(at[6]))
        else:
            pen.line(at[:4], fill=colour, width=round(at[4]))
    return picture.resize((SIZE, SIZE), Image.Resampling.BOX)


def main() -> None:
    """Draw all of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=PACKS)
    folder = options.parse_args().out / "catalog/samples/product_media"
    total = 0
    for number, (store, shape, colour, ground) in GOODS.items():
        path = folder / _ID.format(OWNERS[store]) / f"product-{number:02}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(shape, colour, ground).save(path, quality=82, method=6)
        total += path.stat().st_size
    print(f"{len(GOODS)} pictures, {total} bytes")


if __name__ == "__main__":
    main()
