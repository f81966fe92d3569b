"""Objects are told one by one; of a table that only one side has, nothing but the table."""

from __future__ import annotations

from dataclasses import replace

from archwright.drift.objects import drifts
from archwright.drift.to_database import to_database
from archwright.introspect.found import Introspected, Remark
from archwright.schema.model import Bucket, Job, Ref, Schema
from schemas.sample import CLIPS, sample


def found(schema: Schema, *remarks: Remark) -> Introspected:
    return Introspected(schema, remarks)


def test_nothing_differs() -> None:
    assert drifts(found(sample()), found(sample())) == ()


def test_a_table_is_told_once() -> None:
    schema = sample()
    lost = replace(
        schema,
        tables=tuple(t for t in schema.tables if t.ref != CLIPS),
        indexes=tuple(i for i in schema.indexes if i.table != CLIPS),
        triggers=tuple(t for t in schema.triggers if t.table != CLIPS),
        policies=tuple(p for p in schema.policies if p.table != CLIPS),
        grants=tuple(g for g in schema.grants if g.table != CLIPS),
    )
    said = {(d.what, d.kind, d.name) for d in drifts(found(lost), found(schema))}
    assert said == {("missing there", "table", "public.clips")}
    back = {(d.what, d.kind, d.name) for d in drifts(found(schema), found(lost))}
    assert back == {("unknown here", "table", "public.clips")}


def test_each_collection_counts() -> None:
    schema = sample()
    less = replace(
        schema,
        extensions=(),
        enums=(),
        indexes=(),
        functions=(),
        triggers=(),
        policies=(),
        grants=(),
        buckets=(),
        comments=(),
    )
    more = replace(schema, jobs=(Job("night", "0 3 * * *", "select 1"),))
    kinds = {d.kind for d in drifts(found(less), found(more))}
    assert kinds == {
        *("extension", "type", "index", "function", "trigger", "policy", "grant", "bucket"),
        *("comment", "job"),
    }
    # the platform brings extensions along
    assert "extension" not in {d.kind for d in drifts(found(more), found(less))}
    bucket = replace(schema, buckets=(Bucket("x", True, 1, ()),))
    (first, *_) = drifts(found(bucket), found(schema))
    assert first.as_dict()["what"] == "missing there"


def test_what_the_schema_value_does_not_hold_counts_too() -> None:
    off = Remark("table", str(CLIPS), "has no row-level security")
    view = Remark("view", "public.seen", "has no counterpart")
    on_platform = Remark("trigger", "auth.users.t", "is disabled")
    trigger = Remark("trigger", f"{CLIPS}.clips_touch", "is disabled")
    live = found(sample(), off, view, trigger, on_platform)
    said = {(d.what, d.kind, d.name) for d in drifts(live, found(sample()))}
    assert said == {
        ("unknown here", "table, more", "public.clips"),
        ("unknown here", "view, more", "public.seen"),
        ("unknown here", "trigger, more", "auth.users.t"),
        ("unknown here", "trigger, more", "public.clips.clips_touch"),
    }
    offered = to_database(live, found(sample()))
    assert offered.scripts == (
        "alter table public.clips enable row level security;\n"
        "alter table public.clips enable trigger clips_touch;\n",
    )
    assert offered.beyond == ("only there: view public.seen: has no counterpart",)
    here = to_database(found(sample()), found(sample(), off))
    assert here.beyond == ("only here: table public.clips: has no row-level security",)
    assert here.scripts == ()
    assert Ref("public", "clips") == CLIPS
