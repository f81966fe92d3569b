"""Loading, dumping and updating ``blueprint.yaml``."""

from __future__ import annotations

import pytest

from archwright.blueprint.codec import HEADER, commented, dump, load, located, update
from archwright.blueprint.model import App, Assumption, Attribute, Blueprint, Entity, FeatureUse
from archwright.diagnostics import Diagnostic, Place

GOOD = """\
# mine
version: 1
app:
  name: Clipster # the best name
  slug: clipster
entities:
  - name: Video
    pack: videos
features:
  # people asked for this one
  - use: likes
    on: [Video]
  - use: "views"
    on: [Video]
"""


def _loaded(text: str) -> Blueprint:
    blueprint, found = load(text, "blueprint.yaml")
    assert not found
    assert blueprint is not None
    return blueprint


def _broken(old: str, new: str) -> list[tuple[str, str, int, int]]:
    assert old in GOOD
    blueprint, found = load(GOOD.replace(old, new), "blueprint.yaml")
    assert blueprint is None
    return [(d.code, ".".join(d.place.path), d.place.line, d.place.column) for d in found]


def test_load() -> None:
    blueprint = _loaded(GOOD)
    assert blueprint.app.name == "Clipster"
    assert [f.use for f in blueprint.features] == ["likes", "views"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    pack: videos", "    pak: videos", ("AW-2010", "entities.0.pak", 8, 5)),
        ("  slug: clipster", "  plug: clipster", ("AW-2010", "app.plug", 5, 3)),
        ("version: 1", "version: 2", ("AW-2013", "version", 2, 10)),
        ("slug: clipster", "slug: Clip Ster", ("AW-2012", "app.slug", 5, 9)),
        ("name: Video", "name: Table/../x", ("AW-2012", "entities.0.name", 7, 11)),
        ("name: Video", "name: User", ("AW-2012", "entities.0.name", 7, 11)),
        ("name: Video", 'name: "🎬"', ("AW-2012", "entities.0.name", 7, 11)),
        ("name: Video", "name: '\"; drop table x'", ("AW-2012", "entities.0.name", 7, 11)),
        ("name: Video", "name: V" + "i" * 200, ("AW-2012", "entities.0.name", 7, 11)),
        ("[Video]\n  - ", "[Video, vi deo]\n  - ", ("AW-2012", "features.0.on.1", 12, 17)),
        ("- use: likes", "- why: x", ("AW-2011", "features.0.use", 11, 5)),
        ("app:", "app: 3\nx:", ("AW-2012", "app", 3, 6)),
    ],
)
def test_a_mistake_has_its_place(old: str, new: str, expected: tuple[str, str, int, int]) -> None:
    assert expected in _broken(old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[Video]\n  - ", "Video\n  - ", "expected a list"),
        ("name: Clipster # the best name", "name: 12", "expected text"),
        ("app:", "app: [1]\nx:", "expected a mapping with keys"),
        ("slug: clipster", "slug: clipster\n  theme: {primary: red}", "a colour like '#2563eb'"),
        ("slug: clipster", "slug: clipster\n  theme: {mode: x}", "expected 'light', 'dark' or"),
        ("slug: clipster", "slug: clipster\n  name2: x", "unknown key name2"),
        ("name: Clipster # the best name", "name: ''", "expected text that is not empty"),
        ("name: Clipster # the best name", "name: " + "x" * 99, "expected at most 60 characters"),
        ("pack: videos", "owned: 7.5", "expected true or false"),
    ],
)
def test_messages_speak_of_yaml(old: str, new: str, message: str) -> None:
    assert old in GOOD
    _, found = load(GOOD.replace(old, new), "b")
    assert any(message in d.message for d in found), found
    assert not any("Input should" in d.message or "instance of" in d.message for d in found)


@pytest.mark.parametrize("version", ["true", "1.0", "2", "'1'", ".inf"])
def test_only_the_number_1_is_version_1(version: str) -> None:
    assert ("AW-2013", "version", 2, 10) in _broken("version: 1", f"version: {version}")


def test_key_paths_get_the_lines_of_the_file() -> None:
    def at(source: str, *path: str, line: int = 0) -> Diagnostic:
        return Diagnostic("AW-2201", "x", Place(source, path, line))

    given = [
        at("blueprint.yaml", "features", "1", "use"),
        at("blueprint.yaml", "entities", "0", "access", "select"),
        at("blueprint.yaml"),
        at("blueprint.yaml", "app", line=7),
        at("request", "app"),
    ]
    found = located(GOOD, "mine.yaml", given)
    assert [(d.place.source, d.place.line, d.place.column) for d in found[:3]] == [
        ("mine.yaml", 13, 10),
        ("mine.yaml", 7, 5),
        ("mine.yaml", 0, 0),
    ]
    assert found[3:] == given[3:]
    assert located("[", "mine.yaml", given[3:]) == given[3:]
    assert located("[", "mine.yaml", given[:1])[0].place.line == 0


def test_unknown_keys_come_with_a_suggestion() -> None:
    _, found = load(GOOD.replace("    pack: videos", "    lable: x"), "b")
    assert found[0].hint == "did you mean label?"
    _, found = load(GOOD.replace("    pack: videos", "    zzzz: x"), "b")
    assert found[0].hint.startswith("known keys: name, plural, label")
    _, found = load(GOOD.replace("entities:", "entitys:"), "b")
    assert found[0].hint == "did you mean entities?"
    item = "  - {what: x, because: y, status: stated, confidence: 1, a: 1}"
    _, found = load(f"{GOOD}assumptions:\n{item}", "b")
    assert "known keys" in found[0].hint


def test_an_option_of_a_wrong_type_is_placed_at_its_value() -> None:
    _, found = load(GOOD + "    options:\n      limit: [1]\n", "b")
    assert {(d.code, d.place.line) for d in found} == {("AW-2012", 16)}


@pytest.mark.parametrize("text", ["", "- a\n", "just text\n", "3\n"])
def test_not_a_mapping(text: str) -> None:
    blueprint, found = load(text, "b")
    assert blueprint is None
    assert [d.code for d in found] == ["AW-2005"]


def test_a_reading_mistake_stops_before_the_model() -> None:
    blueprint, found = load(GOOD + "version: 1\n", "b")
    assert blueprint is None
    assert [d.code for d in found] == ["AW-2003"]


def test_dump_is_readable() -> None:
    blueprint = Blueprint(
        app=App(name="Clipster", slug="clipster", summary="yes"),
        entities=(Entity(name="Video", pack="videos"),),
        features=(FeatureUse(use="likes", on=("Video", "VideoComment"), why="Asked for: likes"),),
        request="Build a clone\nwith likes",
    )
    text = dump(blueprint)
    assert text.startswith("# The whole application")
    assert "    on: [Video, VideoComment]\n" in text
    assert "  summary: 'yes'\n" in text or "  summary: yes\n" in text
    assert "request: |-\n  Build a clone\n  with likes\n" in text
    assert "theme" not in text
    assert _loaded(text) == blueprint
    assert dump(_loaded(text)) == text


@pytest.mark.parametrize(
    "request_text",
    ["a\n\n b ", "\n", "x\n", " a\nb", "a\r\nb", "a\tb\nc", "\x85\n", "\u2028\nx", "# a\n- x: |"],
)
def test_any_request_text_survives(request_text: str) -> None:
    blueprint = Blueprint(app=App(name="A", slug="a"), request=request_text)
    assert _loaded(dump(blueprint)) == blueprint


def test_update_keeps_comments_and_quotes() -> None:
    blueprint = _loaded(GOOD)
    more = (*blueprint.features, FeatureUse(use="reports", on=("Video",)))
    text = update(GOOD, blueprint.model_copy(update={"features": more}))
    for kept in ("# mine", "# the best name", "# people asked for this one", '- use: "views"'):
        assert kept in text
    assert "- use: reports" in text
    assert [f.use for f in _loaded(text).features] == ["likes", "views", "reports"]


def test_update_removes_and_changes() -> None:
    blueprint = _loaded(GOOD)
    changed = blueprint.model_copy(
        update={
            "app": App(name="Reelio", slug="reelio"),
            "features": (FeatureUse(use="views", on=("Video", "Sound")),),
        }
    )
    text = update(GOOD, changed)
    assert _loaded(text) == changed
    assert "# the best name" in text
    assert "likes" not in text


def test_update_gives_unchanged_text_back() -> None:
    assert update(GOOD, _loaded(GOOD)) is GOOD


@pytest.mark.parametrize("text", ["a: [", "", "- x", "a: *x", "version: 2001-99-99"])
def test_update_of_text_that_cannot_be_kept(text: str) -> None:
    blueprint = _loaded(GOOD)
    assert update(text, blueprint) == dump(blueprint)


def test_update_tells_a_truth_value_from_a_number() -> None:
    entity = Entity(name="Recipe", attributes=(Attribute(name="count", default=1),))
    before = Blueprint(app=App(name="A", slug="a"), entities=(entity,))
    after = before.model_copy(
        update={
            "entities": (
                Entity(name="Recipe", attributes=(Attribute(name="count", default=True),)),
            )
        }
    )
    text = update(dump(before), after)
    assert "default: true" in text
    assert _loaded(text).entities[0].attributes[0].default is True


def test_numbers_keep_their_kind() -> None:
    assumption = Assumption(what="x", because="1.0", confidence=1.0, status="stated")
    blueprint = Blueprint(app=App(name="12", slug="a"), assumptions=(assumption,))
    assert _loaded(dump(blueprint)) == blueprint


def test_two_spaces_survive_where_a_long_line_folds() -> None:
    text = "TikTok clone. " + "TikTok " * 10 + " TikTok"
    blueprint = Blueprint(app=App(name="Clips", slug="clips"), request=text)
    assert load(dump(blueprint), "")[0] == blueprint


@pytest.mark.parametrize(
    ("line", "mine"),
    [("", False), ("# mine", True), ("x: 1  # mine", True), ("x: '#ffffff'", False)],
)
def test_comments_of_people_are_told_from_the_header(line: str, mine: bool) -> None:
    assert commented(f"{HEADER}{line}\n") is mine
