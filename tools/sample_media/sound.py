"""Quiet sounds made of sines, filtered noise and plucked strings; arrays from -1 to 1."""

from __future__ import annotations

import numpy as np

from sample_media.encode import RATE

Track = np.ndarray
_LOUD = 0.28
"""The loudest sample of a clip."""


def silence(seconds: float) -> Track:
    """Return nothing, that long."""
    return np.zeros(round(seconds * RATE))


def clock(seconds: float) -> Track:
    """Return the time of each sample in seconds."""
    return np.arange(round(seconds * RATE)) / RATE


def noise(seconds: float, low: float, high: float, seed: int = 1) -> Track:
    """Return noise between two frequencies (Hz), at most 1; it loops without a click."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    tones = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.exp(
        -(((np.log2(tones + 1e-9) - np.log2((low * high) ** 0.5)) / np.log2(high / low) * 2) ** 2)
    )
    made = np.fft.irfft(spectrum, count)
    return made / np.abs(made).max()


def tone(pitch: float, seconds: float, *, fade: float = 3.0, rich: float = 0.3) -> Track:
    """Return a soft struck tone: ``fade`` is how fast it dies, ``rich`` its overtones."""
    t = clock(seconds)
    made = np.sin(2 * np.pi * pitch * t) * np.exp(-fade * t)
    made += rich * np.sin(4 * np.pi * pitch * t) * np.exp(-2 * fade * t)
    made += rich * 0.4 * np.sin(8 * np.pi * pitch * t) * np.exp(-4 * fade * t)
    return made * np.minimum(1, t / 0.006)


def pluck(pitch: float, seconds: float, seed: int = 1) -> Track:
    """Return a plucked string (Karplus and Strong)."""
    period = round(RATE / pitch)
    ring = np.random.default_rng(seed).uniform(-1, 1, period)
    ring -= ring.mean()
    rounds = []
    for _ in range(round(seconds * RATE) // period + 1):
        rounds.append(ring)
        ring = 0.4985 * (ring + np.roll(ring, -1))
    return np.concatenate(rounds)[: round(seconds * RATE)]


def put(track: Track, made: Track, at: float, loud: float = 1.0) -> None:
    """Add a sound to a track at a time; what hangs over its end begins again at its start."""
    start = round(at * RATE)
    track[:] += loud * _wrapped(made, start, len(track))


def _wrapped(made: Track, start: int, length: int) -> Track:
    room = np.zeros(((start % length + len(made)) // length + 1) * length)
    room[start % length : start % length + len(made)] = made
    return room.reshape(-1, length).sum(axis=0)


def level(track: Track) -> Track:
    """Return the track at the loudness that all clips have."""
    return track * (_LOUD / max(float(np.abs(track).max()), 1e-9))


def swell(seconds: float, rounds: int, power: float = 1.0, shift: float = 0.0) -> Track:
    """Return a slow rise and fall between 0 and 1, ``rounds`` times."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * (rounds * clock(seconds) / seconds + shift))) ** power


def pad(seconds: float, pitches: tuple[float, ...]) -> Track:
    """Return a warm chord that swells and goes."""
    t = clock(seconds)
    made = sum(
        np.sin(2 * np.pi * round(p * seconds) / seconds * t + k)
        + 0.3 * np.sin(4 * np.pi * round(p * seconds) / seconds * t)
        for k, p in enumerate(pitches)
    )
    return made * (0.35 + 0.65 * swell(seconds, 1))
