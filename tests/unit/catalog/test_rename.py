"""The rules of renaming, one by one; what must hold for all texts is in tests/properties."""

from __future__ import annotations

import pytest

from archwright.catalog.naming import Forms
from archwright.catalog.regions import Language
from archwright.catalog.rename import rename

VIDEO_COMMENT = Forms.of("VideoComment")


def check(language: Language, cases: dict[str, str], forms: Forms = VIDEO_COMMENT) -> None:
    assert {text: rename(text, language, forms) for text in cases} == cases


def test_case_styles_in_typescript() -> None:
    check(
        "ts",
        {
            "thingLikes(getThing)": "videoCommentLikes(getVideoComment)",
            "ThingLikeButton<Things>": "VideoCommentLikeButton<VideoComments>",
            "things.map((thing) => thing.thing_id)": (
                "videoComments.map((videoComment) => videoComment.video_comment_id)"
            ),
            "THING_LIMIT + MAX_THINGS": "VIDEO_COMMENT_LIMIT + MAX_VIDEO_COMMENTS",
            "_thing = thing2 + $thing": "_videoComment = videoComment2 + $videoComment",
            "things-thing": "videoComments-videoComment",
            "THING": "VIDEO_COMMENT",
            "{ p_thing_id: id }": "{ p_video_comment_id: id }",
            "HTTPThing": "HTTPVideoComment",
        },
    )


def test_words_that_only_contain_it_stay() -> None:
    text = "anything something nothing everything Nothing NOTHING thingy plaything things_api"
    assert rename(text, "ts", VIDEO_COMMENT) == text.replace("things_api", "video_comments_api")


def test_literals_in_typescript() -> None:
    check(
        "ts",
        {
            "from './thing-like'": "from './video-comment-like'",
            "from '@/features/things/api'": "from '@/features/video-comments/api'",
            "'thing.tsx'": "'video-comment.tsx'",
            "'/things/:thingId/:thing'": "'/video-comments/:videoCommentId/:videoComment'",
            "`/things/${thing.id}?thing=${x}&tab=things`": (
                "`/video-comments/${videoComment.id}?video_comment=${x}&tab=video_comments`"
            ),
            "'things'": "'video_comments'",
            "'id, thing_id, thing:things!thing_id(id, *)'": (
                "'id, video_comment_id, video_comment:video_comments!video_comment_id(id, *)'"
            ),
            "`thing:${id}:likes`": "`video_comment:${id}:likes`",
            "`thing-${id}`": "`video-comment-${id}`",
            "'likes.thing.title'": "'likes.video_comment.title'",
            "'X-Thing-Id'": "'X-Video-Comment-Id'",
            "'thing-card flex'": "'video-comment-card flex'",
            "'select * from things'": "'select * from video_comments'",
            "'No things, yet'": "'No video comments, yet'",
            "`Delete ${name}, a thing?`": "`Delete ${name}, a video comment?`",
            "'Thing'": "'VideoComment'",
            "/^\\/things\\b/": "/^\\/video-comments\\b/",
            "'\\nthing'": "'\\nvideo_comment'",
        },
    )


def test_comments() -> None:
    check(
        "ts",
        {
            "// a thing and its things": "// a video comment and its video comments",
            "// Thing rows. Things stay": "// Video comment rows. Video comments stay",
            "// the Thing type": "// the VideoComment type",
            "// `thing` and things.like_count": "// `videoComment` and videoComments.like_count",
            "// call thing(), thing(s)": "// call videoComment(), video comment(s)",
            "// at /things/new": "// at /video-comments/new",
            "// the 'things' table, per-thing": "// the 'video_comments' table, per-video-comment",
            "//thing": "//video comment",
            "// THING": "// VIDEO_COMMENT",
            "// the row.thing": "// the row.videoComment",
            "/** {@link Thing} */": "/** {@link VideoComment} */",
        },
    )


def test_articles() -> None:
    check(
        "ts",
        {
            "// a thing": "// an album",
            "// A thing": "// An album",
            "// a `Thing`": "// an `Album`",
            "/* of a\n * thing */": "/* of an\n * album */",
            "// a ThingCard, a new thing, plan a, thing": (
                "// an AlbumCard, a new album, plan a, album"
            ),
            "f(a, thing)": "f(a, album)",
            "// A THING": "// AN ALBUM",
        },
        Forms.of("Album"),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("User", "a user"),
        ("Unit", "a unit"),
        ("Event", "an event"),
        ("Hour", "an hour"),
        ("House", "a house"),
        ("SMSMessage", "an SMS message"),
        ("URLEntry", "a URL entry"),
        ("Euro", "a euro"),
        ("UninvitedGuest", "an uninvited guest"),
    ],
)
def test_the_article_follows_the_sound(name: str, text: str) -> None:
    assert rename("a thing", "prose", Forms.of(name)) == text


def test_shown_text() -> None:
    check(
        "tsx",
        {
            "return <p>A thing and {things.length} things</p>": (
                "return <p>A video comment and {videoComments.length} video comments</p>"
            ),
            "return <h1>Things</h1>": "return <h1>Video comments</h1>",
            "return <h1>My Things</h1>": "return <h1>My Video Comments</h1>",
            "return <b>THING</b>": "return <b>VIDEO COMMENT</b>",
            "return <A aria-label='Things' data-thing-id={thing} thing='thing' />": (
                "return <A aria-label='Video comments' data-video-comment-id={videoComment}"
                " videoComment='video_comment' />"
            ),
        },
    )
    check(
        "prose",
        {
            "{count, plural, one {thing} other {# things}} of {thing}, {thing, x}": (
                "{count, plural, one {video comment} other {# video comments}} of {videoComment},"
                " {videoComment, x}"
            ),
            'Delete "thing"?': 'Delete "video comment"?',
        },
    )


def test_sql() -> None:
    check(
        "sql",
        {
            "select thing.id from public.things thing": (
                "select video_comment.id from public.video_comments video_comment"
            ),
            "v_thing_id := THING": "v_video_comment_id := VIDEO_COMMENT",
            "-- a thing has thing_likes": "-- a video comment has video_comment_likes",
            "-- see things.id": "-- see video_comments.id",
            "execute 'update things set x = 1'": "execute 'update video_comments set x = 1'",
            "'That thing is gone'": "'That video comment is gone'",
            "'/things/' || thing.id": "'/video-comments/' || video_comment.id",
            "'thing:' || id": "'video_comment:' || id",
            '"Members read things"': '"Members read video comments"',
            "do $$ begin things('thing'); -- a thing\nend $$": (
                "do $$ begin video_comments('video_comment'); -- a video comment\nend $$"
            ),
        },
    )


def test_manifest_strings() -> None:
    check(
        "toml",
        {
            "things": "video_comments",
            "Thing": "VideoComment",
            "thing_likes.thing_id": "video_comment_likes.video_comment_id",
            "uuid -> things cascade": "uuid -> video_comments cascade",
            "exists thing_likes(thing_id, user_id)": (
                "exists video_comment_likes(video_comment_id, user_id)"
            ),
            "/things/:thingId": "/video-comments/:videoCommentId",
            "web/thing-like.tsx": "web/video-comment-like.tsx",
            "{ ThingLike } from './thing-like'": "{ VideoCommentLike } from './video-comment-like'",
            "ThingCard from './things'": "VideoCommentCard from './video-comments'",
            "<ThingLike thing={thing} />": "<VideoCommentLike videoComment={videoComment} />",
            "A thing was liked": "A video comment was liked",
        },
    )


def test_paths_json_css() -> None:
    check(
        "path",
        {
            "src/things/thing_x/ThingCard.tsx": (
                "src/video-comments/video_comment_x/VideoCommentCard.tsx"
            )
        },
    )
    check(
        "json",
        {
            '{"a.thing": "A thing", "b": "thing"}': (
                '{"a.video_comment": "A video comment", "b": "video_comment"}'
            )
        },
    )
    check(
        "css",
        {
            ".thing-card .things { } /* a thing */": (
                ".video-comment-card .video-comments { } /* a video comment */"
            )
        },
    )


def test_one_and_many_stay_apart_where_code_needs_it() -> None:
    check(
        "ts",
        {
            "things.find((thing) => thing)": "allSeries.find((series) => series)",
            "import { useThings } from './things'": "import { useAllSeries } from './all-series'",
            "supabase.from('things')": "supabase.from('series')",
            "'/things/new'": "'/series/new'",
            "MAX_THINGS": "MAX_ALL_SERIES",
            "// all things": "// all series",
        },
        Forms.of("Series"),
    )


def test_a_text_about_something_else_stays() -> None:
    assert rename("const a = `b`;", "ts", VIDEO_COMMENT) == "const a = `b`;"


def test_markers_are_left_alone() -> None:
    text = "/*% if has('things') %*/ thing '/*= thing.label =*/'\n//% for thing in things\n"
    assert rename(text, "ts", VIDEO_COMMENT) == text.replace("*/ thing", "*/ videoComment")
