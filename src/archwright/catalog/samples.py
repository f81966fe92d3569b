"""Sample files of packs: pictures and clips that rows of the seed name, for the preview only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archwright.catalog.instance import Expansion
from archwright.catalog.pack import Pack, SampleFile
from archwright.catalog.rename import rename
from archwright.diagnostics import Diagnostic, Place

MAX_SAMPLE = 1_000_000
"""Most bytes of one sample file."""
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(rf"[a-z_][a-z0-9_]*/{_ID}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+")
# By ending: the media type, where its mark stands in the file, and the mark.
_KINDS = {
    ".jpg": ("image/jpeg", 0, b"\xff\xd8\xff"),
    ".mp4": ("video/mp4", 4, b"ftyp"),
    ".png": ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ".webm": ("video/webm", 0, b"\x1a\x45\xdf\xa3"),
    ".webp": ("image/webp", 8, b"WEBP"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample file in an app: its object's bucket and path, and the columns that may name it."""

    bucket: str
    path: str
    file: Path
    media: str
    named_in: tuple[str, ...]


def samples_of(expansion: Expansion) -> tuple[Sample, ...]:
    """Return the sample files of an app's packs, by bucket and path."""
    found: dict[tuple[str, str], Sample] = {}
    for instance in expansion.instances:
        if instance.pack is None or instance.each:
            continue
        for item in instance.pack.samples:
            bucket = item.bucket
            if instance.target is not None:
                bucket = rename(bucket, "toml", instance.target.forms)
            named_in = instance.manifest.samples[bucket].named_in
            found[bucket, item.path] = Sample(bucket, item.path, item.file, item.media, named_in)
    return tuple(sample for _, sample in sorted(found.items()))


def read_samples(folder: Path, source: str, problems: list[Diagnostic]) -> tuple[SampleFile, ...]:
    """Return the files below ``samples/`` by path; what cannot be one joins ``problems``."""
    root = folder / "samples"
    paths = [root] if root.is_symlink() else sorted(root.rglob("*")) if root.is_dir() else []
    found: list[SampleFile] = []
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(folder).as_posix()
        read = _sample(path, name.removeprefix("samples/"))
        if isinstance(read, SampleFile):
            found.append(read)
        else:
            problems.append(Diagnostic(read[0], read[1], Place(f"{source}/{name}")))
    return tuple(found)


def _sample(path: Path, name: str) -> SampleFile | tuple[str, str]:
    """Return the file, or (a code, what is wrong with it)."""
    if path.is_symlink() or not path.is_file():
        return "AW-3006", "a pack holds plain files only"
    if not _PATH.fullmatch(name):
        return "AW-3016", "a sample lies at samples/<bucket>/<owner's id>/<name>"
    if path.suffix not in _KINDS:
        return "AW-3016", "a sample is one of " + ", ".join(sorted(_KINDS))
    media, at, mark = _KINDS[path.suffix]
    try:
        size, head = path.stat().st_size, _head(path, at + len(mark))
    except OSError as error:
        return "AW-3004", f"cannot read the file: {error.strerror}"
    if size > MAX_SAMPLE or head[at:] != mark:
        large = "AW-3005", f"a sample has at most {MAX_SAMPLE:,} bytes"
        return large if size > MAX_SAMPLE else ("AW-3016", f"the content is not {media}")
    bucket, _, rest = name.partition("/")
    return SampleFile(bucket, rest, path, media, size)


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def check_samples(pack: Pack) -> Iterator[Diagnostic]:
    """Yield AW-3016 and AW-3017: files that their bucket would refuse, names that nothing has."""
    manifest = pack.manifest
    for name, spec in manifest.samples.items():
        place = Place(f"{pack.source}/pack.toml", ("samples", name))
        if name not in manifest.buckets:
            yield Diagnostic("AW-3017", f"the pack has no bucket {name!r}", place)
        for column in spec.named_in:
            table, _, last = column.partition(".")
            if table not in manifest.tables or last not in manifest.tables[table].columns:
                yield Diagnostic("AW-3017", f"the pack makes no column {column}", place)
    for item in pack.samples:
        place = Place(f"{pack.source}/samples/{item.bucket}/{item.path}")
        bucket = manifest.buckets.get(item.bucket)
        if bucket is None or item.bucket not in manifest.samples:
            text = f"nothing under [samples] says who names the files of {item.bucket!r}"
            yield Diagnostic("AW-3016", text, place)
        elif item.media not in bucket.types and f"{item.media.split('/')[0]}/*" not in bucket.types:
            hint = "It takes " + ", ".join(bucket.types)
            yield Diagnostic("AW-3016", f"the bucket takes no {item.media}", place, hint)
        elif item.size > bucket.limit:
            text = f"the bucket takes at most {bucket.limit:,} bytes"
            yield Diagnostic("AW-3016", text, place)
