"""Encodes frames and sound as MP4 that plays in every browser, and pictures as WebP."""

from __future__ import annotations

import subprocess
import tempfile
import wave
from collections.abc import Iterable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

from sample_media.canvas import HEIGHT, WIDTH

FPS, RATE = 24, 44100
MOST = 150_000
"""Most bytes of a clip: the quality goes down until it fits."""


def clip(frames: Iterable[Image.Image], sound: np.ndarray, out: Path) -> tuple[int, int]:
    """Write an MP4 (H.264 baseline, AAC, index first); return its bytes and quality (22 is best).

    ``sound`` holds samples from -1 to 1 at ``RATE``. One thread and no metadata: the same
    encoder writes the same bytes.
    """
    raw = b"".join(np.asarray(frame.convert("RGB")).tobytes() for frame in frames)
    with tempfile.TemporaryDirectory() as folder:
        track = Path(folder) / "sound.wav"
        _wave(sound, track)
        for quality in range(22, 38):
            _ffmpeg(raw, track, quality, out)
            if out.stat().st_size <= MOST:
                return out.stat().st_size, quality
    raise RuntimeError(f"{out.name} does not fit into {MOST} bytes")


def picture(image: Image.Image, out: Path, quality: int = 82) -> int:
    """Write a WebP and return its bytes."""
    image.convert("RGB").save(out, "WEBP", quality=quality, method=6)
    return out.stat().st_size


def _wave(sound: np.ndarray, out: Path) -> None:
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).round().astype("<i2").tobytes())


def _ffmpeg(raw: bytes, track: Path, quality: int, out: Path) -> None:
    frames = f"-f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {FPS} -i pipe:0".split()
    video = (
        "-c:v libx264 -profile:v baseline -level 3.0 -pix_fmt yuv420p -preset slow -threads 1"
        " -g 300 -colorspace bt709 -color_primaries bt709 -color_trc bt709"
        " -vf scale=out_color_matrix=bt709:out_range=tv"
    ).split()
    audio = "-c:a aac -b:a 40k -ac 1".split()
    plain = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact".split()
    end = ["-shortest", "-movflags", "+faststart", "-y", str(out)]
    program = imageio_ffmpeg.get_ffmpeg_exe()
    command = [program, "-loglevel", "error", *frames, "-i", str(track), *video]
    command += ["-crf", str(quality), *audio, *plain, *end]
    subprocess.run(command, input=raw, check=True)
