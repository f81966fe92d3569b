"""The built-in packs' own sample files: as long, as wide and as small as their rows say."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from PIL import Image

from archwright.catalog.load import builtin_folders, load_catalog
from archwright.catalog.pack import SampleFile

ROOT = Path(__file__).parents[3]
CATALOG = load_catalog(builtin_folders())[0]
ALL = [sample for pack in CATALOG.packs.values() for sample in pack.samples]
SIZES = {"avatars": (256, 256), "thumbnails": (360, 640), "product_media": (400, 400)}
CLIPS = [s for s in ALL if s.media == "video/mp4"]
ROW = re.compile(r"\((\d+), \d+, '[^']*', (\d+), '(?:public|private)'")


def name(sample: SampleFile) -> str:
    return sample.path.rpartition("/")[2]


def box(data: bytes, *path: bytes) -> bytes:
    """Return the content of the first box at a path of types."""
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == path[0]:
            inside = data[at + 8 : at + size]
            return box(inside, *path[1:]) if path[1:] else inside
        at += size
    raise AssertionError(f"no box {path[0]!r}")


def test_there_are_twelve_clips_with_pictures_and_eight_portraits() -> None:
    numbers = [f"clip-{n:02}" for n in range(1, 13)]
    assert sorted(name(s) for s in CLIPS) == [f"{n}.mp4" for n in numbers]
    stills = [s for s in ALL if s.bucket == "thumbnails"]
    assert sorted(name(s) for s in stills) == [f"{n}.webp" for n in numbers]
    assert sorted(s.path for s in ALL if s.bucket == "avatars") == [
        f"00000000-0000-4000-8000-{n:012}/portrait.webp" for n in range(1, 9)
    ]
    assert sum(s.size for s in ALL) < 2_500_000


@pytest.mark.parametrize("clip", CLIPS, ids=name)
def test_a_clip_plays_everywhere_and_is_as_long_as_its_row_says(clip: SampleFile) -> None:
    data = clip.file.read_bytes()
    assert len(data) <= 150_000
    assert data.index(b"moov") < data.index(b"mdat")  # so that it starts before it is all there
    _, _, scale, duration = struct.unpack_from(">4I", box(data, b"moov", b"mvhd"), 4)
    rows = dict(ROW.findall((clip.file.parents[3] / "seed.sql").read_text()))
    seconds = int(rows[str(int(name(clip)[5:7]))])
    assert duration / scale == pytest.approx(seconds, abs=0.1)
    wide, high = struct.unpack(">II", box(data, b"moov", b"trak", b"tkhd")[-8:])
    assert (wide >> 16, high >> 16) == (360, 640)
    assert data[data.index(b"avcC") + 5] == 66  # H.264 baseline
    assert b"mp4a" in data


@pytest.mark.parametrize("picture", [s for s in ALL if s.media == "image/webp"], ids=name)
def test_pictures_have_the_size_of_what_they_stand_for(picture: SampleFile) -> None:
    with Image.open(picture.file) as image:
        assert image.size == SIZES[picture.bucket]
    assert picture.size < 80_000


def test_the_wheel_brings_them(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        names = set(wheel.namelist())
    for sample in ALL:
        assert sample.file.relative_to(ROOT / "src").as_posix() in names
    assert not [n for n in names if "sample_media" in n]
