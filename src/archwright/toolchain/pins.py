"""The pinned npm packages, read as data: no Node, no network, no cache needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class BrowserPin:
    """The npm package with Chromium: its digest as npm tells it, and the platforms it is for."""

    package: str
    version: str
    integrity: str
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pins:
    """Exact versions by package name, apart by what they are for.

    ``app`` and ``app_dev`` are what an emitted ``package.json`` may take from (dependencies and
    devDependencies); ``tools`` are Archwright's own; ``native`` are packages that others pull in
    and that no lock file can hold for all platforms; ``postgres`` maps a platform such as
    ``linux-x64`` to the package with its PostgreSQL server, at ``postgres_version``. ``browser``
    is fetched on its own, by those who need it.
    """

    app: Mapping[str, str]
    app_dev: Mapping[str, str]
    tools: Mapping[str, str]
    native: Mapping[str, str]
    postgres: Mapping[str, str]
    postgres_version: str
    browser: BrowserPin

    def versions(self) -> Mapping[str, str]:
        """Return all packages that do not depend on the platform, sorted by name."""
        return MappingProxyType(dict(sorted({**self.app, **self.app_dev, **self.tools}.items())))

    def manifest(self, platform: str) -> dict[str, Any]:
        """Return the ``package.json`` that is installed into the cache on ``platform``."""
        wanted = dict(self.versions())
        if platform in self.postgres:
            wanted[self.postgres[platform]] = self.postgres_version
        return {
            "name": "archwright-toolchain",
            "version": "0.0.0",
            "private": True,
            "type": "module",
            "dependencies": dict(sorted(wanted.items())),
            "overrides": dict(self.native),
        }


@cache
def pins() -> Pins:
    """Return the pinned versions that ship with this version of Archwright."""
    data = json.loads(resource("packages.json"))
    return Pins(
        app=MappingProxyType(data["app"]),
        app_dev=MappingProxyType(data["app_dev"]),
        tools=MappingProxyType(data["tools"]),
        native=MappingProxyType(data["native"]),
        postgres=MappingProxyType(data["postgres"]["platforms"]),
        postgres_version=data["postgres"]["version"],
        browser=BrowserPin(**{**data["browser"], "platforms": tuple(data["browser"]["platforms"])}),
    )


def resource(name: str) -> str:
    """Return the text of a data file of this package, such as ``sql/auth.sql``."""
    return files("archwright.toolchain").joinpath(name).read_text(encoding="utf-8")
