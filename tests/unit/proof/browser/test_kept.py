"""What is kept: results, pictures small and whole, traces of failures; and what is old goes."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

from archwright.proof.browser.kept import (
    FOLDER,
    MOST_TRACES,
    PARTIAL,
    Kept,
    keep,
    read_results,
    stale,
)
from archwright.proof.browser.results import parse
from subjects.spec_report import attached, error, picture, report, spec

APP = Path("/apps/clips")
NOTES = {"route": "/u/:handle", "visitor": "lena"}


def kept(*specs: dict[str, Any], base: str = FOLDER) -> tuple[Kept, dict[str, Any]]:
    found = keep(parse(report({"a.spec.ts": specs}), APP), base)
    return found, json.loads(found.files[f"{base}/results.json"])


def test_a_page_is_kept_whole_and_small() -> None:
    shots = [
        attached("screen light desktop", picture(640, 400)),
        attached("screen dark phone", picture(360, 740)),
        attached("screen", picture()),
        attached("screen dark desktop", b"no picture"),
    ]
    found, data = kept(spec("page", attachments=shots, notes=NOTES))
    (page,) = data["pages"]
    assert (page["route"], page["visitor"], page["status"]) == ("/u/:handle", "lena", "passed")
    assert [(s["theme"], s["device"]) for s in page["shots"]] == [
        ("light", "desktop"),
        ("dark", "phone"),
    ]
    for shot, width in zip(page["shots"], (240, 96), strict=True):
        with Image.open(io.BytesIO(base64.b64decode(shot["thumb"]))) as small:
            assert (small.format, small.width) == ("WEBP", width)
        with Image.open(io.BytesIO(found.files[f"{FOLDER}/{shot['file']}"])) as whole:
            assert whole.width in (640, 360)


def test_a_spec_that_looks_at_no_page_is_not_in_the_gallery() -> None:
    _, data = kept(spec("x", attachments=[attached("screen light phone", picture())]))
    assert data["pages"] == []
    assert data["specs"][0]["feature"] == "a"


def test_what_a_failure_left_is_kept(tmp_path: Path) -> None:
    (tmp_path / "trace.zip").write_bytes(b"zip")
    left = [
        attached("trace", tmp_path / "trace.zip", "application/zip"),
        attached("screenshot", picture()),
        attached("screenshot", picture()),
    ]
    secret = "sb_secret_0123456789abcdefghij"
    failed = spec("x", "unexpected", errors=[error(f"no {secret}")], attachments=left)
    found, data = kept(failed, spec("fine", line=9))
    (entry, fine) = data["specs"]
    folder = f"{FOLDER}/{entry['kept'].removesuffix('/trace.zip')}"
    assert {p.removeprefix(f"{folder}/") for p in found.files if p.startswith(folder)} == {
        "error.txt",
        "screenshot-1.png",
        "screenshot-2.png",
        "trace.zip",
    }
    assert found.files[f"{folder}/trace.zip"] == b"zip"
    assert list(found.places.values()) == [f"{folder}/trace.zip"]
    assert (fine["status"], fine["kept"]) == ("passed", "")
    assert secret not in str(found.files)


def test_traces_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "trace.zip").write_bytes(b"zip")
    many = [
        spec(f"x{n}", "unexpected", attachments=[attached("trace", tmp_path / "trace.zip")])
        for n in range(MOST_TRACES + 2)
    ]
    found, _ = kept(*many)
    assert sum(path.endswith("trace.zip") for path in found.files) == MOST_TRACES
    assert sum(path.endswith("error.txt") for path in found.files) == MOST_TRACES + 2


def test_what_an_earlier_run_left_goes_and_partial_runs_stay_apart(tmp_path: Path) -> None:
    for name in ("results.json", "screens/a.webp", "failures/x/trace.zip", "only/results.json"):
        path = tmp_path / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    assert stale(tmp_path, [f"{FOLDER}/results.json"]) == (
        f"{FOLDER}/failures/x/trace.zip",
        f"{FOLDER}/screens/a.webp",
    )
    assert stale(tmp_path, [], PARTIAL) == (f"{PARTIAL}/results.json",)
    assert stale(tmp_path / "none", []) == ()


def test_damaged_results_are_none() -> None:
    found, data = kept(spec("x"))
    assert read_results(found.files[f"{FOLDER}/results.json"]) == data
    for broken in (None, b"", b"{", b"[]", b"{}", b'{"specs": []}'):
        assert read_results(broken) is None
