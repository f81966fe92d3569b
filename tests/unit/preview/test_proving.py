"""A front end that cannot be built ends a run before any platform is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.ports import BrowserProgram, SpecsWanted
from archwright.preview.front import PLACEHOLDER
from archwright.preview.proving import DIST, LocalBrowsing
from subjects.canned import Canned, said
from subjects.tiny import write


def no_postgres() -> Any:
    return None


def browser() -> BrowserProgram:
    return BrowserProgram(Path("/b/chromium"), "153.0")


def test_what_vite_says_is_told(tmp_path: Path) -> None:
    app = write(tmp_path, {"package.json": "{}", "supabase/config.toml": ""})
    tools = Canned(said(stderr=f"error in {app}/src/main.tsx", code=1))
    browsing = LocalBrowsing(tools, no_postgres(), browser, lambda _: ())
    with pytest.raises(DiagnosticError) as caught:
        browsing.run(app, SpecsWanted())
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (
        "AW-5143",
        "the front end cannot be built: error in src/main.tsx",
    )
    assert tools.calls[0][:4] == ("vite", "build", "--outDir", DIST)
    assert tools.environments[0]["VITE_SUPABASE_URL"] == PLACEHOLDER
    key = tools.environments[0]["VITE_SUPABASE_PUBLISHABLE_KEY"]
    assert key.startswith("sb_publishable_")


def test_a_folder_without_an_app_is_refused(tmp_path: Path) -> None:
    browsing = LocalBrowsing(Canned(said()), no_postgres(), browser, lambda _: ())
    with pytest.raises(DiagnosticError) as caught:
        browsing.run(tmp_path, SpecsWanted())
    assert caught.value.diagnostics[0].code == "AW-7008"
