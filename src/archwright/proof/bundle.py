"""The gate that builds the app for production and looks at what comes out."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.ports import Finished
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import (
    Findings,
    ToolCrashError,
    at,
    crashed,
    measure,
    plain,
    read_json,
)
from archwright.proof.secret_shapes import secret_shapes

CODE = "AW-5106"
OUT = ".cache/dist"
LARGEST_ENTRY = 200 * 1024
"""Bytes, compressed by gzip, of the entry chunk: the app's own start."""
LARGEST_INITIAL = 300 * 1024
"""Bytes, compressed by gzip, of all scripts before the first page: the entry and its imports.

React, the router and supabase-js alone make 200 KB of it, in chunks that stay cached.
"""
_ENVIRONMENT = {
    "VITE_SUPABASE_URL": "https://example.supabase.co",
    "VITE_SUPABASE_PUBLISHABLE_KEY": "sb_publishable_for_the_build_gate",
}
_DYNAMIC = re.compile(r"\bimport\(\s*(['\"])(?P<path>(?:@/|\./|\.\./)[^'\"]+)\1\s*\)")
_FAILED_AT = re.compile(
    r"(?P<file>\bsrc/[\w./-]+\.(?:tsx?|css))(?::(?P<line>\d+):(?P<column>\d+))?"
)
_TEXT = frozenset({".js", ".css", ".html", ".json", ".svg", ".map", ".txt", ".webmanifest"})


class BundleGate:
    """``vite build`` into the folder's cache: one chunk a lazy route, a small entry, no secret."""

    name = "bundle"

    def check(self, subject: Subject) -> Evidence:
        """Build, then read the manifest and every file of the result."""
        return measure(self.name, "vite", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    done = _build(subject)
    if done.code != 0:
        text = plain(done.stderr.strip() or done.stdout.strip())
        match = _FAILED_AT.search(text)
        if match is None:
            raise crashed("vite build", done)
        place = at(match["file"], int(match["line"] or 0), int(match["column"] or 0))
        said = text.partition("\n    at ")[0].removeprefix("error during build:").strip()
        return Findings([Diagnostic(CODE, said[:1500], place)])
    dist = subject.folder / OUT
    manifest = dist / ".vite" / "manifest.json"
    if not manifest.is_file():
        raise ToolCrashError("vite build left no manifest; set build.manifest in vite.config.ts")
    chunks: Mapping[str, Any] = read_json(manifest.read_text(encoding="utf-8"), "vite", done)
    lazy = lazy_modules(subject)
    sizes = _sizes(chunks, dist)
    problems = [*_routes(chunks, lazy), *_start(sizes), *_secrets(dist)]
    return Findings(problems, {"lazy_modules": len(lazy), **sizes})


def _build(subject: Subject) -> Finished:
    """Build; in the last phase by the command that the app's owner has, in a process of its own."""
    tools, folder = subject.toolchain, subject.folder
    if subject.last:
        arguments = ("build", "--outDir", OUT, "--emptyOutDir", "--logLevel", "warn")
        return tools.tool("vite", arguments, folder, env=_ENVIRONMENT)
    request = {"build": {"outDir": OUT, "emptyOutDir": True}}
    return tools.ask("vite", request, folder, env=_ENVIRONMENT)


def lazy_modules(subject: Subject) -> dict[str, str]:
    """Return the modules that are imported on demand, each with the file that asks for it."""
    sources = {d.path for d in subject.drafts}
    found: dict[str, str] = {}
    for draft in subject.drafts:
        if not draft.path.startswith("src/") or not draft.path.endswith((".ts", ".tsx")):
            continue
        if ".test." in draft.path:
            continue
        for match in _DYNAMIC.finditer(draft.text):
            base = _resolve(draft.path, match["path"])
            names = (base, f"{base}.tsx", f"{base}.ts", f"{base}/index.tsx", f"{base}/index.ts")
            path = next((name for name in names if name in sources), None)
            if path:
                found.setdefault(path, draft.path)
    return dict(sorted(found.items()))


def _resolve(importer: str, name: str) -> str:
    if name.startswith("@/"):
        return "src/" + name[2:]
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / name).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _routes(chunks: Mapping[str, Any], lazy: Mapping[str, str]) -> Iterator[Diagnostic]:
    owner: dict[str, str] = {}
    for path, importer in lazy.items():
        chunk = chunks.get(path)
        if chunk is None or not chunk.get("isDynamicEntry"):
            text = f"{path} is loaded on demand here but lies in a chunk with other code"
            hint = f"look for a file that imports {path} directly"
            yield Diagnostic(CODE, text, at(importer), hint)
        elif chunk["file"] in owner:
            text = f"{path} shares its chunk with {owner[chunk['file']]}"
            yield Diagnostic(CODE, text, at(importer))
        else:
            owner[chunk["file"]] = path


def _sizes(chunks: Mapping[str, Any], dist: Path) -> dict[str, int]:
    """Return counts and bytes; ``initial`` is the entry with all that it imports directly."""
    entries = [key for key, chunk in chunks.items() if chunk.get("isEntry")]
    initial: set[str] = set()
    pending = list(entries)
    while pending:
        key = pending.pop()
        if key not in initial:
            initial.add(key)
            pending += chunks[key].get("imports", [])
    scripts = sorted({str(chunk["file"]) for chunk in chunks.values()})
    compressed = {name: len(gzip.compress((dist / name).read_bytes(), 9)) for name in scripts}
    styles = {style for key in initial for style in chunks[key].get("css", [])}
    return {
        "chunks": len(scripts),
        "entry_gzip_bytes": sum(compressed[str(chunks[key]["file"])] for key in entries),
        "initial_gzip_bytes": sum(compressed[f] for f in {str(chunks[k]["file"]) for k in initial}),
        "styles_gzip_bytes": sum(len(gzip.compress((dist / s).read_bytes(), 9)) for s in styles),
        "largest_lazy_gzip_bytes": max(
            (compressed[str(c["file"])] for c in chunks.values() if c.get("isDynamicEntry")),
            default=0,
        ),
        "total_bytes": sum(p.stat().st_size for p in dist.rglob("*") if p.is_file()),
    }


def _start(sizes: Mapping[str, int]) -> Iterator[Diagnostic]:
    limits = (
        ("entry_gzip_bytes", "the entry chunk is", LARGEST_ENTRY),
        ("initial_gzip_bytes", "the scripts before the first page are", LARGEST_INITIAL),
    )
    for name, words, most in limits:
        if sizes[name] > most:
            text = f"{words} {sizes[name] // 1024} KB compressed; at most {most // 1024} KB"
            hint = "load large pages or libraries on demand"
            yield Diagnostic(CODE, text, at("src/main.tsx"), hint)


def _secrets(dist: Path) -> Iterator[Diagnostic]:
    for path in sorted(p for p in dist.rglob("*") if p.suffix in _TEXT):
        text = path.read_text(encoding="utf-8", errors="replace")
        for shape in secret_shapes(text):
            name = path.relative_to(dist).as_posix()
            message = f"a {shape.kind} is in the bundle, where everyone can read it"
            hint = "keep it in an Edge Function's environment, and replace it: it has leaked"
            yield Diagnostic(CODE, message, at(f"dist/{name}", shape.line), hint)
