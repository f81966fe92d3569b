"""Access expressions as SQL conditions."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent

import pytest

from archwright.blueprint.access import (
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    parse,
)
from archwright.blueprint.access_ast import Column, Compare, Expr, IsNull, Not, Or, Owner, Text
from archwright.diagnostics import Place
from archwright.schema.policy_sql import (
    Context,
    bounded,
    compile_expression,
    relation_function_name,
    row_functions_of,
    touched,
)

UID = "(select auth.uid())"


def related(member: str) -> str:
    return (
        f"case\n  when (select private.follows_many()) then private.follows_has({member})\n"
        f"  else {member} in (select private.follows_ids())\nend"
    )


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


SCOPE = Scope(
    tables={
        "videos": TableAccess(
            "videos",
            {"id": "uuid", "author_id": "uuid", "album_id": "uuid", "state": "video_state"},
            owner="author_id",
            foreign_keys={"album_id": ForeignKey("albums")},
            select=read("owner or parent(album_id may select)"),
            update=read("owner and new.state = 'ready'"),
            delete=read("parent(album_id may update)"),
        ),
        "albums": TableAccess(
            "albums",
            {"id": "uuid", "owner_id": "uuid", "slug": "text"},
            owner="owner_id",
            select=read("public"),
            update=read("owner or role(admin)"),
            delete=read("public"),
        ),
        "comments": TableAccess(
            "comments",
            {
                "id": "uuid",
                "author_id": "uuid",
                "video_id": "uuid",
                "parent_id": "uuid",
                "editor_id": "uuid",
                "album_slug": "text",
                "body": "text",
                "order": "integer",
                "pinned": "boolean",
                "made_at": "timestamptz",
                "day": "date",
            },
            owner="author_id",
            nullable=frozenset({"editor_id"}),
            foreign_keys={
                "video_id": ForeignKey("videos"),
                "parent_id": ForeignKey("comments"),
                "album_slug": ForeignKey("albums", "slug"),
            },
            select=read("public"),
        ),
    },
    relations={"follows": Relation("follows", "videos", "author_id", "id")},
    predicates={"calm": PredicateRule("calm", 1), "late": PredicateRule("late")},
    roles=frozenset({"admin", "moderator"}),
)


def compiled(text: str, table: str = "comments") -> str:
    return compile_expression(read(text), Context(SCOPE, table))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("public", "true"),
        ("nobody", "false"),
        ("member", f"{UID} is not null"),
        ("owner", f"author_id = {UID}"),
        ("self(parent_id)", f"parent_id = {UID}"),
        ("role(admin)", "(select private.has_role('admin'))"),
        ("related(follows, owner)", related("author_id")),
        ("related(follows, parent_id)", related("parent_id")),
        (
            "not related(follows, editor_id)",
            f"not (\n  coalesce(\n{indent(related('editor_id'), '    ')}, false\n  )\n)",
        ),
        (
            "related(follows, video_id.owner)",
            "exists (\n  select 1 from public.videos v\n  where v.id = comments.video_id\n"
            f"  and {indent(related('v.author_id'), '  ')[2:]}\n  offset 0\n)",
        ),
        (
            "parent(video_id may select)",
            "exists (select 1 from public.videos v where v.id = comments.video_id offset 0)",
        ),
        (
            "parent(album_slug may delete)",
            "exists (select 1 from public.albums a where a.slug = comments.album_slug offset 0)",
        ),
        (
            "parent(album_slug may update)",
            "exists (\n  select 1 from public.albums a\n  where a.slug = comments.album_slug\n"
            f"  and (a.owner_id = {UID} or (select private.has_role('admin')))\n  offset 0\n)",
        ),
        (
            "parent(video_id may update)",
            "exists (\n  select 1 from public.videos v\n  where v.id = comments.video_id\n"
            f"  and v.author_id = {UID}\n  offset 0\n)",
        ),
        (
            "parent(video_id may delete)",
            "exists (\n  select 1 from public.videos v\n  where v.id = comments.video_id\n"
            "  and exists (\n    select 1 from public.albums a\n    where a.id = v.album_id\n"
            f"    and (a.owner_id = {UID} or (select private.has_role('admin')))\n"
            "    offset 0\n  )\n  offset 0\n)",
        ),
        ("predicate(calm, body)", "private.calm(body)"),
        ("predicate(late)", "(select private.late())"),
        ("body = 'it''s'", "body = 'it''s'"),
        ("body = '\\'", "body = e'\\\\'"),
        ("body != 'x'", "body <> 'x'"),
        ("order <= -3", '"order" <= -3'),
        ("pinned = true", "pinned"),
        ("pinned = false", "not pinned"),
        ("pinned != true", "pinned <> true"),
        ("pinned != false", "pinned <> false"),
        ("made_at < now", "made_at < now()"),
        ("day = now", "day = current_date"),
        ("id = parent_id", "id = parent_id"),
        ("body in ('a', 'b')", "body in ('a', 'b')"),
        ("body is null", "body is null"),
        ("body is not null", "body is not null"),
        ("not body = 'x'", "not (body = 'x')"),
        ("not pinned = false", "not (not pinned)"),
    ],
)
def test_atoms(text: str, expected: str) -> None:
    assert compiled(text) == expected


def test_precedence_is_kept() -> None:
    assert compiled("order = 1 and (order = 2 or order = 3)") == (
        '"order" = 1 and ("order" = 2 or "order" = 3)'
    )
    assert compiled("order = 1 or order = 2 and order = 3") == (
        '"order" = 1 or "order" = 2 and "order" = 3'
    )
    assert compiled("not (order = 1 or order = 2)") == 'not ("order" = 1 or "order" = 2)'
    assert compiled("id = parent_id and role(admin, moderator)") == (
        "id = parent_id\n"
        "and ((select private.has_role('admin')) or (select private.has_role('moderator')))"
    )
    nested = Or((Or((Owner(), IsNull(Column("body")))), IsNull(Column("id"))))
    assert compile_expression(nested, Context(SCOPE, "comments")) == (
        f"(author_id = {UID} or body is null) or id is null"
    )


def test_long_conditions_break_at_their_operators() -> None:
    long = "body = 'a text that is long enough to fill a line' and id = parent_id and pinned = true"
    assert compiled(f"owner or {long}") == (
        f"author_id = {UID}\nor (\n  body = 'a text that is long enough to fill a line'\n"
        "  and id = parent_id\n  and pinned\n)"
    )
    assert compiled(f"not ({long})").startswith("not (\n  body = ")


def test_a_qualifier_names_the_row_everywhere() -> None:
    context = Context(SCOPE, "comments", qualifier="c")
    assert compile_expression(read("owner"), context) == f"c.author_id = {UID}"
    assert compile_expression(read("parent(video_id may select)"), context) == (
        "exists (select 1 from public.videos v where v.id = c.video_id offset 0)"
    )
    clash = Context(SCOPE, "comments", qualifier="v")
    assert "public.videos v2 where v2.id = v.video_id" in compile_expression(
        read("parent(video_id may select)"), clash
    )


def test_old_and_new_need_both_rows() -> None:
    rule = read("old.body = new.body and order > 3")
    both = Context(SCOPE, "comments", qualifier="new", old="old")
    assert compile_expression(rule, both) == 'old.body = new.body and new."order" > 3'
    with pytest.raises(ValueError, match="only one row"):
        compile_expression(rule, Context(SCOPE, "comments"))


def test_a_column_that_is_not_there_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no column"):
        compiled("gone = 1")
    with pytest.raises(ValueError, match="no column"):
        compile_expression(Owner(), Context(ownerless(), "comments"))


def ownerless() -> Scope:
    comments = replace(SCOPE.tables["comments"], owner="")
    return replace(SCOPE, tables={**SCOPE.tables, "comments": comments})


def test_a_rule_that_leads_back_to_its_table_goes_through_a_function() -> None:
    context = Context(SCOPE, "comments")
    own = read("parent(parent_id may select) or related(follows, parent_id.owner)")
    assert compile_expression(own, context) == (
        "private.may_select_comments(parent_id)\n"
        "or private.follows_of_comments_author_id(parent_id)"
    )
    assert {f.name for f in row_functions_of(own, context)} == {
        "may_select_comments",
        "follows_of_comments_author_id",
    }
    assert row_functions_of(read("parent(video_id may delete) or owner"), context) == frozenset()


def test_functions_are_found_inside_the_rules_of_parents() -> None:
    albums = replace(
        SCOPE.tables["albums"],
        columns={**SCOPE.tables["albums"].columns, "parent_id": "uuid"},
        foreign_keys={"parent_id": ForeignKey("albums", "slug")},
        update=read("owner or parent(parent_id may update)"),
    )
    scope = replace(SCOPE, tables={**SCOPE.tables, "albums": albums})
    context = Context(scope, "videos", "anon")
    rule = read("parent(album_id may update)")
    # For anonymous callers an album's update rule is nobody's, so nothing is called.
    assert row_functions_of(rule, context) == frozenset()
    members = replace(context, role="authenticated")
    assert [f.name for f in row_functions_of(rule, members)] == ["may_update_albums_by_slug"]
    assert "private.may_update_albums_by_slug(a.parent_id)" in compile_expression(rule, members)


def test_touched_follows_every_rule_once() -> None:
    assert touched(SCOPE, "videos", "select") == {"videos", "albums"}
    assert touched(SCOPE, "videos", "delete") == {"videos", "albums"}
    assert touched(SCOPE, "albums", "update") == {"albums"}
    assert touched(SCOPE, "comments", "select") == {"comments"}


def test_texts_cannot_leave_their_quotes() -> None:
    hostile = Compare(Column("body"), "=", Text("x' or true; --"))
    assert compile_expression(hostile, Context(SCOPE, "comments")) == ("body = 'x'' or true; --'")
    assert compile_expression(Not(hostile), Context(SCOPE, "comments")).startswith("not (body = ")


def test_names_are_bounded_and_stay_distinct() -> None:
    long = "x" * 80
    assert bounded("short") == "short"
    assert len(bounded(long)) == 63
    assert bounded(long) != bounded(long + "y")
    assert relation_function_name("follows", "ids") == "follows_ids"
