"""Drawing in points of a 360 x 640 screen, at twice its resolution for smooth edges."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 360, 640, 2
Point = tuple[float, float]
Colour = tuple[int, ...] | str
Picture = Image.Image
Field = np.ndarray


def rgba(colour: Colour, alpha: float = 1.0) -> tuple[int, ...]:
    """Return a colour with an opacity from 0 to 1."""
    base = ImageColor.getrgb(colour) if isinstance(colour, str) else colour
    return (*base[:3], round(255 * min(max(alpha, 0.0), 1.0)))


def mix(one: Colour, other: Colour, share: float) -> tuple[int, ...]:
    """Return the colour ``share`` of the way from one to another."""
    start, end = rgba(one), rgba(other)
    return tuple(round(a + (b - a) * share) for a, b in zip(start[:3], end[:3], strict=True))


def ease(x: float) -> float:
    """Start and end slowly between 0 and 1."""
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def gradient(*stops: tuple[float, Colour], size: tuple[int, int] = (WIDTH, HEIGHT)) -> Picture:
    """Return a picture whose colour goes from stop to stop downwards; places from 0 to 1."""
    width, height = size[0] * SCALE, size[1] * SCALE
    places = [place for place, _ in stops]
    colours = [rgba(colour)[:3] for _, colour in stops]
    rows = np.linspace(0, 1, height)
    column = np.stack([np.interp(rows, places, [c[i] for c in colours]) for i in range(3)], -1)
    # a fixed grain of half a step keeps wide gradients from showing bands
    grain = np.random.default_rng(7).uniform(-0.5, 0.5, (height, width, 1))
    wide = np.clip(column[:, None, :] + grain, 0, 255)
    return Image.fromarray(wide.round().astype(np.uint8), "RGB")


def glow(picture: Picture, at: Point, radius: float, colour: Colour, strength: float) -> Picture:
    """Return the picture with a soft light around a point."""
    field = halo(at, radius) * strength
    base = np.asarray(picture, dtype=np.float32)
    light = np.array(rgba(colour)[:3], dtype=np.float32)
    lit = base + (light - base) * np.clip(field, 0, 1)[..., None]
    return Image.fromarray(lit.round().astype(np.uint8), "RGB")


def halo(at: Point, radius: float, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Field:
    """Return how near each pixel is to a point: 1 there, 0 from the radius on, smooth between."""
    y, x = np.mgrid[0 : size[1] * SCALE, 0 : size[0] * SCALE].astype(np.float32) / SCALE
    far = np.clip(np.hypot(x - at[0], y - at[1]) / radius, 0, 1)
    return (1 - far * far) ** 2


def finish(picture: Picture) -> Picture:
    """Return the picture at the size of the clip."""
    return picture.resize((picture.width // SCALE, picture.height // SCALE), Image.Resampling.BOX)


def smooth(points: Sequence[Point], *, steps: int = 14, closed: bool = False) -> list[Point]:
    """Return a curve through the points (Catmull-Rom)."""
    given = list(points)
    ring = [given[-1], *given, given[0], given[1]] if closed else [given[0], *given, given[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, given[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    square = t * t
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * square
        + (3 * b - a - 3 * c + d) * square * t
    )


def turned(points: Sequence[Point], angle: float, around: Point) -> list[Point]:
    """Return the points turned clockwise by an angle in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        (
            around[0] + (x - around[0]) * cos - (y - around[1]) * sin,
            around[1] + (x - around[0]) * sin + (y - around[1]) * cos,
        )
        for x, y in points
    ]


class Pen:
    """Draws on a picture in points of the screen; opacity counts."""

    def __init__(self, picture: Picture) -> None:
        """Take an RGB or RGBA picture at twice the screen's resolution."""
        self.picture = picture
        self._draw = ImageDraw.Draw(picture, "RGBA")

    def area(self, points: Sequence[Point], fill: Colour, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgba(fill, alpha))

    def disc(self, at: Point, rx: float, ry: float, fill: Colour, alpha: float = 1.0) -> None:
        """Fill an ellipse."""
        self._draw.ellipse(_box(at, rx, ry), fill=rgba(fill, alpha))

    def ring(
        self, at: Point, rx: float, ry: float, line: Colour, width: float, alpha: float = 1.0
    ) -> None:
        """Draw an ellipse's outline."""
        wide = max(1, round(width * SCALE))
        self._draw.ellipse(_box(at, rx, ry), outline=rgba(line, alpha), width=wide)

    def slab(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: Colour,
        *,
        r: float = 0,
        alpha: float = 1,
    ) -> None:
        """Fill a rectangle with round corners."""
        box = (x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1)
        self._draw.rounded_rectangle(box, radius=r * SCALE, fill=rgba(fill, alpha))

    def line(
        self, points: Sequence[Point], colour: Colour, width: float, alpha: float = 1.0
    ) -> None:
        """Draw a line with round joints and ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        wide = max(1, round(width * SCALE))
        self._draw.line(scaled, fill=rgba(colour, alpha), width=wide, joint="curve")
        if width > 2 and alpha == 1.0:
            for x, y in (scaled[0], scaled[-1]):
                r = wide / 2 - 0.5
                self._draw.ellipse((x - r, y - r, x + r, y + r), fill=rgba(colour))


def _box(at: Point, rx: float, ry: float) -> tuple[float, float, float, float]:
    x, y = at[0] * SCALE, at[1] * SCALE
    return (x - rx * SCALE, y - ry * SCALE, x + rx * SCALE, y + ry * SCALE)


def layer(picture: Picture, draw: Callable[[Pen], None], blur: float = 0) -> Picture:
    """Return the picture with something drawn over it, out of focus by ``blur`` points."""
    over = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw(Pen(over))
    if blur:
        # colour times opacity, or the black of what is empty would bleed in
        faded = over.convert("RGBa").filter(ImageFilter.GaussianBlur(blur * SCALE))
        over = faded.convert("RGBA")
    return Image.alpha_composite(picture.convert("RGBA"), over).convert("RGB")
