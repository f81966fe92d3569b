"""What the typed strings of manifests may hold."""

from __future__ import annotations

import pytest

from archwright.catalog.manifest_text import path_error, words_error


@pytest.mark.parametrize("path", ["src/a-b.tsx", ".env.example", "src/[id]/$x.ts", ".gitignore"])
def test_paths_of_an_app(path: str) -> None:
    assert path_error(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x.ts",
        "src/../../x.ts",
        "src/./x.ts",
        "a b.ts",
        "a\nb.ts",
        "a'.ts",
        ".git/hooks/x.json",
        ".GIT/x.json",
        ".archwright/journal.json",
        "node_modules/x.js",
        "supabase/migrations/1.sql",
        "dist",
    ],
)
def test_paths_that_no_pack_writes(path: str) -> None:
    assert path_error(path)


@pytest.mark.parametrize("label", ["clip", "recipe book", "Kid’s toy", "R&D note", "Übung 2"])
def test_words(label: str) -> None:
    assert words_error(label) is None


@pytest.mark.parametrize("label", ["a*/", "it's", '"', "<b>", "{x}", "a\nb", " a", "`x`", "$x", ""])
def test_labels_that_would_break_text(label: str) -> None:
    assert words_error(label)
