"""The manifest refuses what later stages would trip over, at its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import archwright
from archwright.blueprint.model import Scalar
from archwright.catalog import manifest as manifests
from archwright.catalog.load import validate
from archwright.catalog.manifest import Option
from subjects.tiny import broken, head, one, told

PATH = "packs/mine/pack.toml"
BARRED = {"file": "sql/p.sql", "table": "x", "withholds": ["uploads"]}


def places(**manifest: Any) -> list[str]:
    raw = {"pack": {"name": "mine", "title": "T", "summary": "S"}, **manifest}
    found, problems = validate(raw, PATH)
    assert (found is None) == bool(problems)
    assert {d.code for d in problems} <= {"AW-3001"}
    return [".".join(d.place.path) for d in problems]


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ({"tabels": {}}, "tabels"),
        ({"tables": {"x": {"comment": "c", "columns": {}, "colour": 1}}}, "tables.x.colour"),
        ({"tables": {"x": {"columns": {}}}}, "tables.x.comment"),
        ({"tables": {"select": {"comment": "c", "columns": {}}}}, "tables.select"),
        ({"columns": {"x": {"order": "int"}}}, "columns.x.order"),
        ({"predicates": {"p": {**BARRED, "withholds": ["roles"]}}}, "predicates.p"),
        ({"predicates": {"p": {**BARRED, "of_member": "q"}}}, "predicates.p"),
        ({"predicates": {"p": {**BARRED, "args": ["uuid"]}}}, "predicates.p"),
        ({"predicates": {"p": {**BARRED, "withholds": ["names"]}}}, "predicates.p.withholds.0"),
        ({"columns": {"x": {"a": "int = 0; drop table x"}}}, "columns.x.a"),
        ({"columns": {"x": {"a": "int = 0, b int"}}}, "columns.x.a"),
        ({"columns": {"X; drop": {"a": "int"}}}, "columns.X; drop"),
        (
            {"tables": {"x": {"comment": "c", "columns": {}, "checks": {"y": "true) or (true"}}}},
            "tables.x.checks.y",
        ),
        (
            {"tables": {"x": {"comment": "c", "columns": {}, "access": {"insert": {}}}}},
            "tables.x.access.insert.who",
        ),
        ({"indexes": {"i": {"table": "x", "columns": ["a) where (true"]}}}, "indexes.i.columns.0"),
        ({"indexes": {"i": {"table": "x", "columns": []}}}, "indexes.i.columns"),
        ({"queries": {"q": {"table": "x", "order": ["a, b"]}}}, "queries.q.order.0"),
        ({"queries": {"q": {"table": "x", "filter": "a; b"}}}, "queries.q.filter"),
        (
            {"triggers": {"t": {"kind": "function", "table": "x", "when": "before insert on y"}}},
            "triggers.t.when",
        ),
        (
            {"triggers": {"t": {"kind": "audit", "table": "x", "condition": "true) --"}}},
            "triggers.t.condition",
        ),
        ({"events": {"e": {"on": "insert x y", "actor": "a", "to": "a"}}}, "events.e.on"),
        ({"events": {"e": {"on": "truncate x", "actor": "a", "to": "a"}}}, "events.e.on"),
        ({"events": {"e": {"on": "delete x", "actor": "a", "to": "a"}}}, "events.e"),
        ({"events": {"e": {"on": "insert or delete x", "actor": "a", "to": "a"}}}, "events.e"),
        ({"events": {"e": {"on": "insert x", "actor": "a", "about": "b"}}}, "events.e"),
        ({"events": {"e": {"on": "insert x", "to": "a", "live": ["about"]}}}, "events.e"),
        ({"events": {"e": {"on": "insert x", "to": "a", "live": ["all"]}}}, "events.e.live.0"),
        (
            {
                "events": {
                    "e": {"on": "insert or delete x", "when": "new.a", "to": "a", "live": ["to"]}
                }
            },
            "events.e",
        ),
        ({"events": {"e": {"on": "insert x", "actor": "a", "to": "a;b"}}}, "events.e.to"),
        (
            {"events": {"e": {"on": "insert x", "to": "a", "live": ["to"], "taken_back": True}}},
            "events.e",
        ),
        ({"functions": {"f": {"file": "sql/../../x.sql"}}}, "functions.f.file"),
        ({"functions": {"f": {"file": "/etc/passwd"}}}, "functions.f.file"),
        (
            {"selects": {"Clip": {"file": ".git/x.json", "name": "xFields", "fields": []}}},
            "selects.Clip.file",
        ),
        ({"buckets": {"b": {"limit": 1, "types": ["video'/x"]}}}, "buckets.b.types.0"),
        ({"routes": [{"path": "/x'", "file": "a.tsx", "guard": "public"}]}, "routes.0.path"),
        ({"routes": [{"path": "/x", "file": "a.tsx", "guard": "all"}]}, "routes.0.guard"),
        (
            {"entities": {"Clip": {"table": "clips", "label": "a*/", "labels": "b"}}},
            "entities.Clip.label",
        ),
        ({"entities": {"clip": {"table": "clips", "label": "a", "labels": "b"}}}, "entities.clip"),
        ({"enums": {"e": {"values": []}}}, "enums.e.values"),
        ({"enums": {"e": {"values": ["a'"]}}}, "enums.e.values.0"),
        ({"options": {"o": {"type": "integer", "default": "x"}}}, "options.o"),
        ({"extensions": ["dblink"]}, "extensions.0"),
    ],
)
def test_mistakes_are_told_at_their_place(manifest: dict[str, Any], place: str) -> None:
    assert place in places(**manifest)


@pytest.mark.parametrize(
    ("option", "value", "fits"),
    [
        (Option(type="boolean", default=True), False, True),
        (Option(type="boolean", default=True), 1, False),
        (Option(type="integer", default=5, minimum=1, maximum=9), 9, True),
        (Option(type="integer", default=5, minimum=1, maximum=9), 10, False),
        (Option(type="integer", default=5, minimum=1, maximum=9), 0, False),
        (Option(type="integer", default=5), True, False),
        (Option(type="integer", default=5), "5", False),
        (Option(type="choice", default="a", choices=("a", "b")), "b", True),
        (Option(type="choice", default="a", choices=("a", "b")), "c", False),
        (Option(type="string", default="a"), "anything", True),
        (Option(type="string", default="a"), 3, False),
    ],
)
def test_which_values_an_option_takes(option: Option, value: Scalar, fits: bool) -> None:
    assert option.fits(value) is fits


def test_what_an_option_expects_in_words() -> None:
    assert Option(type="integer", default=5, minimum=1, maximum=9).expected == (
        "a whole number from 1 up to 9"
    )
    assert Option(type="choice", default="a", choices=("a", "b")).expected == "one of a, b"
    assert Option(type="boolean", default=True).expected == "true or false"
    assert Option(type="string", default="").expected == "a text"


@pytest.mark.parametrize("parts", ["[]", '["data", "data"]', '["Data"]'])
def test_parts_are_named_once_and_at_least_one(tmp_path: Path, parts: str) -> None:
    _, problems = one(tmp_path, {"pack.toml": head("mine", parts=parts)})
    assert {d.code for d in problems} == {"AW-3001"}
    assert all(d.place.path[0] == "pack" for d in problems)


def test_a_mistake_in_a_real_pack_has_its_file_and_key(tmp_path: Path) -> None:
    problems = broken(tmp_path, "likes", "bigint(0..) = 0", "bigint(0..) = 0) , (0")
    assert told(problems) == [("AW-3001", "packs/likes/pack.toml (columns.things.like_count)")]


def test_every_field_is_read_by_something_else() -> None:
    """What nothing reads is a promise that nobody keeps."""
    folder = Path(archwright.__file__).parent
    written = [
        path
        for path in folder.rglob("*.py")
        if "stack" not in path.parts and not path.name.startswith("manifest")
    ]
    written.append(folder / "catalog/manifest.py")  # properties of the head, which others call
    read = set(re.findall(r"\.(\w+)", "\n".join(p.read_text(encoding="utf-8") for p in written)))
    specs = (getattr(manifests, name) for name in manifests.__all__)
    fields = {
        (spec.__name__, field)
        for spec in specs
        if isinstance(spec, type) and issubclass(spec, BaseModel)
        for field in spec.model_fields
    }
    assert len(fields) > 100
    assert {(spec, field) for spec, field in fields if field not in read} == set()
