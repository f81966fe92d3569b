"""References inside a Blueprint."""

from __future__ import annotations

import pytest

from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.catalog.manifest import Manifest
from archwright.check.references import check_references

HEAD = "app: {name: A, slug: a}\n"
NOTES = Manifest.model_validate(
    {
        "pack": {"name": "notes", "title": "Notes", "summary": "s"},
        "entities": {"Note": {"table": "notes", "label": "note", "labels": "notes"}},
        "roles": {"editor": {"label": "Editor"}},
    }
)


def _blueprint(text: str) -> Blueprint:
    blueprint, found = load(HEAD + text, "blueprint.yaml")
    assert blueprint is not None, found
    return blueprint


def _found(text: str) -> list[tuple[str, str]]:
    found = check_references(_blueprint(text), [NOTES])
    assert all(d.hint and d.place.source == "blueprint.yaml" for d in found)
    return [(d.code, ".".join(d.place.path)) for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entities: [{name: Recipe}, {name: Recipe}]", [("AW-2301", "entities.1")]),
        ("roles: [{name: cook, label: C}, {name: cook, label: D}]", [("AW-2301", "roles.1")]),
        ("features: [{use: likes, on: [Note, Note]}]", [("AW-2301", "features.0.on.1")]),
        (
            "entities: [{name: Recipe, attributes: [{name: a}, {name: b}, {name: a}]}]",
            [("AW-2301", "entities.0.attributes.2")],
        ),
        (
            "entities: [{name: Recipe, attributes: [{name: a}], relations: [{name: a, to: Note}]}]",
            [("AW-2301", "entities.0.relations.0.name")],
        ),
        ("entities: [{name: Note, pack: notes}]", [("AW-2302", "entities.0.pack")]),
        ("entities: [{name: Note, pack: notes}]\nfeatures: [{use: notes}]", []),
        (
            "entities: [{name: Recipe, relations: [{name: a, to: Nothing}]}]",
            [("AW-2303", "entities.0.relations.0.to")],
        ),
        ("entities: [{name: Recipe, relations: [{name: a, to: Note}]}]", []),
        (
            "entities: [{name: Recipe, relations: [{name: a, to: Recipe}]}]",
            [("AW-2304", "entities.0.relations")],
        ),
        ("entities: [{name: Recipe, relations: [{name: a, to: Recipe, required: false}]}]", []),
        (
            "roles: [{name: cook, label: C, granted_by: [boss]}]",
            [("AW-2305", "roles.0.granted_by.0")],
        ),
        ("roles: [{name: cook, label: C, granted_by: [editor, cook]}]", []),
        (
            "roles: [{name: cook, label: C, included_in: [editor, boss]}]",
            [("AW-2305", "roles.0.included_in.1")],
        ),
    ],
)
def test_references(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text) == expected


def test_a_long_circle_is_told_once() -> None:
    names = ["Ab", "Bc", "Cd", "De"]
    rows = [
        f"{{name: {a}, relations: [{{name: x, to: {b}}}]}}"
        for a, b in zip(names, [*names[1:3], "Ab", "Ab"], strict=True)
    ]
    found = check_references(_blueprint(f"entities: [{', '.join(rows)}]"))
    assert [d.code for d in found] == ["AW-2304"]
    assert "Ab -> Bc -> Cd -> Ab" in found[0].message


def test_nothing_to_report() -> None:
    assert check_references(_blueprint("")) == []


@pytest.mark.parametrize("name", ["owner", "member", "service", "anonymous"])
def test_roles_with_a_meaning_of_their_own(name: str) -> None:
    found = _found(f"roles: [{{name: {name}, label: A}}]")
    assert found == [("AW-2306", "roles.0.name")]


def test_what_is_not_built_is_told() -> None:
    app = "app: {name: A, slug: a, locales: [en, de]}\n"
    blueprint, _ = load(app + "integrations: [{service: payments, provider: stripe}]\n", "b")
    assert blueprint is not None
    found = check_references(blueprint)
    assert [(d.code, d.severity.value, ".".join(d.place.path)) for d in found] == [
        ("AW-2307", "warning", "app.locales.1"),
        ("AW-2307", "warning", "integrations.0"),
    ]


def test_what_an_entity_of_a_pack_says_in_vain_is_told() -> None:
    more = "attributes: [{name: a}], relations: [{name: b, to: Note}], unique: [[a]], comment: C"
    entities = f"entities: [{{name: Note, pack: notes, {more}}}]\nfeatures: [{{use: notes}}]"
    found = check_references(_blueprint(entities), [NOTES])
    assert {d.severity.value for d in found} == {"warning"}
    assert [(d.code, ".".join(d.place.path)) for d in found] == [
        ("AW-2307", f"entities.0.{key}") for key in ("attributes", "relations", "unique", "comment")
    ]


def test_kinds_of_platforms_that_nobody_knows() -> None:
    blueprint, _ = load("app: {name: A, slug: a, archetypes: [short-video, bogus]}\n", "b")
    assert blueprint is not None
    (found,) = check_references(blueprint, archetypes=["tube", "short-video"])
    assert (found.code, found.place.path) == ("AW-2308", ("app", "archetypes", "1"))
    assert found.hint.startswith("known: short-video, tube")
    assert check_references(blueprint) == []


def test_thousands_of_entities_are_told_their_limit_and_nothing_else() -> None:
    """Also where each of them has mistakes of its own."""
    names = (f"Entity{n}" for n in range(5000))
    rows = ", ".join(f"{{name: {n}, relations: [{{name: a, to: Nothing}}]}}" for n in names)
    blueprint = _blueprint(f"entities: [{rows}]")
    (found,) = check_references(blueprint)
    assert (found.code, found.place.path) == ("AW-2315", ("entities", "1000"))
    fewer = blueprint.model_copy(update={"entities": blueprint.entities[:1000]})
    assert {d.code for d in check_references(fewer)} == {"AW-2303"}
