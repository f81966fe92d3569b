"""Plain YAML is what the codec's library writes, and what is not plain is left to it."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.blueprint import codec
from archwright.blueprint.plain_yaml import plain_list

ITEM: dict[str, Any] = {
    "name": "Recipe",
    "comment": "What somebody cooks (or bakes), 3 times.",
    "owned": False,
    "attributes": [{"name": "a", "maximum": -3, "values": ["x", "z"]}, {"name": "b"}],
    "unique": [["a", "b"], ["b"]],
    "options": {"limit": 3, "of": {"deep": True}},
}


def test_it_is_what_the_library_writes() -> None:
    found = plain_list([ITEM, {"name": "Cook"}], codec.WIDTH)
    wanted = codec._emit({"entities": codec._shaped("entities", [ITEM, {"name": "Cook"}])})
    assert f"entities:\n{found}" == wanted


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "Null",
        "1.5",
        "",
        " a",
        "a ",
        "a  b",
        "a: b",
        "a #b",
        "it's",
        "é",
        "a\nb",
        "word " * 30,
        None,
        1.5,
        [],
        {},
        [1],
        ["yes"],
        ["a, b"],
        [["a"], 3],
        {"null": "a"},
        {"a": {}},
        [{}],
    ],
)
def test_what_is_not_plain_is_left_to_the_library(value: object) -> None:
    assert plain_list([{"name": value}], codec.WIDTH) is None
