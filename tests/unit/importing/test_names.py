"""Names of elsewhere become names that a Blueprint takes, each its own."""

from __future__ import annotations

import pytest

from archwright.catalog.naming import Forms
from archwright.importing.names import entity_names, enum_values, singular, snake, words


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("firstName", "first_name"),
        ("First Name", "first_name"),
        ("HTTPUrl", "http_url"),
        ("Größe", "grosse"),
        ("naïve-Øre", "naive_ore"),
        ("order", "order_value"),
        ("ctid", "ctid_value"),
        ("2nd", "v2_nd"),
    ],
)
def test_snake(name: str, wanted: str) -> None:
    assert snake(name) == wanted


def test_what_has_no_letters_keeps_a_hash() -> None:
    assert words("名前") == []
    assert snake("名前") != snake("住所")
    assert snake("名前").startswith("value_")


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("courses", "course"),
        ("classes", "class"),
        ("statuses", "status"),
        ("boxes", "box"),
        ("categories", "category"),
        ("people", "person"),
        ("addresses", "address"),
        ("databases", "database"),
        ("news", "news"),
        ("movies", "movie"),
    ],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one


def test_entities_never_share_a_table() -> None:
    tables = ["user", "users", "User", "app_users", "profiles", "orders", "x", "9lives", "∑"]
    tables.append("a_very_long_name_of_a_table_that_nobody_would_ever_want_to_type_twice")
    found = entity_names(tables, {"profiles"})
    assert list(found) == tables
    snakes = [Forms.of(name).snakes for name in found.values()]
    assert len(set(snakes)) == len(tables)
    assert "profiles" not in snakes
    assert all(len(s) <= 32 for s in snakes)
    assert found["user"] == "AppUser"


def test_values_of_enumerations() -> None:
    assert enum_values(["In Transit", "A+", "A", "5", "a"]) == {
        "In Transit": "in_transit",
        "A+": "a_plus",
        "A": "a",
        "5": "v5",
        "a": enum_values(["A", "a"])["a"],
    }
    assert len(set(enum_values(["A", "a", "Á"]).values())) == 3
