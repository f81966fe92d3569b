"""What templates may ask."""

from __future__ import annotations

from archwright.plan.context import instance_context
from archwright.plan.restrict import Node, restrict
from subjects.tiny import FULL, app_of

APP = app_of(FULL)
BY_KEY = {i.key: i for i in APP.expansion.instances}


def test_a_target_in_every_form() -> None:
    context = instance_context(APP, BY_KEY["likes:ClipComment"])
    assert context["target"] == {
        "entity": "ClipComment",
        "table": "clip_comments",
        "owner": "author_id",
        "label": "comment",
        "labels": "comments",
        "snake": "clip_comment",
        "kebab": "clip-comment",
        "kebabs": "clip-comments",
        "camel": "clipComment",
        "camels": "clipComments",
        "pascal": "ClipComment",
        "id": "clip_comment_id",
    }
    assert context["targets"] == []


def test_targets_are_those_that_are_built() -> None:
    app = restrict(FULL, APP.expansion, [Node("reports", "data"), Node("reports:Clip", "data")])
    targets = instance_context(app, BY_KEY["reports"])["targets"]
    assert isinstance(targets, list)
    assert [t["id"] for t in targets] == ["clip_id"]
    parts = BY_KEY["reports:Clip"].parts
    assert targets[0]["built"] == {part: part == "data" for part in parts}
    assert instance_context(app, BY_KEY["clips"])["options"] == {"longest": 60, "tone": "calm"}


def test_targets_know_what_their_rows_are_on() -> None:
    targets = instance_context(APP, BY_KEY["reports"])["targets"]
    assert isinstance(targets, list)
    assert {t["entity"]: t["on"] for t in targets} == {
        "Clip": {},
        "ClipComment": {"table": "clips", "column": "clip_id"},
        "Profile": {},
    }
