from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.proof.paths import LONGEST, collisions, path_problem


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", "empty"),
        ("/etc/passwd", "absolute"),
        ("C:/a", "absolute"),
        ("../a", "out of the app"),
        ("src/../../a", "out of the app"),
        ("src/./a", "empty part"),
        ("src//a", "empty part"),
        ("src/", "empty part"),
        ("src\\a", "backslash"),
        ("src/a\0", "control"),
        ("src/a\n", "control"),
        ("src/a?.ts", "not every system"),
        ("src/con.ts", "Windows"),
        ("src/LPT1", "Windows"),
        ("src/a.", "dot or a space"),
        ("src/ a", "dot or a space"),
        (".git/config", "not for generated"),
        ("node_modules/x", "not for generated"),
        ("src/" + "ü" * 100, "longer than 200 bytes"),
    ],
)
def test_paths_that_are_refused(path: str, problem: str) -> None:
    assert problem in path_problem(path)


@pytest.mark.parametrize(
    "path",
    ["index.html", ".env.example", "src/app/routes.tsx", "src/console.ts", ".archwright/base.json"],
)
def test_paths_that_are_fine(path: str) -> None:
    assert path_problem(path) == ""


@given(st.text(max_size=LONGEST))
def test_no_accepted_path_leaves_its_folder(path: str) -> None:
    if not path_problem(path):
        parts = path.split("/")
        assert ".." not in parts
        assert all(parts)


def test_collisions() -> None:
    assert list(collisions(["a.ts", "b.ts", "c/d.ts"])) == []
    assert list(collisions(["src/A.ts", "src/a.ts"])) == [("src/A.ts", "src/a.ts")]
    assert list(collisions(["a", "a"])) == [("a", "a")]
    assert list(collisions(["Src", "src/x.ts"])) == [("Src", "src/x.ts")]
