"""Access expressions against the names and kinds of value that are there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.blueprint.access import (
    ForeignKey,
    Operation,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    check,
    check_relation,
    parse,
)
from archwright.diagnostics import Place

FOLLOWS = Relation("follows", "follows", "follower_id", "followee_id")
SCOPE = Scope(
    tables={
        "follows": TableAccess(
            "follows", {"follower_id": "uuid", "followee_id": "uuid", "state": "text"}
        ),
        "videos": TableAccess("videos", {"id": "uuid", "author_id": "uuid"}, owner="author_id"),
        "comments": TableAccess(
            "comments",
            {
                "id": "uuid",
                "video_id": "uuid",
                "sound_id": "uuid",
                "author_id": "uuid",
                "body": "text",
                "state": "comment_state",
                "likes": "bigint",
                "price": "numeric",
                "pinned": "boolean",
                "created_at": "timestamptz",
                "day": "date",
            },
            foreign_keys={"video_id": ForeignKey("videos"), "sound_id": ForeignKey("sounds")},
        ),
    },
    relations={"follows": FOLLOWS},
    predicates={"open": PredicateRule("open", 1)},
    roles=frozenset({"moderator"}),
    enums={"comment_state": ("draft", "ready")},
)


def codes(text: str, operation: Operation = "select", table: str = "comments") -> list[str]:
    expr, _ = parse(text, Place())
    assert expr is not None
    return [d.code for d in check(expr, SCOPE, table, operation, Place("pack.toml"))]


@pytest.mark.parametrize(
    "text",
    [
        "public or member or nobody",
        "role(moderator) or self(author_id) or predicate(open, day)",
        "related(follows, author_id) or related(follows, video_id.owner)",
        "related(follows, video_id.author_id) or parent(video_id may update)",
        "body = 'x' and state in ('draft', 'ready') and state != 'draft'",
        "likes > 3 and price <= 3 and likes < price and pinned = true",
        "created_at < now and day >= now and body is null",
        "id = '00000000-0000-4000-8000-000000000001'",
        "author_id = video_id",
    ],
)
def test_sound_expressions(text: str) -> None:
    assert codes(text) == []


def test_the_owner_needs_an_owner_column() -> None:
    assert codes("owner", table="videos") == []
    assert codes("owner") == ["AW-2114"]
    assert codes("related(follows, owner)") == ["AW-2114"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("old.body = 'x'", ["AW-2113"]),
        ("gone = 1", ["AW-2114"]),
        ("gone = 1 or gone = 1", ["AW-2114"]),
        ("related(follows, gone)", ["AW-2114"]),
        ("related(follows, body)", ["AW-2114"]),
        ("related(follows, video_id.gone)", ["AW-2114"]),
        ("related(knows, author_id)", ["AW-2115"]),
        ("role(moderator, chef)", ["AW-2116"]),
        ("predicate(closed)", ["AW-2117"]),
        ("predicate(open)", ["AW-2117"]),
        ("parent(author_id may select)", ["AW-2118"]),
        ("parent(sound_id may select)", ["AW-2118"]),
        ("related(follows, body.author_id)", ["AW-2118"]),
        ("self(body)", ["AW-2119"]),
        ("body > 'x'", ["AW-2119"]),
        ("state < 'ready'", ["AW-2119"]),
        ("state = 'gone'", ["AW-2119"]),
        ("body = 3", ["AW-2119"]),
        ("pinned = 1", ["AW-2119"]),
        ("likes = true", ["AW-2119"]),
        ("likes in ('x')", ["AW-2119"]),
        ("body = now", ["AW-2119"]),
        ("id = 'x'", ["AW-2119"]),
        ("created_at = '2026-01-01'", ["AW-2119"]),
        ("body = state", ["AW-2119"]),
    ],
)
def test_what_does_not_fit(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_old_and_new_belong_to_update_rules() -> None:
    assert codes("old.body = new.body", "update") == []
    assert codes("old.body = new.body", "insert") == ["AW-2113"]


def test_relations_are_checked() -> None:
    accepted, _ = parse("state = 'accepted'", Place())
    personal, _ = parse("owner or state = 3", Place())
    assert check_relation(replace(FOLLOWS, where=accepted), SCOPE, Place()) == []
    assert check_relation(FOLLOWS, SCOPE, Place()) == []

    def found(relation: Relation) -> list[str]:
        return [d.code for d in check_relation(relation, SCOPE, Place())]

    assert found(replace(FOLLOWS, table="gone")) == ["AW-2115"]
    assert found(replace(FOLLOWS, me="state", other="gone")) == ["AW-2114", "AW-2114"]
    assert found(replace(FOLLOWS, where=personal)) == ["AW-2115", "AW-2114", "AW-2119"]
