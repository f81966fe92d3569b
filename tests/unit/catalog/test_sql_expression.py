"""SQL fragments: nothing hides behind one."""

from __future__ import annotations

import pytest

from archwright.catalog.sql_expression import (
    expression_error,
    index_column_error,
    keyword_end,
    only_statement,
)


@pytest.mark.parametrize(
    "sql",
    [
        "now()",
        "'a;--/*'",
        "(select 1)",
        "array[1, 2]",
        'a collate "C"',
        "caption = btrim(caption)",
        "num_nonnulls(@each(thing_id)) = 1",
        "$$ ; $$",
    ],
)
def test_one_expression_is_fine(sql: str) -> None:
    assert expression_error(sql) is None


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "1) + (2",
        "1, 2",
        "1; select 2",
        "1 -- x",
        "1 /* x */",
        "select 1",
        "with x as (select 1) select 1",
        "1 from pg_authid",
        "1 as x",
        "(1",
        "$1",
        "'abc",
        "1\x00",
        "x order by 1",
    ],
)
def test_anything_else_is_told(sql: str) -> None:
    assert expression_error(sql)


@pytest.mark.parametrize("sql", ["created_at desc nulls last", "lower(title)", "a gin_trgm_ops"])
def test_index_columns(sql: str) -> None:
    assert index_column_error(sql) is None


@pytest.mark.parametrize("sql", ["a, b", "a) where (true", "a desc desc", "a; b"])
def test_what_is_no_index_column(sql: str) -> None:
    assert index_column_error(sql)


def test_one_statement_loses_what_follows_it_and_keeps_what_is_before() -> None:
    tree, text = only_statement("-- é why\nselect 1; ; -- done\n")
    assert type(tree).__name__ == "SelectStmt"
    assert text == "-- é why\nselect 1"


@pytest.mark.parametrize("sql", ["", "select 1; select 2", "selec 1", "select '\x00'"])
def test_what_is_not_one_statement(sql: str) -> None:
    with pytest.raises(ValueError, match=r"statement|SQL"):
        only_statement(sql)


def test_keywords_are_found_behind_comments() -> None:
    sql = "-- create function\nCREATE  function x"
    end = keyword_end(sql, "create", "function")
    assert end is not None
    assert sql[end:] == " x"
    assert keyword_end(sql, "drop", "function") is None
