"""Append-only tables: what would change or delete their rows is refused where it is declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from subjects.structures import depot, problems_with
from subjects.tiny import told

ACTOR = 'actor_id = "uuid? = auth.uid() -> profiles set null"'
INSERT = 'insert = { who = "role(admin)", columns = ["good_id", "shelf_id", "quantity", "kind"] }'
PLACE = "packs/depot/pack.toml (tables.movements.append_only)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ACTOR, ACTOR.replace("set null", "cascade"), "movements(actor_id) cascades"),
        (ACTOR, ACTOR.replace("set null", "restrict"), "keeps accounts from being deleted"),
        (ACTOR, ACTOR.replace("-> profiles set null", "-> auth.users"), "keeps accounts"),
        (ACTOR, ACTOR.replace("uuid?", "uuid"), "sets null what is never null"),
        (INSERT, f'{INSERT}\ndelete = "role(admin)"', "let clients update or delete"),
        (
            INSERT,
            f'{INSERT}\nupdate = {{ who = "role(admin)", columns = ["kind"] }}',
            "let clients update or delete",
        ),
        (ACTOR, f'{ACTOR}\nupdated_at = "timestamptz = now()"', "movements.updated_at"),
        (
            "[ledgers.stock]",
            '[[counters]]\ncolumn = "movements.quantity"\ncounts = "good_values.good_id"\n\n'
            "[ledgers.stock]",
            "a counter changes movements.quantity",
        ),
    ],
)
def test_a_contradiction(tmp_path: Path, old: str, new: str, said: str) -> None:
    (problem,) = problems_with(tmp_path, (old, new))
    assert told([problem]) == [("AW-3108", PLACE)]
    assert said in problem.message


def test_a_name_is_let_go_where_a_reference_says_so() -> None:
    functions = {f.ref.name: f.sql for f in depot().architecture.schema.functions}
    assert "kept.actor_id := null" in functions["refuse_movements_append_only"]
    assert "kept.good_id" not in functions["refuse_movements_append_only"]
