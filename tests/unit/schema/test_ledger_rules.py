"""Balances that could not be kept are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from subjects.structures import depot, problems_with
from subjects.tiny import told

TABLE, AMOUNT = 'table = "movements"', 'amount = "quantity"'
INTO, BY = 'into = "levels.on_hand"', 'by = ["good_id", "shelf_id"]'
BALANCE = 'on_hand = "int(0..) = 0"'
QUANTITY = 'quantity = "int"'
KEY = 'key = ["good_id", "shelf_id"]'
UPDATE = 'update = { who = "role(admin)", columns = ["promised"] }'


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (TABLE, 'table = "moves"', "table"),
        ("append_only = true\n", "", "table"),
        (AMOUNT, 'amount = "pieces"', "amount"),
        (QUANTITY, 'quantity = "int?"', "amount"),
        (QUANTITY, 'quantity = "float"', "amount"),
        (QUANTITY, 'quantity = "bigint"', "into"),
        (INTO, 'into = "balances.on_hand"', "into"),
        (INTO, 'into = "levels.in_hand"', "into"),
        (INTO, 'into = "movements.quantity"', "into"),
        (BALANCE, 'on_hand = "int? = 0"', "into"),
        (BALANCE, 'on_hand = "float = 0"', "into"),
        (BALANCE, 'on_hand = "int = 1"', "into"),
        (BALANCE, 'on_hand = "int := promised"', "into"),
        (UPDATE, UPDATE.replace("promised", "on_hand"), "into"),
        (UPDATE, f'{UPDATE}\ninsert = {{ who = "role(admin)", columns = ["on_hand"] }}', "into"),
        (BY, 'by = ["good_id", "rack_id"]', "by"),
        (BY, 'by = ["good_id"]', "by"),
        (BY, 'by = ["good_id", "size"]', "by"),
        (KEY, 'key = ["good_id", "shelf_id", "kind"]', "by"),
        (BALANCE, f'{BALANCE}\nnote = "text"', "into"),
        (BALANCE, f'{BALANCE}\nactor_id = "uuid"', "into"),
        (TABLE, f"{TABLE}\n{AMOUNT}\n{INTO}\n{BY}\n\n[ledgers.other]\n{TABLE}", "into"),
    ],
)
def test_an_impossible_balance(tmp_path: Path, old: str, new: str, field: str) -> None:
    problems = problems_with(tmp_path, (old, new))
    ((code, place),) = told(problems)
    assert code == "AW-3109"
    assert place.endswith(f".{field})")
    assert place.startswith("packs/depot/pack.toml (ledgers.")


def test_a_new_balance_takes_what_it_needs_from_its_entry() -> None:
    functions = {f.ref.name: f for f in depot().architecture.schema.functions}
    made = functions["post_stock"]
    assert "insert into public.levels (good_id, shelf_id, kind, on_hand)" in made.sql
    assert "order of (good_id, shelf_id)" in made.comment
