"""What is kept of a run of specs: results, pictures of pages, and what failures left."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from archwright.proof.browser.results import Attachment, SpecResult, SpecRun
from archwright.proof.browser.verdict import feature_of, figures, message_of
from archwright.proof.secret_shapes import masked

FOLDER = ".archwright/evidence/browser"
PARTIAL = f"{FOLDER}/only"
"""Where a run of some features' specs is kept: the whole run's evidence stays as it is."""
RESULTS = "results.json"
MOST_TRACES = 20
"""Failed specs of which the trace is kept; each has some megabytes."""
_THUMB = {"desktop": 240, "phone": 96}
"""Pixels that a small picture is wide."""


@dataclass(frozen=True)
class Kept:
    """Files by path from the app's folder, and by key of a spec where its failure is kept."""

    files: Mapping[str, bytes]
    places: Mapping[str, str]


def keep(run: SpecRun, base: str = FOLDER) -> Kept:
    """Return what is to be kept below ``base``; read before the run's folder goes."""
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for rank, spec in enumerate(s for s in run.specs if s.status in ("failed", "flaky")):
        left = _failure(spec, traced=rank < MOST_TRACES)
        folder = f"{base}/failures/{spec.key}"
        files |= {f"{folder}/{name}": data for name, data in left.items()}
        places[spec.key] = f"{folder}/trace.zip" if "trace.zip" in left else folder
    pages = []
    for spec in run.specs:
        page, shown = _page(spec)
        files |= {f"{base}/{name}": data for name, data in shown.items()}
        pages += [page] if page else []
    data = {
        "figures": figures(run),
        "seconds": round(run.seconds, 1),
        "specs": [_spec(spec, places.get(spec.key, ""), base) for spec in run.specs],
        "pages": pages,
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    return Kept({**files, f"{base}/{RESULTS}": text.encode()}, places)


def stale(root: Path, files: Iterable[str], base: str = FOLDER) -> tuple[str, ...]:
    """Return what an earlier run left below ``base`` of an app that this one does not replace."""
    there = (root / base).rglob("*") if (root / base).is_dir() else ()
    paths = {p.relative_to(root).as_posix() for p in there if p.is_file() and not p.is_symlink()}
    spared = {p for p in paths if base != PARTIAL and p.startswith(f"{PARTIAL}/")}
    return tuple(sorted(paths - spared - {*files}))


def read_results(data: bytes | None) -> Mapping[str, Any] | None:
    """Return kept results; None where there are none, or what is there is damaged."""
    try:
        found = json.loads(data or b"null")
    except (ValueError, RecursionError):
        return None
    whole = isinstance(found, dict) and found.keys() >= {"figures", "seconds", "specs", "pages"}
    return found if whole else None


def _spec(spec: SpecResult, place: str, base: str) -> dict[str, object]:
    return {
        "file": spec.file,
        "line": spec.line,
        "title": spec.title,
        "feature": feature_of(spec.file),
        "status": spec.status,
        "seconds": round(spec.seconds, 2),
        "errors": [masked(message_of(error)) for error in spec.errors],
        "kept": place.removeprefix(f"{base}/"),
    }


def _failure(spec: SpecResult, *, traced: bool) -> dict[str, bytes]:
    said = "\n\n".join(message_of(error) for error in spec.errors)
    left = {"error.txt": f"{spec.file}:{spec.line} {spec.title}\n\n{masked(said)}\n".encode()}
    for rank, picture in enumerate(spec.attached("screenshot"), 1):
        left[f"screenshot-{rank}.png"] = picture.read()
    for trace in spec.attached("trace") if traced else ():
        left["trace.zip"] = trace.read()
    return left


def _page(spec: SpecResult) -> tuple[dict[str, object] | None, dict[str, bytes]]:
    """Return a page of the gallery with its files; None where the spec looked at no page."""
    route = spec.notes.get("route")
    if route is None:
        return None, {}
    files: dict[str, bytes] = {}
    shots = []
    for attachment in spec.attachments:
        words = attachment.name.split()
        if len(words) != 3 or words[0] != "screen":
            continue
        theme, device = words[1:]
        name = f"screens/{spec.key}-{theme}-{device}.webp"
        whole, small = _pictures(attachment, _THUMB.get(device, 240))
        if whole:
            files[name] = whole
            thumb = base64.b64encode(small).decode()
            shots.append({"theme": theme, "device": device, "file": name, "thumb": thumb})
    page: dict[str, object] = {
        "route": route,
        "visitor": spec.notes.get("visitor", ""),
        "status": spec.status,
        "shots": shots,
    }
    return page, files


def _pictures(attachment: Attachment, width: int) -> tuple[bytes, bytes]:
    """Return a picture whole and small, as WebP; nothing where it is none."""
    try:
        with Image.open(io.BytesIO(attachment.read())) as found:
            picture = found.convert("RGB")
    except (OSError, UnidentifiedImageError):
        return b"", b""
    small = picture.resize((width, max(1, picture.height * width // picture.width)))
    return _webp(picture, 80), _webp(small, 60)


def _webp(picture: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=quality, method=4)
    return stream.getvalue()
