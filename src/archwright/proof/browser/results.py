"""What Playwright's JSON report says, as typed data: each spec, how it ended, what it left."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from archwright.diagnostics import Diagnostic, DiagnosticError

Status = Literal["passed", "failed", "flaky", "skipped"]
_ENDS: Mapping[str, Status] = {
    "expected": "passed",
    "unexpected": "failed",
    "flaky": "flaky",
    "skipped": "skipped",
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Attachment(_Frozen):
    """What a spec left: a file of the run, or content; ``media`` is its type."""

    name: str
    media: str
    path: Path | None = None
    content: bytes = b""

    def read(self) -> bytes:
        """Return the content; nothing where the file is gone."""
        if self.path is None:
            return self.content
        try:
            return self.path.read_bytes()
        except OSError:
            return b""


class SpecError(_Frozen):
    """Why a spec failed: the words without colours, and where in which file."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0


class SpecResult(_Frozen):
    """One spec: ``file`` is relative to the app; ``notes`` are its annotations by kind."""

    file: str
    line: int
    title: str
    status: Status
    seconds: float
    worker: int = 0
    errors: tuple[SpecError, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: Mapping[str, str] = {}

    @property
    def key(self) -> str:
        """Return what tells a spec from all others, fit for the name of a folder."""
        file = self.file.removeprefix("e2e/").removesuffix(".spec.ts")
        words = re.sub(r"[^a-z0-9]+", "-", f"{file} {self.title}".lower()).strip("-")
        digest = hashlib.sha256(f"{self.file} {self.line} {self.title}".encode()).hexdigest()
        return f"{words[:60].rstrip('-')}-{digest[:6]}"

    def attached(self, name: str) -> tuple[Attachment, ...]:
        """Return the attachments of a name."""
        return tuple(a for a in self.attachments if a.name == name)


class SpecRun(_Frozen):
    """All specs of a run in order of file and line; ``errors`` kept files from being loaded."""

    specs: tuple[SpecResult, ...]
    errors: tuple[SpecError, ...] = ()
    seconds: float = 0.0

    def count(self, status: Status) -> int:
        """Return how many specs ended so."""
        return sum(1 for spec in self.specs if spec.status == status)

    @property
    def passed(self) -> bool:
        """Tell whether every spec that ran passed at once, and at least one did."""
        ends = {spec.status for spec in self.specs}
        return not self.errors and "passed" in ends and not ends & {"failed", "flaky"}


def parse(text: str, folder: Path) -> SpecRun:
    """Read a report about the app in ``folder``. Raises AW-5143 where it is none."""
    try:
        data = json.loads(text)
        specs = [spec for suite in data["suites"] for spec in _specs(suite, folder, ())]
        errors = tuple(_error(e, folder) for e in data.get("errors", ()))
        seconds = float(data["stats"]["duration"]) / 1000
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = f"what Playwright left is no report: {error!r}"
        raise DiagnosticError(Diagnostic("AW-5143", text)) from error
    ordered = tuple(sorted(specs, key=lambda s: (s.file, s.line, s.title)))
    return SpecRun(specs=ordered, errors=errors, seconds=seconds)


def _specs(suite: Mapping[str, Any], folder: Path, groups: tuple[str, ...]) -> Iterator[SpecResult]:
    for spec in suite.get("specs", ()):
        for test in spec["tests"]:
            yield _spec(spec, test, folder, groups)
    for inner in suite.get("suites", ()):
        yield from _specs(inner, folder, (*groups, str(inner["title"])))


def _spec(
    spec: Mapping[str, Any], test: Mapping[str, Any], folder: Path, groups: tuple[str, ...]
) -> SpecResult:
    results = test["results"]
    last = results[-1] if results else {}
    failing = next((r for r in results if r.get("errors")), last)
    return SpecResult(
        file=f"e2e/{spec['file']}",
        line=int(spec["line"]),
        title=" ".join((*groups, str(spec["title"]))),
        status=_ENDS[test["status"]],
        seconds=sum(float(r["duration"]) for r in results) / 1000,
        worker=int(last.get("parallelIndex", 0)),
        errors=tuple(_error(e, folder) for e in failing.get("errors", ())),
        attachments=tuple(_attachment(a) for a in failing.get("attachments", ())),
        notes={str(n["type"]): str(n.get("description", "")) for n in test.get("annotations", ())},
    )


def _error(error: Mapping[str, Any], folder: Path) -> SpecError:
    where = error.get("location") or {}
    file = str(where.get("file", ""))
    for base in (folder, folder.resolve()):
        file = file.removeprefix(f"{base}/")
    return SpecError(
        message=str(error.get("message", "")).replace(f"{folder}/", ""),
        file=file,
        line=int(where.get("line", 0)),
        column=int(where.get("column", 0)),
    )


def _attachment(data: Mapping[str, Any]) -> Attachment:
    body = data.get("body")
    return Attachment(
        name=str(data["name"]),
        media=str(data["contentType"]),
        path=Path(data["path"]) if data.get("path") else None,
        content=base64.b64decode(body) if body else b"",
    )
