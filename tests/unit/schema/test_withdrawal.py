"""News that goes with its row: a trigger for each event, before what is counted is locked."""

from __future__ import annotations

from pathlib import Path

from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.tiny import FULL, app_of, changed, with_folder

TAKEN = 'link = "/things/:id"\ntaken_back = true\n'
FORGETS = 'wanted = "wants_notice"\ntake_back = "wants_notice"\n'


def schema_of(tmp_path: Path, *, listener: bool = True) -> Schema:
    changed(tmp_path, "likes", 'link = "/things/:id"\n', TAKEN)
    own = [tmp_path / "likes"]
    if listener:
        changed(tmp_path, "notices", 'wanted = "wants_notice"\n', FORGETS)
        own.append(tmp_path / "notices")
    found, problems = design(app_of(FULL, with_folder(*own)))
    assert problems == []
    assert found is not None
    return found.schema


def test_each_event_hands_over_what_its_rows_told(tmp_path: Path) -> None:
    schema = schema_of(tmp_path)
    [sql] = [f.sql for f in schema.functions if f.ref.name == "cancel_clip_liked"]
    assert "security definer set search_path = ''" in sql
    assert (
        "perform private.wants_notice(\n"
        "      array_agg(about.author_id), array_agg(gone.user_id),\n"
        "      array_agg(('clip_liked' || ':' || gone.clip_id::text)::text)\n"
        "    )\n"
        "    from gone\n"
        "    join public.clips about on about.id = gone.clip_id\n"
        "    join public.profiles told on told.id = about.author_id\n"
        "    join public.profiles doer on doer.id = gone.user_id\n"
        "    where about.author_id <> gone.user_id\n"
        "    having count(*) > 0;"
    ) in sql
    assert "exception when others then" in sql


def test_the_entry_is_locked_before_what_is_counted(tmp_path: Path) -> None:
    """Triggers of a statement run by name."""
    of_table = [t for t in schema_of(tmp_path).triggers if t.table.name == "clip_likes"]
    deletes = [t.name for t in of_table if "after delete" in t.sql and "statement" in t.sql]
    assert sorted(deletes) == ["cancel_clip_liked", "count_clip_likes_as_like_count_delete"]
    [made] = [t.sql for t in of_table if t.name == "cancel_clip_liked"]
    assert "referencing old table as gone\n  for each statement" in made


def test_nobody_forgets_where_the_listener_or_the_event_does_not_say_so(tmp_path: Path) -> None:
    for packs in (schema_of(tmp_path, listener=False), whole_schema()):
        assert not [t for t in packs.triggers if t.name.startswith("cancel_")]
        assert [t for t in packs.triggers if t.name == "notify_clip_liked"]


def whole_schema() -> Schema:
    found, problems = design(app_of(FULL))
    assert problems == []
    assert found is not None
    return found.schema
