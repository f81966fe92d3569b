from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters import npm_lock
from archwright.adapters.node import current_platform
from archwright.toolchain import pins as pinned


def entry(**more: Any) -> dict[str, Any]:
    return {"version": "1.0.0", "integrity": "sha512-x", "resolved": "https://host/x.tgz", **more}


LOCK = {
    "lockfileVersion": 3,
    "packages": {
        "": {"dependencies": {"plain": "1.0.0"}},
        "node_modules/plain": entry(funding={"url": "https://money"}),
        "node_modules/native": entry(optionalDependencies={"@n/linux": "1", "@n/mac": "1"}),
        "node_modules/@n/linux": entry(os=["linux"]),
        "node_modules/@n/linux/node_modules/deep": entry(),
        "node_modules/@n/linuxoid": entry(),
        "node_modules/server": entry(os=["linux"], cpu=["x64"]),
    },
}


def test_a_portable_lock_has_no_address_and_no_platform() -> None:
    lock = npm_lock.portable(LOCK)
    assert lock["lockfileVersion"] == 3
    assert set(lock["packages"]) == {"", "node_modules/plain", "node_modules/@n/linuxoid"}
    assert "http" not in json.dumps(lock)
    assert lock["packages"]["node_modules/plain"] == {"version": "1.0.0", "integrity": "sha512-x"}


def test_renewing_writes_the_portable_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = pinned.pins().postgres[current_platform()]

    def install(node: object, folder: Path, *, manifest: dict[str, Any], **_: Any) -> None:
        root = {"dependencies": manifest["dependencies"]}
        lock = {**LOCK, "packages": {**LOCK["packages"], "": root}}  # type: ignore[dict-item]
        (folder / "package-lock.json").write_text(json.dumps(lock))

    monkeypatch.setattr("archwright.adapters.npm.install", install)
    monkeypatch.setattr(pinned, "__file__", str(tmp_path / "pins.py"))
    npm_lock.main()
    written = json.loads((tmp_path / "package-lock.json").read_text())
    wanted = written["packages"][""]["dependencies"]
    assert server not in wanted
    assert wanted == dict(pinned.pins().versions())
