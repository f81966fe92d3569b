"""Names used by an expression, and what is left of it where names are missing."""

from __future__ import annotations

import pytest

from archwright.blueprint.access import (
    ForeignKey,
    Known,
    Relation,
    Scope,
    TableAccess,
    conjoin,
    disjoin,
    negate,
    parse,
    references,
    render,
    simplify,
)
from archwright.blueprint.access_ast import Expr, Nobody, Not, Owner, Public
from archwright.diagnostics import Place


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


def test_references_collects_every_kind_of_name() -> None:
    found = references(
        read(
            "role(moderator) or related(follows, owner) or related(knows, video_id.author_id)"
            " or related(likes, fan_id) or parent(album_id may update) or predicate(open, day)"
            " or old.state = new.state or self(user_id)"
        )
    )
    assert found.roles == {"moderator"}
    assert found.relations == {"follows", "knows", "likes"}
    assert found.predicates == {"open"}
    assert found.columns == {"video_id", "fan_id", "album_id", "day", "state", "user_id"}
    assert found.parents == {("album_id", "update")}
    assert found.hops == {("video_id", "author_id")}
    assert found.versions == {"old", "new"}
    assert found.owner
    assert references(Owner()).owner
    assert not references(read("related(knows, video_id.owner)")).owner


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("owner and public", "owner"),
        ("owner and (member and nobody)", "nobody"),
        ("owner or public", "public"),
        ("nobody or (owner or (member or owner))", "owner or member"),
        ("nobody or nobody", "nobody"),
        ("public and public", "public"),
        ("not not owner", "owner"),
        ("not public or not nobody and owner", "owner"),
        ("a = 1 and a = true", "a = 1 and a = true"),
    ],
)
def test_constants_fold(text: str, folded: str) -> None:
    assert render(simplify(read(text))) == folded


KNOWN = Known(
    relations=frozenset({"follows"}),
    predicates=frozenset({"open"}),
    roles=frozenset({"moderator"}),
    columns=frozenset({"state", "video_id"}),
    parents={"video_id": frozenset({"id", "author_id"})},
    owner=True,
    parent_owners=frozenset({"video_id"}),
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("owner or role(moderator, admin)", "owner or role(moderator)"),
        ("owner or role(admin)", "owner"),
        ("member and not related(blocks, owner)", "member"),
        ("related(follows, owner)", "related(follows, owner)"),
        ("related(follows, video_id.owner)", "related(follows, video_id.owner)"),
        ("related(follows, video_id.author_id)", "related(follows, video_id.author_id)"),
        ("related(follows, video_id.gone)", "nobody"),
        ("not related(follows, album_id.owner)", "public"),
        ("related(follows, gone)", "nobody"),
        ("not related(follows, gone)", "nobody"),
        ("predicate(open, state)", "predicate(open, state)"),
        ("not predicate(sold_out)", "public"),
        ("not predicate(open, gone)", "nobody"),
        ("parent(video_id may select)", "parent(video_id may select)"),
        ("not parent(album_id may select)", "public"),
        ("state = 'a' and deleted_at is null", "state = 'a'"),
        ("gone is not null", "nobody"),
        ("gone = 1", "nobody"),
        ("not gone = 1", "nobody"),
        ("not (state = 'a' or gone in (1))", "nobody"),
        ("not self(gone)", "nobody"),
        ("not owner", "not owner"),
        ("member and public", "member"),
    ],
)
def test_what_a_phase_lacks_folds(text: str, folded: str) -> None:
    assert render(simplify(read(text), KNOWN)) == folded


def test_without_an_owner_column_ownership_is_unknown() -> None:
    for text in ("owner", "not owner", "related(follows, owner)", "not related(follows, owner)"):
        assert simplify(read(text), Known(relations=frozenset({"follows"}))) == Nobody()


def test_conjoin_disjoin_negate() -> None:
    assert conjoin() == Public()
    assert disjoin() == Nobody()
    assert render(conjoin(read("a = 1 and b = 1"), read("b = 1 or owner"))) == (
        "a = 1 and b = 1 and (b = 1 or owner)"
    )
    assert render(disjoin(read("owner or member"), read("member"))) == "owner or member"
    assert negate(negate(Owner())) == Owner()
    assert negate(Owner()) == Not(Owner())
    assert negate(Public()) == Nobody()


def test_a_scope_knows_what_a_table_has() -> None:
    videos = TableAccess("videos", {"id": "uuid", "author_id": "uuid"}, owner="author_id")
    comments = TableAccess(
        "comments",
        {"id": "uuid", "video_id": "uuid", "sound_id": "uuid"},
        foreign_keys={"video_id": ForeignKey("videos"), "sound_id": ForeignKey("sounds")},
    )
    scope = Scope(
        {"videos": videos, "comments": comments},
        relations={
            "follows": Relation("follows", "follows", "a", "b"),
            "authors": Relation("authors", "videos", "id", "author_id"),
        },
        roles=frozenset({"admin"}),
    )
    known = scope.known("comments")
    assert known.relations == {"authors"}  # the other one's table is not there yet
    assert known.columns == {"id", "video_id", "sound_id"}
    assert known.parents == {"video_id": frozenset({"id", "author_id"})}
    assert known.parent_owners == {"video_id"}
    assert not known.owner
    assert scope.known("videos").owner
