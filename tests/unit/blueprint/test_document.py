"""Reading YAML: plain data, places, and what is refused."""

from __future__ import annotations

import pytest

from archwright.blueprint.document import MAX_DEPTH, read


def _one(text: str) -> tuple[str, int, int]:
    _, found = read(text, "blueprint.yaml")
    assert len(found) == 1
    assert found[0].place.source == "blueprint.yaml"
    return found[0].code, found[0].place.line, found[0].place.column


def test_values_and_places() -> None:
    document, found = read("a: 1\nb:\n  - x: true\n    y: 'true'\n  - [0.5, null, -3, ~]\n", "f")
    assert not found
    assert document is not None
    assert document.data == {"a": 1, "b": [{"x": True, "y": "true"}, [0.5, None, -3, None]]}
    assert document.values[("b", 0, "y")] == (4, 8)
    assert document.keys[("b", 0, "y")] == (4, 5)
    assert document.values[("b", 1)] == (5, 5)


@pytest.mark.parametrize("text", ["2001-01-01", "1_000", "yes", "0x1f", "1.2.3", "1e", "=", "é"])
def test_what_only_looks_special_is_text(text: str) -> None:
    document, _ = read(f"a: {text}", "f")
    assert document is not None
    assert document.data == {"a": text}


def test_a_block_of_text() -> None:
    document, _ = read("a: |-\n  one\n\n  two: 2\n", "f")
    assert document is not None
    assert document.data == {"a": "one\n\ntwo: 2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ("AW-2003", 3, 1)),
        ("a: &x 1\nb: *x\n", ("AW-2004", 1, 4)),
        ("a: *x\n", ("AW-2004", 1, 4)),
        ("a: !!python/object:os.system ls\n", ("AW-2004", 1, 4)),
        ("a: !!int '3'\n", ("AW-2004", 1, 4)),
        ("a: " + "[" * 200 + "]" * 200, ("AW-2004", 1, 3 + MAX_DEPTH)),
        ("a: [1, 2\n", ("AW-2002", 2, 1)),
        ("a: b: c\n", ("AW-2002", 1, 5)),
        ("a: 1\nb: \x00\n", ("AW-2002", 2, 4)),
        ("? [x]\n: 1\n", ("AW-2002", 1, 3)),
        ("a: 1\n---\nb: 1\n", ("AW-2002", 2, 1)),
    ],
)
def test_refused(text: str, expected: tuple[str, int, int]) -> None:
    assert _one(text) == expected


def test_too_large_in_bytes() -> None:
    assert _one("a: " + "é" * 600_000)[0] == "AW-2006"
    assert _one("a" * 1_000_001)[0] == "AW-2006"


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    assert _one("\n".join(lines))[:2] == ("AW-2004", 1)


def test_nothing_in_the_file() -> None:
    document, found = read("", "f")
    assert not found
    assert document is not None
    assert document.data is None
