"""The short-video platform, phase by phase: links lead to pages, and every page can be reached."""

from __future__ import annotations

import posixpath
import re
from functools import cache

import pytest

from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import Plan, compile_app, make_plan
from archwright.emit.routes import ROUTES
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from subjects.modules import imported_modules

_ROUTE = re.compile(r"path: '([^'*]+)'")
_PLACES = r"(?:\bto=\{?|\bto: |\blink: |\bnavigate\()"
_LINK = re.compile(_PLACES + r"(?:\"(/[^\"]*)\"|'(/[^']*)'|`((?:/|\$\{profilePath)[^`]*)`)")
_ANY = re.compile(r"\"(/[^\"\s]*)\"|'(/[^'\s]*)'|`((?:/|\$\{profilePath)[^`\s]*)`")
_NOT_YET = {
    # A video is unfinished once it can be uploaded, and liked or answered once there are comments.
    "src/features/videos/video-notice.tsx: /upload",
    "src/lib/event-kinds.ts: /video-comments/:id",
}


@cache
def platform() -> Plan:
    catalog, _ = load_catalog()
    blueprint = understand("Build a TikTok clone", from_catalog(catalog)).blueprint
    assert blueprint is not None
    plan, problems = make_plan(materialise(blueprint, catalog), catalog)
    assert plan is not None, problems
    return plan


def shown(phase: int) -> dict[str, str]:
    """Return what the app's pages are made of after a phase: path to text.

    What no page imports yet is there for the next phase, and nobody sees its links.
    """
    compiled, problems = compile_app(platform().after(phase))
    assert compiled is not None, problems
    texts = {d.path: d.text for d in compiled.drafts}
    waiting = [ROUTES] if ROUTES in texts else []
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path in texts and path not in found:
            found[path] = texts[path]
            for wanted in imported_modules(texts[path], "tsx" if path.endswith("x") else "ts"):
                folder = "src" if wanted.startswith("@/") else posixpath.dirname(path)
                name = posixpath.normpath(f"{folder}/{wanted.removeprefix('@/')}")
                waiting += [f"{name}.ts", f"{name}.tsx"]
    return found


def target(found: re.Match[str]) -> str:
    """Return the path that a link leads to; what is put in at run time is one word."""
    text = next(group for group in found.groups() if group is not None)
    text = re.sub(r"\$\{profilePath\([^}]*\)\}", "/u/x", text)
    return re.sub(r"\$\{[^}]*\}", "x", re.split(r"[?#]", text)[0])


def leads_to(path: str, route: str) -> bool:
    parts, wanted = path.split("/"), route.split("/")
    return len(parts) == len(wanted) and all(
        p == w or w.startswith(":") or p in {"x", ":id", ":actor"}
        for p, w in zip(parts, wanted, strict=True)
    )


@pytest.mark.parametrize("phase", range(1, len(platform().phases) + 1))
def test_every_link_leads_to_a_page_that_is_there(phase: int) -> None:
    files = shown(phase)
    routes = [*_ROUTE.findall(files.get(ROUTES, "")), "/"]
    lost = {
        f"{path}: {where}"
        for path, text in files.items()
        if path != ROUTES
        for where in map(target, _LINK.finditer(text))
        if not any(leads_to(where, route) for route in routes)
    }
    last = phase == len(platform().phases)
    assert lost <= (set() if last else _NOT_YET)


def test_every_page_can_be_reached() -> None:
    files = shown(len(platform().phases))
    routes = _ROUTE.findall(files.pop(ROUTES))
    assert len(routes) > 20
    linked = {target(found) for text in files.values() for found in _ANY.finditer(text)}
    assert [r for r in routes if not any(leads_to(where, r) for where in linked)] == []
