"""What the access language reads, what it refuses, and where it points."""

from __future__ import annotations

import pytest

from archwright.blueprint.access import parse
from archwright.blueprint.access_ast import (
    And,
    Boolean,
    Column,
    Compare,
    Expr,
    HasRole,
    Integer,
    IsNull,
    Member,
    Nobody,
    Not,
    Now,
    OneOf,
    Or,
    Owner,
    Parent,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
)
from archwright.diagnostics import Place

HERE = Place("pack.toml", ("access", "select"))


def read(text: str) -> Expr:
    expr, found = parse(text, HERE)
    assert found == []
    assert expr is not None
    return expr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("public", Public()),
        ("member", Member()),
        ("nobody", Nobody()),
        ("owner", Owner()),
        ("self(user_id)", Self(Column("user_id"))),
        ("self(old.user_id)", Self(Column("user_id", "old"))),
        ("role(moderator, admin)", HasRole(("moderator", "admin"))),
        ("related(follower_of, owner)", Related("follower_of", Path("owner"))),
        ("related(follower_of, user_id)", Related("follower_of", Path("user_id"))),
        (
            "related(follower_of, video_id.author_id)",
            Related("follower_of", Path("author_id", hop="video_id")),
        ),
        ("parent(video_id may select)", Parent("video_id", "select")),
        ("parent(video_id may delete)", Parent("video_id", "delete")),
        ("predicate(in_stock)", Predicate("in_stock")),
        (
            "predicate(can_book, slot_id, new.day)",
            Predicate("can_book", (Column("slot_id"), Column("day", "new"))),
        ),
        ("status = 'it''s'", Compare(Column("status"), "=", Text("it's"))),
        ("n != -3", Compare(Column("n"), "!=", Integer(-3))),
        ("n<=3", Compare(Column("n"), "<=", Integer(3))),
        ("open = true", Compare(Column("open"), "=", Boolean(True))),
        ("open = false", Compare(Column("open"), "=", Boolean(False))),
        ("starts_at > now", Compare(Column("starts_at"), ">", Now())),
        ("a >= b", Compare(Column("a"), ">=", Column("b"))),
        ("new.a = old.a", Compare(Column("a", "new"), "=", Column("a", "old"))),
        ("s in ('a', 'b')", OneOf(Column("s"), (Text("a"), Text("b")))),
        ("n in (1)", OneOf(Column("n"), (Integer(1),))),
        ("s not in ('a')", Not(OneOf(Column("s"), (Text("a"),)))),
        ("d is null", IsNull(Column("d"))),
        ("d is not null", IsNull(Column("d"), negated=True)),
        # A word of the language is still a column where something compares it.
        ("role = 'x'", Compare(Column("role"), "=", Text("x"))),
        ("public = true", Compare(Column("public"), "=", Boolean(True))),
        ("owner is null", IsNull(Column("owner"))),
        ("member in ('x')", OneOf(Column("member"), (Text("x"),))),
        ("old = 1", Compare(Column("old"), "=", Integer(1))),
    ],
)
def test_atoms(text: str, expected: Expr) -> None:
    assert read(text) == expected


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    assert read("owner or not member and public") == Or((Owner(), And((Not(Member()), Public()))))
    assert read("(owner or not member) and public") == And((Or((Owner(), Not(Member()))), Public()))
    assert read("not (owner or member)") == Not(Or((Owner(), Member())))
    assert read("not not owner") == Not(Not(Owner()))


def test_the_example_of_the_manual() -> None:
    expr = read(
        "owner or role(moderator) or (status = 'ready' and deleted_at is null and "
        "(visibility = 'public' or (visibility = 'followers' and related(follower_of, owner))))"
    )
    assert isinstance(expr, Or)
    assert expr.items[:2] == (Owner(), HasRole(("moderator",)))
    assert isinstance(expr.items[2], And)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "AW-2101", 1),
        ("  \n ", "AW-2101", 1),
        ("a" * 2001, "AW-2102", 1),
        ("(" * 51 + "owner" + ")" * 51, "AW-2103", 52),
        ("not " * 51 + "owner", "AW-2103", 205),
        ("owner; drop table", "AW-2104", 6),
        ("owner\x00", "AW-2104", 6),
        ("Owner", "AW-2104", 1),
        ("ownér", "AW-2104", 4),
        ('a = "b"', "AW-2104", 5),
        ("a = 'x\x00'", "AW-2104", 5),
        ("a = 'x\ud800'", "AW-2104", 5),
        ("a = 'x\ny'", "AW-2104", 5),
        ("a" * 64 + " = 1", "AW-2104", 1),
        ("owner or a = 'b", "AW-2105", 14),
        ("owner owner", "AW-2106", 7),
        ("owner or", "AW-2106", 9),
        ("and owner", "AW-2106", 1),
        ("role()", "AW-2106", 6),
        ("role(a b)", "AW-2106", 8),
        ("a is 3", "AW-2106", 6),
        ("a in 3", "AW-2106", 6),
        ("a = (", "AW-2106", 5),
        ("a = and", "AW-2106", 5),
        ("related(x)", "AW-2106", 10),
        ("parent(a)", "AW-2106", 9),
        ("old.true = 1", "AW-2106", 5),
        ("(owner", "AW-2107", 1),
        ("role(a", "AW-2107", 5),
        ("owner)", "AW-2107", 6),
        ("sleep(10)", "AW-2108", 1),
        ("is_open", "AW-2109", 1),
        ("owner and a not = 3", "AW-2109", 11),
        ("related(x, a.b.c)", "AW-2110", 15),
        ("related(x, owner.b)", "AW-2110", 18),
        ("videos.id = 3", "AW-2110", 8),
        ("a = null", "AW-2110", 5),
        ("a in (true)", "AW-2110", 7),
        ("parent(a may insert)", "AW-2111", 14),
        ("n = 9223372036854775808", "AW-2112", 5),
        ("n = " + "9" * 1500, "AW-2112", 5),
    ],
)
def test_a_mistake_is_a_diagnostic_with_its_column(text: str, code: str, column: int) -> None:
    expr, found = parse(text, HERE)
    assert expr is None
    assert [(d.code, d.place.column) for d in found] == [(code, column)]
    assert found[0].place.path == HERE.path
    assert f"(at character {column})" in found[0].message


def test_fifty_levels_are_allowed_and_ten_thousand_are_not() -> None:
    assert read("(" * 50 + "owner" + ")" * 50) == Owner()
    assert [d.code for d in parse("(" * 10_000, HERE)[1]] == ["AW-2102"]


def test_the_column_counts_from_where_the_text_begins() -> None:
    _, found = parse("owner )", Place("pack.toml", (), line=4, column=10))
    assert str(found[0].place) == "pack.toml:4:16"


def test_the_largest_numbers_fit() -> None:
    assert read("n = 9223372036854775807") == Compare(Column("n"), "=", Integer(2**63 - 1))
    assert read("n = -9223372036854775808") == Compare(Column("n"), "=", Integer(-(2**63)))
