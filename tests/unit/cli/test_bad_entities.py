"""Entities that cannot be: a diagnostic with line and hint, and nothing is written."""

from __future__ import annotations

import pytest

from subjects.command_line import Commands

HEAD = "version: 1\napp: {name: Mine, slug: mine}\nentities:\n"
ENTITIES = {
    "said from both sides": (
        "  - {name: Shop, relations: [{name: sign, to: Sign, kind: one_to_one}]}\n"
        "  - {name: Sign, relations: [{name: shop, to: Shop, required: false}]}\n",
        "AW-2309",
        5,
    ),
    "one column twice": (
        "  - {name: Shop, attributes: [{name: sign_id}], relations: [{name: sign, to: Shop,"
        " required: false}]}\n",
        "AW-2209",
        4,
    ),
    "an account that cannot be deleted": (
        "  - {name: Shop}\n"
        "  - {name: Sign, relations: [{name: place, to: Shop, on_delete: restrict}]}\n",
        "AW-2310",
        5,
    ),
    "emptied though required": (
        "  - {name: Shop}\n"
        "  - {name: Sign, relations: [{name: place, to: Shop, on_delete: set null}]}\n",
        "AW-2210",
        5,
    ),
    "a required self reference": (
        "  - {name: Shop, relations: [{name: above, to: Shop}]}\n",
        "AW-2304",
        4,
    ),
    "a key of what may be missing": (
        "  - {name: Shop, attributes: [{name: a}, {name: b}], unique: [[a, b]]}\n",
        "AW-2314",
        4,
    ),
    "circular ownership": (
        "  - {name: Chat, relations: [{name: last, to: Message, required: false}]}\n"
        "  - {name: Message, relations: [{name: place, to: Chat}]}\n",
        "AW-2312",
        4,
    ),
    "within what is not shared": (
        "  - {name: Shelf}\n"
        "  - {name: Tool, relations: [{name: place, to: Shelf, within: room}]}\n",
        "AW-2311",
        5,
    ),
    "an arc of one": (
        "  - {name: Shelf}\n"
        "  - {name: Note, relations: [{name: place, to: Shelf, arc: subject}]}\n",
        "AW-2313",
        5,
    ),
    "one plural of two": ("  - {name: News}\n  - {name: New}\n", "AW-2212", 5),
    "a name that is too long": (f"  - {{name: {'Long' * 9}}}\n", "AW-2208", 4),
    "a column that each table has": (
        "  - {name: Shop, attributes: [{name: ctid}]}\n",
        "AW-2208",
        4,
    ),
    "a word of SQL": ("  - {name: Shop, attributes: [{name: select}]}\n", "AW-2012", 4),
    "a table whose name is a word of SQL": ("  - {name: Shop, plural: Select}\n", "AW-2208", 4),
    "thousands": (
        "".join(f"  - {{name: Entity{number}}}\n" for number in range(5000)),
        "AW-2315",
        1004,
    ),
}


@pytest.mark.parametrize("what", ENTITIES)
def test_what_cannot_be_built_is_told_where_it_stands(archwright: Commands, what: str) -> None:
    text, code, line = ENTITIES[what]
    path = archwright.root / "b.yaml"
    path.write_text(HEAD + text)
    said = archwright("build", "--blueprint", path, "--yes")
    assert said.code == 1
    assert f"error {code} b.yaml:{line}:" in said.err.replace(f"{archwright.root}/", "")
    assert "hint: " in said.err
    assert "Traceback" not in said.err
    assert list(archwright.root.iterdir()) == [path]
