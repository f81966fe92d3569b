"""``archwright dev --watch``: the Blueprint of an app that runs is edited, and the app has it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from subjects.command_line import clean_environment
from subjects.running_dev import MAIN, Dev, left_running, until

pytestmark = [pytest.mark.live, pytest.mark.slow]

BLUEPRINT = """
app: {name: Smalltalk, slug: smalltalk}
features:
  - use: auth
"""


def test_a_feature_that_is_added_is_there(tmp_path: Path) -> None:
    app, file = tmp_path / "smalltalk", tmp_path / "smalltalk.yaml"
    file.write_text(BLUEPRINT)
    argv = ["build", "--blueprint", str(file), "--out", str(app), "--gates", "fast", "--yes"]
    built = [sys.executable, "-c", MAIN, *argv]
    subprocess.run(built, env=clean_environment(), check=True, capture_output=True)
    with Dev(app, "--watch", patience=900) as dev:
        dev.started()
        assert dev.ask("/rest/v1/profiles?select=handle")[0] == 404
        blueprint = app / "blueprint.yaml"
        text = blueprint.read_text()
        blueprint.write_text(text.replace("- use: auth\n", "- use: auth\n  - use: profiles\n"))
        said = dev.hears("up to date")
        assert "not built;" not in said  # what a failed build ends with
        until(lambda: dev.ask("/rest/v1/profiles?select=handle") == (200, []))
        assert "profiles" in dev.page("/src/app/routes.tsx")
        assert dev.end(signal.SIGINT) == 0
    until(lambda: not left_running(app))
