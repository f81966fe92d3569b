"""Transforms images: size, fit, quality and format, as the platform's options say."""

from __future__ import annotations

import asyncio
import io
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError
from starlette.requests import Request
from starlette.responses import Response

from archwright.stack.storage.errors import StorageError, invalid
from archwright.stack.storage.records import Stored
from archwright.stack.storage.sending import headers_of, open_content
from archwright.stack.storage.service import Service, number_of

_LARGEST_SIDE = 2500
_MOST_PIXELS = 50_000_000
_MOST_BYTES = 25 * 1024 * 1024
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_FORMATS |= {"AVIF": "image/avif"}
_MODES = {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I")}


@dataclass(frozen=True, slots=True)
class Transform:
    """What is asked for; sides in pixels, 0 where none was named."""

    width: int = 0
    height: int = 0
    resize: str = "cover"
    quality: int = 80
    format: str | None = None

    def named(self) -> str:
        """Return the header that tells what was done."""
        parts = [f"{side}:{size}" for side, size in self._sides() if size]
        fit = {"cover": "fill", "contain": "fit", "fill": "force"}[self.resize]
        return ",".join([*parts, f"resizing_type:{fit}", f"quality:{self.quality}"])

    def _sides(self) -> tuple[tuple[str, int], ...]:
        return (("height", self.height), ("width", self.width))


def read_transform(given: Mapping[str, Any]) -> Transform:
    """Read the options of a query or of a JSON body; raises ``StorageError`` for wrong ones."""
    data = dict(given)
    resize = data.get("resize") or "cover"
    kind = data.get("format")
    if resize not in ("cover", "contain", "fill"):
        raise invalid("resize must be equal to one of the allowed values")
    if kind not in (None, "origin", "webp", "avif"):
        raise invalid("format must be equal to one of the allowed values")
    quality = number_of(data, "quality", 80, least=20)
    if quality > 100:
        raise invalid("quality must be <= 100")
    return Transform(
        number_of(data, "width", 0, most=_LARGEST_SIDE),
        number_of(data, "height", 0, most=_LARGEST_SIDE),
        str(resize),
        quality,
        kind,
    )


async def transformed(
    request: Request, service: Service, found: Stored, transform: Transform
) -> Response:
    """Answer with the transformed image; at most a few are worked on at once."""
    webp = transform.format is None and "image/webp" in request.headers.get("accept", "")
    headers = headers_of(request, found)
    headers["x-transformations"] = transform.named()
    headers["vary"] = "Accept"
    wanted = zlib.crc32(f"{transform}{webp}".encode())
    headers["etag"] = f'"{headers["etag"].strip(chr(34))}-{wanted:08x}"'
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    with open_content(service, found) as file:
        if (found.meta("size") or 0) > _MOST_BYTES:
            raise _unfit("The image is too large to be transformed")
        async with service.images:
            data, media = await asyncio.to_thread(apply, file, transform, webp=webp)
    return Response(data, 200, headers, media)


def apply(file: BinaryIO, transform: Transform, *, webp: bool = False) -> tuple[bytes, str]:
    """Transform an image; returns its bytes and media type, raises ``StorageError``."""
    try:
        with warnings.catch_warnings():
            # a bomb is refused below by its own size, before it is unpacked
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file)
            source = image.format or ""
            if image.width * image.height > _MOST_PIXELS:
                raise _unfit("The image has too many pixels")
            if source not in _FORMATS:
                raise _unfit("Invalid source image")
            turned = ImageOps.exif_transpose(image)
            kind = _output(source, transform, webp=webp)
            return _saved(_resized(turned, transform), kind, transform.quality), _FORMATS[kind]
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise _unfit("Invalid source image") from error


def _unfit(message: str) -> StorageError:
    return StorageError(422, "InvalidRequest", message)


def _output(source: str, transform: Transform, *, webp: bool) -> str:
    if transform.format in ("webp", "avif"):
        return transform.format.upper()
    return "WEBP" if webp and source != "GIF" else source


def _resized(image: Image.Image, transform: Transform) -> Image.Image:
    """Scale without ever enlarging, as the platform does."""
    width, height = transform.width, transform.height
    if not width and not height:
        return image
    if transform.resize == "fill":
        goal = (width or image.width, height or image.height)
        factor = min(1.0, image.width / goal[0], image.height / goal[1])
        return _scaled(image, goal[0] * factor, goal[1] * factor)
    across = width / image.width if width else None
    down = height / image.height if height else None
    ratios = [ratio for ratio in (across, down) if ratio is not None]
    factor = min(1.0, (max if transform.resize == "cover" else min)(ratios))
    scaled = _scaled(image, image.width * factor, image.height * factor)
    if transform.resize == "contain" or not (width and height):
        return scaled
    goal = (min(width, scaled.width), min(height, scaled.height))
    left, top = (scaled.width - goal[0]) // 2, (scaled.height - goal[1]) // 2
    return scaled.crop((left, top, left + goal[0], top + goal[1]))


def _scaled(image: Image.Image, width: float, height: float) -> Image.Image:
    size = (max(1, round(width)), max(1, round(height)))
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS)


def _saved(image: Image.Image, kind: str, quality: int) -> bytes:
    if kind in _MODES and image.mode not in _MODES[kind]:
        image = image.convert("RGB" if kind == "JPEG" else "RGBA")
    if kind in ("WEBP", "AVIF") and image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if "A" in image.mode or image.mode == "P" else "RGB")
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": quality} if kind in ("JPEG", "WEBP", "AVIF") else {}
    image.save(out, kind, **options)
    return out.getvalue()
