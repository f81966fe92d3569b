"""Search on a real PostgreSQL: what is found, in which order, and that no query fails."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, Backend
from subjects.safety_app import LIKE, SEARCH, add_video, change, safety_database

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with safety_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


@pytest.mark.parametrize("query", ["bread", "BREAD", "fresh bre", "Brëad", "breads", "#bread!"])
def test_videos_are_found_by_words_beginnings_and_stems(app: Backend, query: str) -> None:
    assert app.act(BOB, SEARCH, query) == [(FIRST,)]


@pytest.mark.parametrize("query", ["bob", "bob.b", "@bob_b", "Member bob", "membre bob"])
def test_people_are_found_by_names_also_with_mistakes(app: Backend, query: str) -> None:
    found = app.act(CAY, "select id from public.search_profiles(%s)", query)
    assert found[0] == (BOB,)


def test_hashtags_are_found(app: Backend) -> None:
    [(tag,)] = app.act(
        BOB,
        "select h.tag from public.search_hashtags('swi') s join public.hashtags h on h.id = s.id",
    )
    assert tag == "swim"


def test_results_are_ranked_and_paged(app: Backend) -> None:
    other = uuid4()
    with app.postgres.connect(app.name) as connection:
        add_video(connection, other, "bread bread bread")
        for number in range(7):
            add_video(connection, UUID(int=0xB0 + number), f"A long story with bread {number}")
    whole_list = app.act(BOB, "select id, rank from public.search_videos('bread')")
    assert len(whole_list) == 9
    assert {row[0] for row in whole_list[:2]} == {FIRST, other}
    assert whole_list == sorted(whole_list, key=lambda row: (row[1], row[0]), reverse=True)
    paged = app.act(BOB, "select id, rank from public.search_videos('bread', p_limit => 4)")
    for _ in range(2):
        paged += app.act(
            BOB,
            "select id, rank from public.search_videos('bread', %s, %s, 4)",
            paged[-1][1],
            paged[-1][0],
        )
    assert paged == whole_list


def many(app: Backend, count: int, caption: str) -> None:
    """Add videos, the oldest first; their ids say nothing of their age."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into public.videos (id, author_id, video_path, status, published_at, caption,"
            " created_at) select md5(n::text)::uuid, %s::uuid, format('%%s/%%s.mp4', %s::uuid, n),"
            " 'ready', now(), %s, '2024-01-01'::timestamptz + n * interval '1 minute'"
            " from generate_series(1, %s) n",
            (ANN, ANN, caption, count),
        )


def nth(number: int) -> str:
    return f"md5('{number}')::uuid"


@pytest.mark.parametrize(
    ("query", "caption"), [("soup", "A bowl of soup"), ("soupp", "Soup of the day")]
)
def test_of_many_matches_the_newest_are_ranked(app: Backend, query: str, caption: str) -> None:
    ranked = 1000 if query == "soup" else 200
    many(app, ranked + 300, caption)
    # The old ones come last in the table, as after a vacuum that moved what is new into gaps.
    change(app, "update public.videos set view_count = 1 where created_at > '2024-01-01 05:00'")
    change(app, "update public.videos set caption = %s where id = " + nth(301), "Soup")
    change(app, "update public.videos set caption = %s where id = " + nth(300), "Soup")
    listed = "select array_agg(f.id) from private.videos_found(%s) f"
    with app.postgres.connect(app.name) as connection:
        rows = [connection.execute(listed.encode(), (query,)).fetchone() for _ in range(7)]
    found = rows[0]
    assert found is not None
    assert len(found[0]) == 200
    assert rows == [found] * 7
    older = "select count(*) from public.videos where id = any (%s) and created_at <= %s"
    assert app.look(older, found[0], "2024-01-01 05:00+00") == 0
    assert app.look(f"select {nth(301)}") in found[0]


HOSTILE = [
    "",
    "   ",
    "'",
    "''; drop table public.videos; --",
    "& | ! <-> ( ) :* \\",
    "!!!bread & ",
    ":*:*",
    "a:b:c",
    "%%%___",
    '"unclosed',
    "<script>alert(1)</script>",
    "\u202e\u0301\u200b",
    "日本語",
    "🍞🍞🍞",
    "x" * 10_000,
    "a & " * 2_500,
    "the and of",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error(app: Backend, query: str) -> None:
    for target in ("videos", "profiles", "hashtags"):
        found = app.act(BOB, f"select id from public.search_{target}(%s)", query)
        assert len(found) <= 20
    assert app.act(BOB, SEARCH, "bread") == [(FIRST,)]


def test_what_is_not_for_everyone_is_not_found(app: Backend) -> None:
    hidden = uuid4()
    with app.postgres.connect(app.name) as connection:
        add_video(connection, hidden, "Secret sauce", "private")
    assert app.act(BOB, SEARCH, "sauce") == []
    assert app.act(ANN, SEARCH, "sauce") == [(hidden,)]


def test_a_changed_caption_is_found_by_its_new_words_only(app: Backend) -> None:
    app.caption("Sourdough")
    assert app.act(BOB, SEARCH, "bread") == []
    assert app.act(BOB, SEARCH, "sourdough") == [(FIRST,)]
    app.act(BOB, LIKE, FIRST)
    assert app.act(BOB, SEARCH, "sourdough") == [(FIRST,)]


def test_counts_do_not_read_the_words_again(app: Backend) -> None:
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "update public.videos set search_document = 'marked' where id = %s", (FIRST,)
        )
    app.act(BOB, LIKE, FIRST)
    assert app.act(BOB, SEARCH, "marked") == [(FIRST,)]  # else a like would cost what a text does
    app.caption("Sourdough")
    assert app.act(BOB, SEARCH, "marked") == []
    assert app.act(BOB, SEARCH, "sourdough") == [(FIRST,)]


def test_rows_from_before_the_search_can_be_read_in(app: Backend) -> None:
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update public.videos set search_document = '', search_name = ''")
    assert app.act(BOB, SEARCH, "bread") == []
    change(app, "select private.index_videos_for_search()")
    assert app.act(BOB, SEARCH, "bread") == [(FIRST,)]


def test_search_uses_its_indexes(app: Backend) -> None:
    with app.postgres.connect(app.name) as connection:
        connection.execute("set enable_seqscan = off")
        plan = connection.execute(
            "explain select id from public.videos"
            " where search_document @@ (select private.search_words('bread'))"
        ).fetchall()
    assert any("videos_search_document_idx" in row[0] for row in plan)
