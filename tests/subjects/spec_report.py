"""Reports as Playwright writes them, made small."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image


def picture(width: int = 64, height: int = 40) -> bytes:
    """Return a PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#3366cc").save(stream, "PNG")
    return stream.getvalue()


def attached(name: str, content: bytes | Path, media: str = "image/png") -> dict[str, Any]:
    """Return an attachment, as a file or as content."""
    if isinstance(content, Path):
        return {"name": name, "contentType": media, "path": str(content)}
    return {"name": name, "contentType": media, "body": base64.b64encode(content).decode()}


def error(message: str, file: Path | str = "", line: int = 0) -> dict[str, Any]:
    """Return an error, with its place where there is one."""
    if not file:
        return {"message": message}
    return {"message": message, "location": {"file": str(file), "line": line, "column": 3}}


def spec(
    title: str,
    status: str = "expected",
    *,
    line: int = 5,
    errors: Sequence[Mapping[str, Any]] = (),
    attachments: Sequence[Mapping[str, Any]] = (),
    notes: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return one spec with one run."""
    result = {
        "duration": 1500,
        "parallelIndex": 1,
        "errors": list(errors),
        "attachments": list(attachments),
    }
    annotations = [{"type": k, "description": v} for k, v in (notes or {}).items()]
    tests = [{"status": status, "results": [result], "annotations": annotations}]
    return {"title": title, "file": "", "line": line, "tests": tests}


def report(
    files: Mapping[str, Sequence[Mapping[str, Any]]], errors: Sequence[Mapping[str, Any]] = ()
) -> str:
    """Return a whole report: specs by file, as a path below ``e2e``."""
    suites = [
        {"title": name, "file": name, "specs": [{**s, "file": name} for s in specs]}
        for name, specs in files.items()
    ]
    return json.dumps({"suites": suites, "errors": list(errors), "stats": {"duration": 4200.0}})
