from pathlib import Path

import pytest

from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import whole
from archwright.schema.rule_names import check_rule_names

PACK = """
[pack]
name = "notes"
title = "Notes"
summary = "Notes of members."
parts = ["data"]

[roles.editor]
label = "Editor"
included_in = ["{holder}"]

[queries.newest_notes]
table = "notes"
order = ["id"]
persona = "role({holder})"

[tables.notes]
comment = "A note"
owner = "author_id"
foreign = [{{ columns = ["author_id", "id"], references = "notes", to = ["id", "author_id"] }}]

[tables.notes.columns]
id = "uuid = gen_random_uuid()"
author_id = "uuid"
parent_id = "uuid? -> notes cascade"
is_open = "bool = false"

[tables.notes.access]
select = "{select}"
delete = "owner"

[entities.Note]
table = "notes"
owner = "author_id"
label = "note"
labels = "notes"
traits = ["flaggable"]

[relations.friend_of]
table = "notes"
me = "author_id"
other = "parent_id"
where = "{where}"

# of a table that this app has not got: nothing of it is in force
[amend.elsewhere.restrict]
select = "whatever = 3 or predicate(elsewhere_flagged, id)"
"""
OTHER = """
[pack]
name = "later"
title = "Later"
summary = "A feature that the app has not got."
parts = ["data"]

[columns.notes]
extra = "bool = false"

[tables.people]
comment = "People"

[tables.people.columns]
id = "uuid"

[relations.known_to]
table = "people"
me = "id"
other = "id"
"""
FLAGS = """
[pack]
name = "flags"
title = "Flags"
summary = "Flags on things, which the app has not got either."
attaches = "flaggable"
instance = "shared"
parts = ["data"]
"""
FLAGS_EACH = """
[predicates.thing_flagged]
file = "sql/thing_flagged.sql"
args = ["uuid"]
table = "things"
match = ["id"]
"""
FOUNDATION = '[pack]\nname = "foundation"\ntitle = "F"\nsummary = "None."\nkind = "foundation"\n'


def found(
    tmp_path: Path, select: str, where: str = "is_open = true", holder: str = "editor"
) -> list[Diagnostic]:
    pack = PACK.format(select=select, where=where, holder=holder)
    texts = {"notes": pack, "later": OTHER, "flags": FLAGS}
    for name, text in {**texts, "foundation": FOUNDATION}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.toml").write_text(text)
    (tmp_path / "flags/each.toml").write_text(FLAGS_EACH)
    (tmp_path / "flags/sql").mkdir()
    (tmp_path / "flags/sql/thing_flagged.sql").write_text("select true")
    catalog, problems = load_catalog(sorted(tmp_path.iterdir()))
    assert [p.code for p in problems] == ["AW-3015"]  # the amended table is nobody's
    blueprint = Blueprint(app=App(name="A", slug="a"), features=(FeatureUse(use="notes"),))
    expansion, problems = expand(blueprint, catalog)
    assert not problems
    return check_rule_names(whole(blueprint, expansion), catalog)


@pytest.mark.parametrize(
    "rule",
    [
        "owner or role(editor) or is_open = true or parent(parent_id may select)",
        "related(known_to, owner) and extra = true",  # the feature is known, though not here
        "parent(author_id may select) or related(friend_of, parent_id.owner)",
        "predicate(note_flagged, id)",  # what a feature would say of this entity
    ],
)
def test_names_that_something_defines(tmp_path: Path, rule: str) -> None:
    assert found(tmp_path, rule) == []


@pytest.mark.parametrize(
    ("rule", "code", "message"),
    [
        ("is_opne = true", "AW-2114", "notes has no column is_opne"),
        ("related(freind_of, owner)", "AW-2115", "there is no relation freind_of"),
        ("role(edtior)", "AW-2116", "there is no role edtior"),
        ("predicate(nothing)", "AW-2117", "there is no predicate nothing"),
        ("predicate(memo_flagged, id)", "AW-2117", "there is no predicate memo_flagged"),
        ("parent(is_open may select)", "AW-2118", "is_open of notes is not a foreign key"),
        ("owner and and", "AW-2111", ""),
    ],
)
def test_names_that_nothing_defines(tmp_path: Path, rule: str, code: str, message: str) -> None:
    (problem,) = found(tmp_path, rule)
    assert problem.severity == "warning"
    assert problem.message == message or not message
    assert problem.code == code or not message
    assert str(problem.place).startswith("packs/notes/pack.toml")
    assert problem.place.path == ("tables", "notes", "access", "select")


def test_the_condition_of_a_relation(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "owner", where="accpted = true")
    assert problem.message == "notes has no column accpted"
    assert problem.place.path == ("relations", "friend_of", "where")


def test_roles_of_queries_and_of_other_roles_are_there(tmp_path: Path) -> None:
    assert [(d.code, d.message, d.severity) for d in found(tmp_path, "owner", holder="chief")] == [
        ("AW-2116", "there is no role chief", "warning"),
        ("AW-2116", "there is no role chief", "warning"),
    ]
