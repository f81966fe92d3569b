"""Likes, comments, bookmarks, reposts, hashtags and mentions on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.emit.project import seed_file
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race, restricted

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    """Give a database with the packs' schema, three members and two public videos of Ann's."""
    made, problems = design(restricted())
    assert made is not None, problems
    with database.scratch() as name:
        with database.connect(name) as connection:
            for file in to_files(diff(Schema(), made.schema), 1):
                connection.execute(file.sql.encode())
                connection.commit()
        with database.connect(name, superuser=True) as connection:
            for member, handle in ((ANN, "ann"), (BOB, "bob.b"), (CAY, "cay")):
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
                connection.execute(
                    "update public.profiles set handle = %s where id = %s", (handle, member)
                )
            for video in (FIRST, SECOND):
                connection.execute(
                    "insert into public.videos (id, author_id, video_path, status, published_at)"
                    " values (%s, %s, %s, 'ready', now())",
                    (video, ANN, f"{ANN}/{video}.mp4"),
                )
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


COUNTED = {
    "like_count": "insert into public.video_likes (video_id) values (%s)",
    "comment_count": "insert into public.video_comments (video_id, body) values (%s, 'Hi')",
    "bookmark_count": "insert into public.video_bookmarks (video_id) values (%s)",
    "repost_count": "insert into public.video_reposts (video_id) values (%s)",
    "share_count": "insert into public.video_shares (video_id) values (%s)",
}


@pytest.mark.parametrize("column", COUNTED)
def test_counters_are_exact_when_two_members_act_at_once(app: Backend, column: str) -> None:
    change = (COUNTED[column], (FIRST,))
    race(app, lambda: app.session(BOB), lambda: app.session(CAY), change, change)
    assert app.count(column) == 2
    assert app.count(column, SECOND) == 0


@pytest.mark.parametrize("column", [c for c in COUNTED if c != "comment_count"])
def test_the_same_member_counts_once(app: Backend, column: str) -> None:
    app.act(BOB, COUNTED[column], FIRST)
    assert app.refused(BOB, COUNTED[column], FIRST) == "23505"
    assert app.count(column) == 1


@pytest.mark.parametrize("column", COUNTED)
def test_counters_are_not_for_clients(app: Backend, column: str) -> None:
    assert (
        app.refused(ANN, f"update public.videos set {column} = 99 where id = %s", FIRST) == "42501"
    )


def test_likes_are_taken_back_by_their_owner_only(app: Backend) -> None:
    app.act(BOB, COUNTED["like_count"], FIRST)
    delete = "delete from public.video_likes where video_id = %s"
    app.act(CAY, delete, FIRST)
    assert app.count("like_count") == 1
    assert app.act(CAY, "select viewer_liked(v) from public.videos v where id = %s", FIRST) == [
        (False,)
    ]
    assert app.act(BOB, "select viewer_liked(v) from public.videos v where id = %s", FIRST) == [
        (True,)
    ]
    app.act(BOB, delete, FIRST)
    assert app.count("like_count") == 0


def test_a_comment_can_be_liked(app: Backend) -> None:
    comment = app.comment(BOB)
    app.act(CAY, "insert into public.video_comment_likes (video_comment_id) values (%s)", comment)
    assert app.look("select like_count from public.video_comments where id = %s", comment) == 1


def test_threads_are_one_level_deep_and_of_one_video(app: Backend) -> None:
    root = app.comment(BOB)
    reply = app.comment(CAY, parent=root)
    deeper = app.comment(BOB, parent=reply)
    assert app.look("select parent_id from public.video_comments where id = %s", deeper) == root
    assert app.look("select reply_count from public.video_comments where id = %s", root) == 2
    assert app.count("comment_count") == 3
    elsewhere = "insert into public.video_comments (video_id, parent_id, body) values (%s, %s, 'x')"
    assert app.refused(BOB, elsewhere, SECOND, root) == "23514"
    assert app.refused(BOB, elsewhere, FIRST, UUID(int=99)) == "23514"


@pytest.mark.parametrize("who", [BOB, ANN], ids=["author", "owner of the video"])
def test_deleting_a_comment_keeps_its_replies(app: Backend, who: UUID) -> None:
    root = app.comment(BOB, "a secret")
    reply = app.comment(CAY, "well said", root)
    delete = "select public.delete_video_comment(%s)"
    assert app.refused(CAY, delete, root) == "42501"
    for _ in range(2):  # the second call finds it done
        app.act(who, delete, root)
    seen = app.act(CAY, "select id, author_id, body from public.video_comments order by body")
    assert seen == [(root, None, ""), (reply, CAY, "well said")]
    assert app.count("comment_count") == 1
    assert app.look("select reply_count from public.video_comments where id = %s", root) == 1
    answer = "insert into public.video_comments (video_id, parent_id, body) values (%s, %s, 'x')"
    assert app.refused(CAY, answer, FIRST, root) == "23514"
    app.act(CAY, delete, reply)
    assert app.count("comment_count") == 0
    assert app.look("select count(*) from public.video_comments") == 0


def test_a_comment_without_replies_leaves_nothing(app: Backend) -> None:
    comment = app.comment(BOB, "look @cay")
    app.act(CAY, "insert into public.video_comment_likes (video_comment_id) values (%s)", comment)
    app.act(BOB, "select public.delete_video_comment(%s)", comment)
    for table in ("video_comments", "video_comment_likes", "video_comment_mentions"):
        assert app.look(f"select count(*) from public.{table}") == 0


def test_an_account_that_goes_leaves_the_replies_of_others(app: Backend) -> None:
    thread, alone = app.comment(BOB, "A question"), app.comment(BOB, "Only me here")
    own = app.comment(BOB, "And another thing", thread)
    answer = app.comment(CAY, "An answer", thread)
    other = app.comment(CAY, "Something else")
    app.comment(BOB, "Me too", other)
    leave(app, BOB)
    rows = app.act(
        CAY, "select id, author_id, body, reply_count from public.video_comments order by body"
    )
    assert rows == [
        (thread, None, "", 1),
        (answer, CAY, "An answer", 0),
        (other, CAY, "Something else", 0),
    ]
    assert {alone, own}.isdisjoint(row[0] for row in rows)
    assert app.count("comment_count") == 2
    leave(app, CAY)
    assert app.look("select count(*) from public.video_comments") == 0
    assert app.count("comment_count") == 0


def test_two_accounts_that_answered_each_other_go_at_once(app: Backend) -> None:
    for author, other in ((BOB, CAY), (CAY, BOB)):
        app.comment(other, parent=app.comment(author))

    def owner() -> AbstractContextManager[psycopg.Connection]:
        return app.postgres.connect(app.name)

    gone = "delete from public.profiles where id = %s"
    race(app, owner, owner, (gone, (BOB,)), (gone, (CAY,)))
    assert app.look("select count(*) from public.video_comments") == 0
    assert app.count("comment_count") == 0


def test_a_reply_in_the_moment_of_deletion_keeps_its_thread(app: Backend) -> None:
    root = app.comment(BOB, "Going")
    reply = "insert into public.video_comments (video_id, parent_id, body) values (%s, %s, 'Wait')"
    race(
        app,
        lambda: app.session(CAY),
        lambda: app.session(BOB),
        (reply, (FIRST, root)),
        ("select public.delete_video_comment(%s)", (root,)),
    )
    assert app.look("select body, reply_count from public.video_comments where id = %s", root) == (
        "",
        1,
    )
    assert app.count("comment_count") == 1


def leave(app: Backend, member: UUID) -> None:
    """Delete the member's account."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("delete from auth.users where id = %s", (member,))


def test_comments_change_by_the_command_only(app: Backend) -> None:
    comment = app.comment(BOB)
    for change in ("body = 'other'", "deleted_at = now()", "reply_count = 5"):
        statement = f"update public.video_comments set {change} where id = %s"
        assert app.refused(BOB, statement, comment) == "42501"
    assert app.refused(BOB, "delete from public.video_comments where id = %s", comment) == "42501"
    assert app.refused(CAY, "select public.delete_video_comment(%s)", comment) == "42501"
    may = "select viewer_may_delete(c) from public.video_comments c where id = %s"
    assert [app.act(who, may, comment) for who in (ANN, BOB, CAY)] == [
        [(True,)],
        [(True,)],
        [(False,)],
    ]


@pytest.mark.parametrize("body", ["", "   ", "x" * 501])
def test_a_comment_has_1_to_500_characters(app: Backend, body: str) -> None:
    statement = "insert into public.video_comments (video_id, body) values (%s, %s)"
    assert app.refused(BOB, statement, FIRST, body) == "23514"


def test_a_thread_and_its_reply_are_deleted_at_once(app: Backend) -> None:
    root = app.comment(BOB)
    reply = app.comment(CAY, parent=root)
    delete = "select public.delete_video_comment(%s)"
    race(
        app,
        lambda: app.session(BOB),
        lambda: app.session(CAY),
        (delete, (root,)),
        (delete, (reply,)),
    )
    assert app.count("comment_count") == 0
    assert app.look("select count(*) from public.video_comments") == 0


def test_bookmarks_are_private_and_survive_their_collection(app: Backend) -> None:
    make = "insert into public.video_collections (name) values ('To try') returning id"
    [(own,)] = app.act(BOB, make)
    [(other,)] = app.act(CAY, make)
    assert app.refused(BOB, make) == "23505"
    save = "insert into public.video_bookmarks (video_id, collection_id) values (%s, %s)"
    assert app.refused(BOB, save, FIRST, other) == "42501"
    app.act(BOB, save, FIRST, own)
    move = "update public.video_bookmarks set collection_id = %s"
    assert app.refused(BOB, move, other) == "42501"
    assert app.act(CAY, "select 1 from public.video_bookmarks") == []
    assert app.act(CAY, "select name from public.video_collections where id = %s", own) == []
    app.act(BOB, "delete from public.video_collections where id = %s", own)
    assert app.act(BOB, "select collection_id from public.video_bookmarks") == [(None,)]
    assert app.count("bookmark_count") == 1


def test_reposts_of_a_private_member_are_not_for_strangers(app: Backend) -> None:
    app.act(BOB, COUNTED["repost_count"], FIRST)
    assert len(app.act(CAY, "select 1 from public.video_reposts")) == 1
    app.act(BOB, "update public.profiles set is_private = true where id = %s", BOB)
    assert app.act(CAY, "select 1 from public.video_reposts") == []
    assert len(app.act(BOB, "select 1 from public.video_reposts")) == 1


@pytest.mark.parametrize(
    ("caption", "tags"),
    [
        ("", []),
        ("no tags here", []),
        ("#Bread and #bread, #BREAD!", ["bread"]),
        ("(#brötchen) #パン #a_b", ["a_b", "brötchen", "パン"]),
        ("a#b c@d.example/#top &#39; #1 # ##x", []),
        ("#" + "x" * 51, []),
        (" ".join(f"#tag{n}" for n in range(40)), sorted(f"tag{n}" for n in range(30))),
    ],
)
def test_hashtags_are_read_from_captions(app: Backend, caption: str, tags: list[str]) -> None:
    app.caption(caption)
    assert app.tags() == tags


def test_hashtags_follow_the_caption_and_who_may_see_it(app: Backend) -> None:
    app.caption("#one #two")
    app.caption("#two #three")
    assert app.tags() == ["three", "two"]
    counts = "select array_agg(tag || ' ' || video_count order by tag) from public.hashtags"
    assert app.look(counts) == ["one 0", "three 1", "two 1"]
    hide = "update public.videos set visibility = %s where id = %s"
    app.act(ANN, hide, "private", FIRST)
    assert app.look(counts) == ["one 0", "three 0", "two 0"]
    app.act(ANN, hide, "public", FIRST)
    assert app.tags() == ["three", "two"]
    app.act(ANN, "delete from public.videos where id = %s", FIRST)
    assert app.look(counts) == ["one 0", "three 0", "two 0"]
    assert app.refused(ANN, "insert into public.hashtags (tag) values ('mine')") == "42501"


def test_two_videos_take_the_same_new_hashtags_at_once(app: Backend) -> None:
    change = "update public.videos set caption = %s where id = %s"
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(ANN),
        (change, ("#b #a", FIRST)),
        (change, ("#a #b", SECOND)),
    )
    counts = "select array_agg(tag || ' ' || video_count order by tag) from public.hashtags"
    assert app.look(counts) == ["a 2", "b 2"]
    assert app.act(BOB, "select tag from public.trending_hashtags(1)") == [("a",)]


MENTIONED = "select array_agg(profile_id order by profile_id) from public.video_mentions"


def test_mentions_name_others_once_a_video_is_public(app: Backend) -> None:
    app.act(ANN, "update public.videos set visibility = 'private' where id = %s", FIRST)
    app.caption("with @Bob.B, @cay. not @ann, @nobody, x@cay.example")
    assert app.look(MENTIONED) is None
    app.act(ANN, "update public.videos set visibility = 'public' where id = %s", FIRST)
    assert app.look(MENTIONED) == [BOB, CAY]
    app.caption("only @cay")
    assert app.look(MENTIONED) == [CAY]
    assert app.act(BOB, "select 1 from public.video_mentions") == []
    assert app.act(CAY, "select author_id from public.video_mentions") == [(ANN,)]


def test_mentions_in_comments_go_with_their_text(app: Backend) -> None:
    comment = app.comment(BOB, "look @cay @ann")
    found = "select array_agg(profile_id order by profile_id) from public.video_comment_mentions"
    assert app.look(found) == [ANN, CAY]
    app.act(BOB, "select public.delete_video_comment(%s)", comment)
    assert app.look(found) is None


def test_nobody_is_mentioned_across_a_block(app: Backend) -> None:
    app.act(BOB, "insert into public.blocks (blocked_id) values (%s)", ANN)
    app.caption("@bob.b @cay")
    assert app.look(MENTIONED) == [CAY]


def test_the_seed_leaves_every_counter_exact(app: Backend) -> None:
    draft, problems = seed_file(restricted())
    assert problems == []
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(draft.text.encode())
    for column, table in (
        ("like_count", "video_likes"),
        ("comment_count", "video_comments"),
        ("bookmark_count", "video_bookmarks"),
        ("repost_count", "video_reposts"),
        ("share_count", "video_shares"),
    ):
        live = " and deleted_at is null" if table == "video_comments" else ""
        wrong = app.look(
            f"select count(*) from public.videos v where {column} <>"
            f" (select count(*) from public.{table} x where x.video_id = v.id{live})"
        )
        assert wrong == 0, column
        assert app.look(f"select count(*) from public.{table}") > 0, table
    days = app.look("select count(distinct created_at::date) from public.video_likes")
    assert days >= 7  # spread since publication, so that statistics have a course to show
    early = (
        "select count(*) from public.video_likes l join public.videos v on v.id = l.video_id"
        " where l.created_at < v.created_at or l.created_at > now()"
    )
    assert app.look(early) == 0
