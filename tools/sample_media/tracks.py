"""What each clip sounds like."""

from __future__ import annotations

import numpy as np

from sample_media.scenes_craft import CHORDS
from sample_media.sound import (
    RATE,
    Track,
    clock,
    level,
    noise,
    pad,
    pluck,
    put,
    silence,
    swell,
    tone,
)

_SCALE = (261.6, 293.7, 329.6, 392.0, 440.0, 523.3, 587.3, 659.3)


def _steps(track: Track, notes: str, loud: float, *, fade: float = 4.0) -> None:
    """Play digits as notes of a five-note scale, evenly over the track; a dot is a rest."""
    seconds = len(track) / RATE
    for index, note in enumerate(notes):
        if note != ".":
            put(track, tone(_SCALE[int(note)], 1.6, fade=fade), index * seconds / len(notes), loud)


def lake(seconds: float) -> Track:
    """Wind over water, small waves, a far chord."""
    track = 0.5 * noise(seconds, 200, 900) * (0.4 + 0.6 * swell(seconds, 1))
    track += 0.5 * noise(seconds, 900, 3500, 2) * swell(seconds, 5, 4)
    return level(track + 0.1 * pad(seconds, (110.0, 164.8, 220.0)))


def focaccia(seconds: float) -> Track:
    """Soft presses and a kitchen tune."""
    track = silence(seconds)
    for press in range(24):
        put(track, tone(96 + press % 5 * 7, 0.25, fade=24), 0.25 + press * 0.15, 0.5)
    _steps(track, "0.2.4.2.5.4.2.1.", 0.5)
    return level(track)


def tram(seconds: float) -> Track:
    """Wheels on rails, a motor, the bell."""
    t = clock(seconds)
    track = 0.35 * noise(seconds, 60, 260) + 0.12 * np.sin(2 * np.pi * 90 * t)
    for joint in range(12):
        put(
            track,
            noise(0.09, 150, 900, joint) * np.exp(-40 * clock(0.09)),
            joint * seconds / 12,
            0.9,
        )
        put(
            track,
            noise(0.09, 150, 900, joint) * np.exp(-40 * clock(0.09)),
            joint * seconds / 12 + 0.13,
            0.6,
        )
    for ring in (0.7, 1.05, 3.9):
        put(track, tone(1318, 0.9, fade=6, rich=0.5), ring, 0.5)
    return level(track)


def saw(seconds: float) -> Track:
    """Fourteen strokes, and the end that falls."""
    track = noise(seconds, 700, 4200) * swell(seconds, 14, 1.5) * (clock(seconds) < seconds * 0.9)
    put(track, tone(140, 0.4, fade=14, rich=0.6), seconds * 0.965, 1.4)
    return level(track)


def cat(seconds: float) -> Track:
    """A pencil on paper over a small waltz."""
    track = (
        0.3 * noise(seconds, 2500, 7000) * swell(seconds, 16) * (clock(seconds) < seconds * 0.62)
    )
    _steps(track, "0.244.21.433.5..", 0.55)
    return level(track)


def guitar(seconds: float) -> Track:
    """G, C, D."""
    shapes = (
        (98.0, 123.5, 146.8, 196.0, 246.9, 392.0),
        (130.8, 164.8, 196.0, 261.6, 329.6, 392.0),
        (110.0, 146.8, 220.0, 293.7, 370.0, 440.0),
    )
    track = silence(seconds)
    for at, shape in zip(CHORDS, shapes, strict=True):
        for string, pitch in enumerate(shape):
            put(track, pluck(pitch, 1.9, string + 1), (at + string * 0.008) * seconds, 0.5)
    return level(track)


def loaf(seconds: float) -> Track:
    """The oven hums, a hopeful rise, a sad fall."""
    track = 0.25 * noise(seconds, 80, 300) + 0.12 * pad(seconds, (60.0, 120.0))
    _steps(track, "01245...420.0...", 0.6)
    return level(track)


def under_water(seconds: float) -> Track:
    """A deep drone and bubbles."""
    track = 0.5 * noise(seconds, 70, 260) + 0.3 * pad(seconds, (55.0, 82.4, 110.0))
    rng = np.random.default_rng(4)
    for bubble in range(26):
        t = clock(0.12)
        rise = np.sin(2 * np.pi * (420 + 500 * rng.random() + 2600 * t) * t) * np.exp(-26 * t)
        put(track, rise, bubble * seconds / 26 + 0.1 * rng.random(), 0.3 + 0.4 * rng.random())
    return level(track)


def tiles(seconds: float) -> Track:
    """Wooden bars, eight to the bar."""
    track = silence(seconds)
    _steps(track, "0247542102475421035742410357424", 0.8, fade=9)
    return level(track + 0.05 * pad(seconds, (130.8, 196.0)))


def garden(seconds: float) -> Track:
    """Leaves, bees and two birds."""
    t = clock(seconds)
    track = 0.25 * noise(seconds, 1500, 5000) * (0.4 + 0.6 * swell(seconds, 2))
    track += 0.1 * np.sign(np.sin(2 * np.pi * 165 * t)) * swell(seconds, 1, 6, 0.2)
    for at, base in ((0.5, 2600), (0.8, 2900), (1.1, 2600), (3.0, 3300), (3.2, 3300), (4.6, 2750)):
        s = clock(0.16)
        chirp = np.sin(2 * np.pi * (base + 900 * np.sin(2 * np.pi * 9 * s)) * s)
        put(track, chirp * np.sin(np.pi * s / 0.16), at, 0.5)
    return level(track)


def chisel(seconds: float) -> Track:
    """Five strokes there and back over the stone."""
    track = noise(seconds, 1800, 6500) * swell(seconds, 10, 1.2)
    return level(track + 0.25 * noise(seconds, 250, 700, 3) * swell(seconds, 10))


def swatches(seconds: float) -> Track:
    """A drop for each colour."""
    track = silence(seconds)
    _steps(track, "02457542", 0.7, fade=6)
    return level(track)
