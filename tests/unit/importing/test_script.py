"""A psql script is cut where statements end, and nowhere else; psql's commands do nothing."""

from __future__ import annotations

import pytest

from archwright.importing.script import cut


def told(text: str) -> list[tuple[int, str]]:
    script = cut(text, "x.sql")
    assert not script.problems, script.problems
    return [(s.line, " ".join(s.sql.split())) for s in script.statements]


def test_statements_have_their_lines() -> None:
    text = """-- a; b
select 'a;''b' as "c;d";
/* ; /* nested; */ */
select $x$ ; $$ ; $x$,
  e'\\';' ;

\\restrict abc
select a[1];
select 1"""
    assert told(text) == [
        (2, "select 'a;''b' as \"c;d\""),
        (4, "select $x$ ; $$ ; $x$, e'\\';'"),
        (8, "select a[1]"),
        (9, "select 1"),
    ]


def test_rows_are_passed_over() -> None:
    text = "COPY t (a) FROM stdin;\nit's; (\n\\N $$\n\\.\n\nselect 1;\n"
    script = cut(text, "x.sql")
    assert [s.line for s in script.statements] == [1, 6]
    assert script.rows == 2
    assert not script.problems


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("select 1;\nselect 'x;\n", "AW-1403", 2),
        ('\nselect "x;\n', "AW-1403", 2),
        ("select $a$ x", "AW-1403", 1),
        ("\n\n/* /* */ x", "AW-1403", 3),
        ("copy t from stdin;\n1\n2\n", "AW-1403", 1),
        ("select 1;\n\\! rm -rf ~\n", "AW-1412", 2),
        ("select 1;\n\\i other.sql\n", "AW-1412", 2),
        ("\\copy t to program 'x'", "AW-1412", 1),
        ("select 1\n\\gexec\n", "AW-1412", 2),
        ("create table t (a int);\n\\connect other\n", "AW-1412", 2),
        ("select " + "(" * 300, "AW-1402", 1),
    ],
)
def test_what_is_refused(text: str, code: str, line: int) -> None:
    (problem,) = cut(text, "x.sql").problems
    assert (problem.code, problem.place.line) == (code, line)


def test_the_first_connect_is_passed_over() -> None:
    script = cut("create database a;\n\\connect a\nselect 1;\n", "x.sql")
    assert [s.line for s in script.statements] == [1, 3]
    assert [p.severity.value for p in script.problems] == ["note"]
