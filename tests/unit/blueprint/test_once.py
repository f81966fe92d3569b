"""What was worked out once is not worked out again, and is no part of the value."""

from __future__ import annotations

from functools import partial

from archwright.blueprint.access import Scope
from archwright.blueprint.once import Once


def test_a_key_is_worked_out_once() -> None:
    once, asked = Once(), list[str]()

    def work_out(key: str) -> str | None:
        asked.append(key)
        return None if key == "none" else key.upper()

    for key in ("a", "none", "a", "none"):
        assert once(key, partial(work_out, key)) == (None if key == "none" else "A")
    assert asked == ["a", "none"]


def test_alike_is_what_is_equal_for_the_same_key() -> None:
    once = Once()
    first = once.alike("sum", {"a": 1}, lambda: ["first"])
    assert once.alike("sum", {"a": 1}, lambda: ["second"]) is first
    assert once.alike("sum", {"a": 2}, lambda: ["third"]) == ["third"]
    assert once.alike("other", {"a": 1}, lambda: ["fourth"]) == ["fourth"]
    assert once.alike("sum", {"a": 1}, lambda: ["fifth"]) is first


def test_what_was_worked_out_is_no_part_of_a_scope() -> None:
    fresh, asked = Scope({}), Scope({})
    asked.once("x", lambda: 1)
    assert fresh == asked
    assert repr(fresh) == repr(asked)
