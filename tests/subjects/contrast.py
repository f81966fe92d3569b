"""Whether what stands on a colour of a palette can be read there."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.emit.colour import contrast
from archwright.emit.theme import SHAPE, TEXT

# What stands on what, with the ratio it must reach.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, TEXT) for text in ("foreground", "muted_foreground", "link", "destructive")
      for ground in ("background", "card", "popover")),
    *((f"{name}_foreground", name, TEXT) for name in (
        "card", "popover", "primary", "secondary", "muted", "accent", "destructive", "success")),
    ("foreground", "accent", TEXT),
    ("destructive", "accent", TEXT),
    ("primary", "background", SHAPE),
    ("ring", "background", SHAPE),
    ("input", "background", SHAPE),
)  # fmt: skip


def failing_pairs(palette: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """Return the pairs of a palette that miss their contrast, with the ratio they have."""
    found = ((text, ground, contrast(palette[text], palette[ground])) for text, ground, _ in PAIRS)
    return [f for f, (_, _, least) in zip(found, PAIRS, strict=True) if f[2] < least]
