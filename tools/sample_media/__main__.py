"""Makes the sample files of the packs: clips, their pictures, avatars.

Not part of the installed package; it needs an encoder. From the project's folder:

    python3 -m venv /somewhere/media
    /somewhere/media/bin/pip install imageio-ffmpeg==0.8.1 numpy==2.4.6 pillow==13.0.0
    PYTHONPATH=tools /somewhere/media/bin/python -m sample_media [--only NUMBER] [--out FOLDER]

Everything is drawn and sounded here; there is no footage of anybody else's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sample_media import (
    scenes_city,
    scenes_craft,
    scenes_kitchen,
    scenes_outside,
    scenes_paper,
    tracks,
)
from sample_media.encode import FPS, clip, picture
from sample_media.people import PEOPLE, portrait
from sample_media.scenes_outside import Frame
from sample_media.sound import Track

PACKS = Path(__file__).parents[2] / "src/archwright/packs"
_ID = "00000000-0000-4000-8000-00000000000{}"


@dataclass(frozen=True)
class Clip:
    """A clip: its author, how it looks and sounds, its length and its best moment (seconds)."""

    author: int
    scene: Callable[[float], Frame]
    sound: Callable[[float], Track]
    seconds: float
    best: float


CLIPS = (
    Clip(1, scenes_outside.lake, tracks.lake, 6, 2.4),
    Clip(2, scenes_kitchen.focaccia, tracks.focaccia, 6, 5.2),
    Clip(3, scenes_city.tram, tracks.tram, 6, 2.2),
    Clip(4, scenes_craft.saw, tracks.saw, 6, 3.5),
    Clip(5, scenes_paper.cat, tracks.cat, 7, 6.6),
    Clip(7, scenes_craft.guitar, tracks.guitar, 6, 0.4),
    Clip(2, scenes_kitchen.loaf, tracks.loaf, 6, 3.2),
    Clip(1, scenes_outside.under_water, tracks.under_water, 6, 1.6),
    Clip(3, scenes_city.tiles, tracks.tiles, 6, 3.0),
    Clip(6, scenes_outside.garden, tracks.garden, 6, 2.0),
    Clip(4, scenes_craft.chisel, tracks.chisel, 5, 1.4),
    Clip(5, scenes_paper.swatches, tracks.swatches, 4, 3.4),
)


def make_clip(number: int, out: Path) -> int:
    """Write a clip and its picture; return their bytes."""
    made = CLIPS[number - 1]
    draw = made.scene(made.seconds)
    frames = (draw(n / FPS) for n in range(round(made.seconds * FPS)))
    name = f"{_ID.format(made.author)}/clip-{number:02}"
    paths = [out / "videos/samples/videos" / f"{name}.mp4"]
    paths.append(out / "videos/samples/thumbnails" / f"{name}.webp")
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    size, quality = clip(frames, made.sound(made.seconds), paths[0])
    still = picture(draw(made.best), paths[1])
    print(f"{name}: {size} + {still} bytes, quality {quality}")
    return size + still


def make_avatar(number: int, out: Path) -> int:
    """Write a person's picture; return its bytes."""
    path = out / "profiles/samples/avatars" / _ID.format(number) / "portrait.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    return picture(portrait(PEOPLE[number]), path, quality=86)


def main() -> None:
    """Make all, or one clip."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", type=int, choices=range(1, len(CLIPS) + 1))
    options.add_argument("--out", type=Path, default=PACKS)
    chosen = options.parse_args()
    if chosen.only:
        make_clip(chosen.only, chosen.out)
        return
    total = sum(make_clip(number, chosen.out) for number in range(1, len(CLIPS) + 1))
    total += sum(make_avatar(number, chosen.out) for number in PEOPLE)
    print(f"{total} bytes in all")


if __name__ == "__main__":
    main()
