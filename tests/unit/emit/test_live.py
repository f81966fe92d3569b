"""The file that tells the front end which topics there are."""

from __future__ import annotations

from archwright.emit.live import live_topics_file
from archwright.plan.inventory import LIVE_TOPICS, inventory
from archwright.schema.live_events import Topic
from subjects.packed import compiled
from subjects.tiny import FULL, app_of

TOPICS = (
    Topic("person", ("conversations", "notifications")),
    Topic("videos", ("video_comments",)),
)


def test_it_names_the_tables_of_every_topic() -> None:
    app = compiled({}).app
    draft = live_topics_file(app, TOPICS)
    assert draft is not None
    assert draft.path == LIVE_TOPICS
    assert draft.path in {entry.path for entry in inventory(app) if entry.derived}
    assert "personalTables: readonly string[] = ['conversations', 'notifications'];" in draft.text
    assert "subjectTables = {\n  videos: ['video_comments'],\n} as const;" in draft.text


def test_an_app_may_have_no_topics() -> None:
    draft = live_topics_file(compiled({}).app, ())
    assert draft is not None
    assert "personalTables: readonly string[] = [];" in draft.text


def test_nothing_is_written_where_nobody_listens() -> None:
    app = app_of(FULL)
    assert live_topics_file(app, TOPICS) is None
    assert LIVE_TOPICS not in {entry.path for entry in inventory(app)}
