"""Numbers that could have gaps are refused where they are declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.manifest import NumberSpec
from archwright.schema.model import Column, Ref, Table, Unique
from archwright.schema.numbers import named_columns, number_index
from subjects.structures import depot, problems_with
from subjects.tiny import told

COLUMN = 'column = "letters.number"'
WITHIN = 'within = ["shelf_id", "year"]'
NUMBER = 'number = "int(1..) = 0"'
INSERT = 'insert = { who = "role(admin)", columns = ["shelf_id", "text"] }'
UPDATE = 'update = { who = "role(admin)", columns = ["text"] }'
SHELF = 'shelf_id = "uuid -> shelves restrict"\nnumber'


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (COLUMN, 'column = "mail.number"', "column"),
        (COLUMN, 'column = "letters.place"', "column"),
        (COLUMN, 'column = "letters.text"', "column"),
        (NUMBER, 'number = "int?"', "column"),
        (NUMBER, 'number = "int := 1"', "column"),
        (NUMBER, 'number = "numeric"', "column"),
        (WITHIN, 'within = ["room_id"]', "within"),
        (WITHIN, 'within = ["lower(title)"]', "within"),
        (WITHIN, 'within = ["created_at"]', "within"),
        (SHELF, SHELF.replace("uuid ", "uuid? "), "within"),
        (SHELF, SHELF.replace("restrict", "cascade"), "column"),
        (UPDATE, f'{UPDATE}\ndelete = "role(admin)"', "column"),
        (INSERT, INSERT.replace('"text"', '"text", "number"'), "column"),
        (UPDATE, UPDATE.replace('"text"', '"number"'), "column"),
        (UPDATE, UPDATE.replace('"text"', '"shelf_id"'), "column"),
        (COLUMN, f"{COLUMN}\n\n[numbers.other_number]\n{COLUMN}", "column"),
    ],
)
def test_numbers_that_could_have_gaps(tmp_path: Path, old: str, new: str, field: str) -> None:
    problems = problems_with(tmp_path, (old, new))
    ((code, place),) = told(problems)
    assert code == "AW-3110"
    assert place.startswith("packs/depot/pack.toml (numbers.")
    assert place.endswith(f".{field})")


def test_a_series_is_unique_by_index_where_no_key_says_so() -> None:
    indexes = {i.name: i for i in depot().architecture.schema.indexes}
    assert indexes["letter_number_unique"].columns == ("shelf_id", "year", "number")
    assert indexes["letter_number_unique"].unique
    column = Column("number", "integer")
    said = Unique("said", ("number", "store"))
    table = Table(Ref("public", "bills"), (column, Column("store", "uuid")), ("id",))
    spec = NumberSpec(column="bills.number", within=("store",))
    assert number_index("bill", spec, table) is not None
    keyed = Table(table.ref, table.columns, ("id",), uniques=(said,))
    assert number_index("bill", spec, keyed) is None


def test_the_columns_of_an_expression() -> None:
    assert named_columns("extract(year from r.made_at) + size") == {"made_at", "size"}
    assert named_columns("now()") == frozenset()


def test_why_it_is_no_sequence_is_said_in_the_database() -> None:
    functions = {f.ref.name: f for f in depot().architecture.schema.functions}
    assert "Not a sequence" in functions["take_letter_number"].comment
