"""SQL is composed without pasting values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.rest.conditions import array_literal
from archwright.stack.rest.sql import build, ident, join, raw, value


@given(st.text(), st.text())
def test_values_never_become_sql_text(name: str, text: str) -> None:
    out = build("select {} = {}", ident(name), value(text, "text"))
    quoted = '"' + name.replace('"', '""').replace("%", "%%") + '"'
    assert out.text == f"select {quoted} = %s::text"
    assert out.params == (text,)


def test_a_template_and_its_parts_must_fit() -> None:
    with pytest.raises(AssertionError):
        build("{} {}", raw("a"))
    assert join(" and ", [value(1), value(2)]).params == (1, 2)
    assert build("5 % 2 = {}", value(1)).text == "5 %% 2 = %s"


@given(st.lists(st.text(), max_size=5))
def test_array_literals_come_back(values: list[str]) -> None:
    literal = array_literal(tuple(values))
    found, at = [], 1
    while at < len(literal) - 1:
        assert literal[at] == '"'
        at, out = at + 1, ""
        while literal[at] != '"':
            at += literal[at] == "\\"
            out += literal[at]
            at += 1
        found.append(out)
        at += 2
    assert found == values
