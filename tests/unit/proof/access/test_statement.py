from datetime import date

import pytest

from archwright.proof.access.statement import Keys, value_literal, value_text

ONE = Keys(("id",), ("uuid",), [("a",), ("b",)])
TWO = Keys(("user", "kind"), ("uuid", "public.kind"), [("a", "x"), ("b", None)])


@pytest.mark.parametrize(
    ("value", "text", "quoted"),
    [
        (None, None, "null"),
        (True, "true", "true"),
        (False, "false", "false"),
        ("it's", "it's", "'it''s'"),
        (date(2024, 1, 2), "2024-01-02", "'2024-01-02'"),
        ({"a": 1}, '{"a": 1}', "'{\"a\": 1}'"),
        (["a", 'b"c'], '{"a","b\\"c"}', 'e\'{"a","b\\\\"c"}\''),
    ],
)
def test_values_as_sql(value: object, text: str | None, quoted: str) -> None:
    assert value_text(value) == text
    assert value_literal(value) == quoted


def test_one_row_by_its_key() -> None:
    assert ONE.at(1) == ("id = $1", ("b",))
    assert TWO.at(0, first=3) == ('"user" = $3 and kind = $4', ("a", "x"))


def test_several_rows_by_their_keys() -> None:
    assert ONE.among([0, 1]) == ("id = any ($1::uuid[])", ('{"a","b"}',))
    assert ONE.among([]) == ("id = any ($1::uuid[])", ("{}",))
    where, values = TWO.among([0, 1], first=2)
    assert where == '("user", kind) in (select * from unnest($2::uuid[], $3::public.kind[]))'
    assert values == ('{"a","b"}', '{"x",null}')
