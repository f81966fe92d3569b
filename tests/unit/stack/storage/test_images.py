"""Transformed images."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.images import Transform, apply, read_transform


def picture(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (60, 30)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    out.seek(0)
    return out


def size_of(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


@pytest.mark.parametrize(
    ("transform", "size"),
    [
        (Transform(), (60, 30)),
        (Transform(width=30), (30, 15)),
        (Transform(height=10), (20, 10)),
        (Transform(20, 20), (20, 20)),
        (Transform(20, 20, "contain"), (20, 10)),
        (Transform(20, 20, "fill"), (20, 20)),
        (Transform(600, 600), (60, 30)),
        (Transform(120, 15, "fill"), (60, 8)),
        (Transform(1, 0), (1, 1)),
    ],
)
def test_sizes(transform: Transform, size: tuple[int, int]) -> None:
    assert size_of(apply(picture(), transform)[0]) == size


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_mode_becomes_every_format(mode: str) -> None:
    for kind, media in ((None, "image/png"), ("webp", "image/webp")):
        data, told = apply(picture(mode), Transform(width=10, format=kind))
        assert told == media
        assert size_of(data) == (10, 5)
    assert apply(picture(mode), Transform(width=5), webp=True)[1] == "image/webp"


def test_kinds() -> None:
    assert apply(picture(kind="JPEG"), Transform(width=5, quality=20))[1] == "image/jpeg"
    assert apply(picture("P", "GIF"), Transform(width=5), webp=True)[1] == "image/gif"
    assert apply(picture("CMYK", "JPEG"), Transform(width=5), webp=True)[1] == "image/webp"


def test_a_turned_photograph_stands_upright() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 30)).save(out, "JPEG", exif=exif)
    out.seek(0)
    assert size_of(apply(out, Transform(width=15))[0]) == (15, 30)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 100))
def test_broken_images_are_refused(noise: bytes, at: int) -> None:
    good = picture().getvalue()
    status = 0
    try:
        apply(io.BytesIO(good[:at] + noise + good[at + len(noise) :]), Transform(width=5))
    except StorageError as error:
        status = error.status
    assert status in (0, 422)


def test_kinds_that_are_not_taken() -> None:
    with pytest.raises(StorageError, match="Invalid source image"):
        apply(picture(kind="BMP"), Transform(width=5))
    with pytest.raises(StorageError, match="too many pixels"):
        apply(picture("1", size=(8000, 8000)), Transform(width=5))


def test_options() -> None:
    assert read_transform({"width": "10", "quality": 50}) == Transform(10, 0, "cover", 50)
    assert read_transform({"width": 9999}).width == 2500
    assert Transform(10, 20, "contain").named() == "height:20,width:10,resizing_type:fit,quality:80"
    wrong: list[dict[str, object]] = [
        {"width": "x"},
        {"height": -1},
        {"quality": 101},
        {"resize": ["x"]},
        {"format": {}},
    ]
    for bad in wrong:
        with pytest.raises(StorageError):
            read_transform(bad)
