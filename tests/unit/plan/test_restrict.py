"""The app as it stands after some parts."""

from __future__ import annotations

from archwright.plan.restrict import Node, all_nodes, restrict, whole
from subjects.tiny import FULL, app_of

APP = app_of(FULL)


def test_the_whole_app_has_everything() -> None:
    assert APP.finished
    assert len(APP.instances) == len(APP.expansion.instances)
    assert set(APP.built) == {Node(i.key, p) for i in APP.instances for p in i.parts}
    assert whole(FULL, APP.expansion) == APP


def test_what_an_app_has() -> None:
    built = [Node("clips", "data"), Node("likes:Clip", "data"), Node("likes:Clip", "components")]
    app = restrict(FULL, APP.expansion, built)
    assert app.has("clips")
    assert app.has("clips.data")
    assert not app.has("clips.pages")
    assert app.has("likes@Clip")
    assert app.has("likes.components")
    assert not app.has("likes@ClipComment")
    assert not app.has("nothing")
    assert not app.finished
    clips, likes = app.instances
    assert (app.complete(clips), app.complete(likes)) == (False, True)
    assert app.has_part(clips, None)
    assert not app.has_part(clips, "pages")


def test_names_of_nodes() -> None:
    assert str(Node("likes:Clip", "data")) == "likes:Clip/data"
    assert len(all_nodes(APP.expansion)) == len(APP.built)
