from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archwright.cli.called import to_type


@pytest.mark.parametrize(
    ("argv", "found", "typed"),
    [
        ([".venv/bin/archwright", "build"], None, ".venv/bin/archwright dev 'my app'"),
        ([".venv/bin/archwright", "build"], "/bin/archwright", "archwright dev 'my app'"),
        (["archwright"], None, "archwright dev 'my app'"),
        (["-c"], None, "archwright dev 'my app'"),
        ([], None, "archwright dev 'my app'"),
    ],
)
def test_it_is_called_again_as_it_was(
    monkeypatch: pytest.MonkeyPatch, argv: list[str], found: str | None, typed: str
) -> None:
    monkeypatch.setattr(sys, "argv", argv)
    monkeypatch.setattr("shutil.which", lambda name: found)
    assert to_type("dev", Path("my app")) == typed
