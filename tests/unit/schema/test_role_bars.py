"""Predicates during which nobody has a role: what they name, and that they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.plan.context import instance_context
from archwright.plan.restrict import Restricted, restrict
from archwright.schema.architect import design
from subjects.tiny import app_of, blueprint, head, packs_with, use

PACK = """
[tables.bans]
comment = "Who is banned"
key = ["user_id"]
owner = "user_id"

[tables.bans.columns]
user_id = "uuid -> profiles cascade"

[predicates.banned]
file = "sql/banned.sql"
table = "bans"
same_as = "owner"
withholds = ["roles"]
of_member = "is_banned"

[functions.is_banned]
file = "sql/is_banned.sql"
kind = "private"
"""
SQL = {
    "sql/banned.sql": "create function private.banned() returns boolean language sql as "
    "'select private.is_banned(auth.uid())'",
    "sql/is_banned.sql": "create function private.is_banned(p_member uuid) returns boolean "
    "language sql as 'select exists (select 1 from public.bans b where b.user_id = p_member)'",
}


def made(tmp: Path, old: str = "", new: str = "") -> Restricted:
    files = {"pack.toml": head("bans") + PACK, **SQL}
    files = {path: text.replace(old, new) for path, text in files.items()}
    packs = packs_with(tmp, bans=files)
    return app_of(blueprint(use("profiles"), use("bans")), packs)


def test_templates_see_whom_to_ask(tmp_path: Path) -> None:
    app = made(tmp_path)
    assert design(app)[1] == []
    instance = app.expansion.instances[0]
    assert instance_context(app, instance)["roles_unless"] == ["is_banned"]
    before = restrict(app.blueprint, app.expansion, ())
    assert instance_context(before, instance)["roles_unless"] == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('of_member = "is_banned"', 'of_member = "is_barred"', "predicates.banned.of_member"),
        ("(p_member uuid)", "(p_member text)", "predicates.banned.of_member"),
        ('same_as = "owner"', 'same_as = "owner or role(admin)"', "predicates.banned.same_as"),
    ],
)
def test_what_cannot_be_asked_is_a_mistake(tmp_path: Path, old: str, new: str, place: str) -> None:
    architecture, problems = design(made(tmp_path, old, new))
    assert architecture is None
    assert [(p.code, p.place.path) for p in problems] == [("AW-3102", tuple(place.split(".")))]
