"""Rules of one table: worked out anew only where what they are about has changed."""

from __future__ import annotations

from dataclasses import replace

from archwright.blueprint.access import ForeignKey, Scope, TableAccess, parse
from archwright.blueprint.access_ast import Expr
from archwright.blueprint.once import Once
from archwright.diagnostics import Place
from archwright.schema.table_rules import surroundings, table_rules


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


def table(
    name: str, parent: str = "", select: str = "public", update_check: str = "public"
) -> TableAccess:
    return TableAccess(
        name,
        {"id": "uuid", "owner_id": "uuid", "parent_id": "uuid", "other_id": "uuid"},
        owner="owner_id",
        foreign_keys={"parent_id": ForeignKey(parent), "other_id": ForeignKey("others")},
        select=read(select),
        update_check=read(update_check),
    )


SCOPE = Scope(
    {
        "albums": table("albums", select="owner"),
        "tracks": table("tracks", "albums", select="parent(parent_id may select)"),
        "plays": table("plays", "tracks", update_check="parent(parent_id may select)"),
        "others": table("others"),
    }
)


def with_table(changed: TableAccess) -> Scope:
    return replace(SCOPE, tables={**SCOPE.tables, changed.name: changed})


def test_rules_are_about_what_they_look_at_however_far() -> None:
    names = [t.name for t in surroundings(SCOPE, "plays")]
    assert names == ["plays", "tracks", "albums"]
    assert [t.name for t in surroundings(SCOPE, "albums")] == ["albums"]


def test_rules_are_kept_while_what_they_are_about_stays() -> None:
    kept = Once()
    first = table_rules(SCOPE, "tracks", kept)
    elsewhere = with_table(table("others", select="owner"))
    assert table_rules(elsewhere, "tracks", kept) is first


def test_rules_change_with_a_table_that_they_look_at() -> None:
    kept = Once()
    first = table_rules(SCOPE, "tracks", kept)
    widened = with_table(table("albums", select="public"))
    found = table_rules(widened, "tracks", kept)
    assert found == table_rules(widened, "tracks", Once())
    assert [p.roles for p in first.policies] == [("authenticated",)]
    assert [p.roles for p in found.policies] == [("anon", "authenticated")]
