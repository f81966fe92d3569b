"""Exclusive arcs that no row, or not every delete, could fulfil are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from subjects.structures import problems_with
from subjects.tiny import told

ARC = 'value = ["text_value", "number_value"'
PLACE = "packs/depot/pack.toml (tables.good_values.one_of.value)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ARC, 'value = ["no_value", "number_value"', "no_value does not exist"),
        ('"text(1..80)?"', '"text(1..80)"', "text_value cannot be null"),
        ('"bool?"', '"bool? = false"', "boolean_value is set by itself"),
        ('"numeric?"', '"numeric? := length(text_value)"', "number_value is set by itself"),
        ('"uuid? -> profiles cascade"', '"uuid? -> profiles set null"', "member_id is set to null"),
        ('to = ["id", "good_id"]', 'to = ["id", "good_id"]\non_delete = "set null"', "choice_id"),
        (ARC, ARC.replace('["text', '["text_value", "text'), "text_value stands twice"),
        (ARC, ARC.replace('["text', '["id", "text'), "id is in the key"),
        (
            ARC,
            f'other = ["number_value", "boolean_value"]\n{ARC}',
            "number_value is in the arc other as well",
        ),
    ],
)
def test_an_impossible_arc(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = problems_with(tmp_path, (old, new))
    assert told(problems)[0] == ("AW-3106", PLACE)
    assert said in problems[0].message


def test_an_arc_of_one_is_none(tmp_path: Path) -> None:
    problems = problems_with(tmp_path, (ARC, 'single = ["text_value"]\nvalue = ["number_value"'))
    place = "packs/depot/pack.toml (tables.good_values.one_of.single)"
    assert told(problems) == [("AW-3001", place)]
