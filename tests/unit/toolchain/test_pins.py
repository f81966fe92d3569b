from __future__ import annotations

import json
import re

import pytest

from archwright.toolchain.pins import pins, resource

EXACT = re.compile(r"\d+\.\d+\.\d+(-[a-z0-9.]+)?")


def test_every_version_is_exact() -> None:
    known = pins()
    for group in (known.app, known.app_dev, known.tools, known.native):
        assert group
        assert all(EXACT.fullmatch(version) for version in group.values())
    assert EXACT.fullmatch(known.postgres_version)


def test_the_browser_is_known_by_its_digest() -> None:
    browser = pins().browser
    assert EXACT.fullmatch(browser.version)
    assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", browser.integrity)
    assert browser.platforms == ("linux-x64",)
    assert browser.package not in pins().versions()


def test_a_package_stands_in_one_group_only() -> None:
    known = pins()
    names = [*known.app, *known.app_dev, *known.tools, *known.native]
    assert len(names) == len(set(names))
    assert list(known.versions()) == sorted([*known.app, *known.app_dev, *known.tools])


@pytest.mark.parametrize("platform", ["linux-x64", "darwin-arm64"])
def test_the_manifest_takes_the_server_of_its_platform_only(platform: str) -> None:
    wanted = pins().manifest(platform)["dependencies"]
    servers = [name for name in wanted if name.startswith("@embedded-postgres/")]
    assert servers == [f"@embedded-postgres/{platform}"]
    assert wanted["react"] == pins().app["react"]


def test_a_platform_without_a_server_still_has_a_manifest() -> None:
    wanted = pins().manifest("plan9-mips")["dependencies"]
    assert not [name for name in wanted if name.startswith("@embedded-postgres/")]


def test_the_pins_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(TypeError):
        pins().app["react"] = "0.0.0"  # type: ignore[index]


def test_the_lock_agrees_with_the_pins_and_names_no_address() -> None:
    text = resource("package-lock.json")
    assert "http" not in text
    packages = json.loads(text)["packages"]
    manifest = pins().manifest("none")
    assert packages[""]["dependencies"] == manifest["dependencies"]
    for name, version in manifest["dependencies"].items():
        locked = packages.get(f"node_modules/{name}")
        assert locked is None or locked["version"] == version
    assert all(entry["integrity"] for name, entry in packages.items() if name)


def test_the_lock_holds_nothing_that_differs_by_platform() -> None:
    packages = json.loads(resource("package-lock.json"))["packages"]
    assert not [name for name, entry in packages.items() if entry.get("optionalDependencies")]
    assert not [name for name, entry in packages.items() if "os" in entry or "cpu" in entry]
    assert not [name for name in pins().native if f"node_modules/{name}" in packages]
