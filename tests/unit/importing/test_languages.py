"""Every fixture of every language arrives, compiles, and says what had no counterpart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import Blueprint, Entity
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from archwright.compiler import make_plan
from archwright.diagnostics import Diagnostic, DiagnosticError, Severity, has_errors
from archwright.importing.dbml import from_dbml
from archwright.importing.jdl import from_jdl
from archwright.importing.prisma import from_prisma
from archwright.importing.source import Source
from archwright.importing.translate import FEATURES, Imported, translate

SOURCES = Path(__file__).parents[2] / "sources"
READERS: dict[str, Callable[[str, str], Source]] = {
    "prisma": from_prisma,
    "dbml": from_dbml,
    "jdl": from_jdl,
}
NAMES = ["blog.prisma", "clinic.prisma", "school.dbml", "events.dbml", "office.jdl", "store.jdl"]


@pytest.fixture(scope="module")
def packs() -> Catalog:
    return load_catalog()[0]


def taken(packs: Catalog) -> frozenset[str]:
    used = ("foundation", *FEATURES)
    return frozenset(name for pack in used for name in packs[pack].manifest.tables)


def imported(name: str, packs: Catalog) -> tuple[Imported, Source]:
    text = (SOURCES / name).read_text(encoding="utf-8")
    source = READERS[name.rpartition(".")[2]](text, name)
    return translate(source, taken(packs)), source


def entity(blueprint: Blueprint, name: str) -> Entity:
    return next(e for e in blueprint.entities if e.name == name)


def relations(found: Entity) -> dict[str, tuple[str, str, bool, str]]:
    return {r.name: (r.kind, r.to, r.required, r.on_delete) for r in found.relations}


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str, packs: Catalog) -> None:
    made, source = imported(name, packs)
    assert made.blueprint is not None, made.diagnostics
    assert not has_errors(made.diagnostics)
    again, problems = load(dump(made.blueprint), "blueprint.yaml")
    assert again == made.blueprint, problems
    plan, problems = make_plan(again, packs)
    assert plan is not None, problems
    assert all(d.place.source == name for d in made.diagnostics)
    said = "\n".join(d.message for d in made.diagnostics)
    assert made.became is not None
    for table in source.tables:
        assert table.name in made.became
        for column in table.columns:
            at = f"{table.name}.{column.name}"
            assert at in made.became or at in said, at


def test_prisma(packs: Catalog) -> None:
    made, _ = imported("blog.prisma", packs)
    assert made.blueprint is not None
    post = entity(made.blueprint, "Post")
    assert relations(post) == {
        "author": ("belongs_to", "AppUser", True, "restrict"),
        "reviewer": ("belongs_to", "AppUser", False, "set null"),
        "categories": ("many_to_many", "Category", True, "cascade"),
    }
    assert post.unique == (("author", "title"),)
    score = next(a for a in post.attributes if a.name == "score")
    assert (score.type, score.precision, score.scale, score.default) == ("decimal", 6, 2, 0)
    words = next(a for a in post.attributes if a.name == "words")
    assert (words.type, words.list, words.required) == ("integer", True, True)
    category = entity(made.blueprint, "Category")
    assert relations(category)["parent"] == ("tree", "Category", True, "set null")
    user = entity(made.blueprint, "AppUser")
    assert relations(user) == {"followers": ("many_to_many", "AppUser", True, "cascade")}
    assert next(a for a in user.attributes if a.name == "name").comment == "as shown"
    role = next(a for a in user.attributes if a.name == "role")
    assert (role.values, role.default) == (("user", "admin"), "user")
    comment = entity(made.blueprint, "Comment")
    assert comment.unique == (("post", "number"),)


def test_prisma_composite_keys(packs: Catalog) -> None:
    made, _ = imported("clinic.prisma", packs)
    assert made.blueprint is not None
    visit = entity(made.blueprint, "Visit")
    assert relations(visit)["room"] == ("belongs_to", "Room", True, "restrict")
    assert [a.name for a in visit.attributes] == ["starts_at"]
    bill = entity(made.blueprint, "Bill")
    assert relations(bill) == {"visit": ("one_to_one", "Visit", True, "restrict")}
    said = [str(d) for d in made.diagnostics]
    assert any("Visit.location" in s for s in said)
    assert any("view OpenBill" in s for s in said)


def test_dbml(packs: Catalog) -> None:
    made, _ = imported("school.dbml", packs)
    assert made.blueprint is not None
    student = entity(made.blueprint, "Student")
    assert student.comment == "Never deleted Who learns"
    assert relations(student)["courses"] == ("many_to_many", "Course", True, "cascade")
    links = next(r for r in student.relations if r.name == "courses")
    assert [(a.name, a.minimum, a.maximum) for a in links.attributes] == [("mark", 1, 6)]
    locker = entity(made.blueprint, "Locker")
    assert relations(locker) == {"student": ("one_to_one", "Student", False, "restrict")}


def test_dbml_schemas_partials_and_composite_references(packs: Catalog) -> None:
    made, _ = imported("events.dbml", packs)
    assert made.blueprint is not None
    deal = entity(made.blueprint, "CrmDeal")
    assert deal.unique == (("account", "stage"),)
    assert relations(deal) == {
        "account": ("belongs_to", "CrmAccount", True, "cascade"),
        "owner": ("belongs_to", "Person", False, "set null"),
    }
    ticket = entity(made.blueprint, "Ticket")
    assert relations(ticket)["seat"] == ("belongs_to", "Seat", True, "restrict")
    assert relations(entity(made.blueprint, "Person"))["labels"][0] == "many_to_many"


def test_every_relationship_of_jdl_arrives(packs: Catalog) -> None:
    made, _ = imported("office.jdl", packs)
    assert made.blueprint is not None
    assert relations(entity(made.blueprint, "Department")) == {
        "place": ("one_to_one", "Place", True, "restrict")
    }
    assert relations(entity(made.blueprint, "Employee")) == {
        "login": ("one_to_one", "Profile", False, "set null"),
        "department": ("belongs_to", "Department", True, "restrict"),
        "manager": ("belongs_to", "Employee", False, "restrict"),
        "task": ("many_to_many", "Task", True, "cascade"),
    }
    assert relations(entity(made.blueprint, "Place")) == {
        "country": ("belongs_to", "Country", False, "restrict")
    }
    assert relations(entity(made.blueprint, "Task")) == {
        "watcher": ("many_to_many", "Profile", True, "cascade")
    }
    country = entity(made.blueprint, "Country")
    assert country.comment == "A country, in which places are."
    name = country.attributes[0]
    assert (name.comment, name.unique, name.maximum) == ("its name", True, 40)


def test_the_user_of_jdl_is_a_member(packs: Catalog) -> None:
    made, _ = imported("store.jdl", packs)
    assert made.blueprint is not None
    order = entity(made.blueprint, "AppOrder")
    assert relations(order)["buyer"] == ("belongs_to", "Profile", True, "cascade")
    assert relations(order)["follow_up"] == ("one_to_one", "AppOrder", False, "set null")
    changed = [d for d in made.diagnostics if "AppOrder.buyer" in d.message]
    assert [d.place.line for d in changed] == [20]


def test_nobody_is_let_in_unasked(packs: Catalog) -> None:
    made, _ = imported("blog.prisma", packs)
    assert made.blueprint is not None
    for found in made.blueprint.entities:
        assert found.access is not None
        assert set(found.access.model_dump(exclude_none=True).values()) == {"role(admin)"}
    assert [a.status for a in made.blueprint.assumptions] == ["assumed"]


BAD: list[tuple[str, str, str, int]] = [
    ("prisma", "model A {\n  id Int @id\n  b B\n}", "AW-1404", 3),
    ("prisma", "model A {\n  id Int @id", "AW-1403", 2),
    ("prisma", "model A {\n  id Int @id\n  name\n}", "AW-1403", 4),
    ("prisma", "model A {\n id Int @id\n}\nmodel A {\n id Int\n}", "AW-1409", 4),
    ("prisma", "model A {\n id Int @id\n @@id([x])\n}", "AW-1405", 3),
    (
        "prisma",
        "model A {\n id Int @id\n b B @relation(fields: [x], references: [id])\n}\n"
        "model B {\n id Int @id\n a A[]\n}",
        "AW-1405",
        3,
    ),
    ("prisma", "model A {\n id Int @id\n b B[]\n}\nmodel B {\n id Int\n}", "AW-1405", 3),
    ("prisma", "model A {\n id Int @default(" + "(" * 300 + "\n}", "AW-1402", 2),
    ("prisma", "// nothing", "AW-1410", 0),
    ("dbml", "Table a {\n  id int [pk]\n  x colour\n}", "AW-1404", 3),
    ("dbml", "Table a {\n id int [pk]\n}\nRef: a.id > b.id", "AW-1405", 4),
    ("dbml", "Table a {\n id int [pk]\n b int [ref: > a.x]\n}", "AW-1405", 3),
    ("dbml", "Table a {\n id int [pk]\n indexes {\n  (id, x) [pk]\n }\n}", "AW-1405", 1),
    ("dbml", "Table a {\n id int\n id int\n}", "AW-1409", 3),
    ("dbml", "Table a {\n ~gone\n id int\n}", "AW-1405", 2),
    ("dbml", "Table a {\n  id int [pk", "AW-1403", 2),
    ("dbml", "Table a {\n  note: 'never ends\n}", "AW-1403", 2),
    ("jdl", "entity A {\n  x Strin\n}", "AW-1404", 2),
    ("jdl", "entity A\nrelationship OneToMany {\n  A to B\n}", "AW-1405", 3),
    ("jdl", "entity A { x String\n", "AW-1403", 1),
    ("jdl", "entity A\nentity A", "AW-1409", 2),
    ("jdl", "entity A { b String }\nentity B\nrelationship ManyToOne { A{b} to B }", "AW-1409", 3),
    ("jdl", "relationship Many { A to B }", "AW-1403", 1),
]


@pytest.mark.parametrize(("language", "text", "code", "line"), BAD)
def test_a_mistake_has_its_line(language: str, text: str, code: str, line: int) -> None:
    first = _problems(language, text)[0]
    assert (first.code, first.place.line) == (code, line), first
    assert first.hint


def _problems(language: str, text: str) -> list[Diagnostic]:
    try:
        made = translate(READERS[language](text, f"x.{language}"))
    except DiagnosticError as error:
        return list(error.diagnostics)
    return [d for d in made.diagnostics if d.severity is Severity.ERROR]


HOSTILE = "x'); drop table users; --"


def test_names_values_and_comments_are_data(packs: Catalog) -> None:
    text = f"""
Table "{HOSTILE}" [note: '''{HOSTILE} ''' ] {{
  "{HOSTILE}" text [not null, default: '''{HOSTILE}''', note: '''{HOSTILE}''']
  "ORDER" "text" [default: `pg_sleep(10)`]
  "∑" int
  "名前" int
  "a b" int
  "A_b" int
  "{"long" * 30}" int
}}
"""
    made = translate(from_dbml(text, "x.dbml"), taken(packs))
    assert made.blueprint is not None, made.diagnostics
    plan, problems = make_plan(made.blueprint, packs)
    assert plan is not None, problems
    (found,) = made.blueprint.entities
    names = [a.name for a in found.attributes]
    assert names[:2] == ["x_drop_table_users", "order_value"]
    assert len(set(names)) == 7
    assert names[4] == "a_b"
    assert names[5].startswith("a_b_")
    assert all(len(n) <= 40 for n in names)
    assert found.attributes[0].default == HOSTILE
    assert found.comment.startswith(HOSTILE)
    assert any("pg_sleep" in d.message for d in made.diagnostics)
