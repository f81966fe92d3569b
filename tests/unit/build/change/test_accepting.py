"""Hazards that nobody accepted: told together, with what to type."""

from __future__ import annotations

from archwright.build.change.accepting import not_accepted
from archwright.migrate.hazards import FoundHazard, Hazard

LOSS = FoundHazard(Hazard.DATA_LOSS, "public.products.caption", "The values are deleted.")
LOCK = FoundHazard(Hazard.LONG_LOCK, "public.products", "It is locked.")


def test_what_is_accepted_is_not_told() -> None:
    assert not_accepted([LOSS, LOCK], {"data_loss", "long_lock:public.products"}) == []
    assert not_accepted([], set()) == []


def test_all_that_is_not_accepted_comes_with_what_to_type() -> None:
    (problem,) = not_accepted([LOCK, LOSS, LOSS], {"long_lock:public.other"})
    assert problem.code == "AW-4011"
    assert problem.message.splitlines()[1:] == [
        "  data_loss: public.products.caption",
        "  long_lock: public.products",
    ]
    assert problem.hint.endswith("add --accept data_loss --accept long_lock.")


def test_many_objects_are_counted() -> None:
    found = [FoundHazard(Hazard.DATA_LOSS, f"public.t{n}", "Lost.") for n in range(13)]
    (problem,) = not_accepted(found, set())
    assert problem.message.endswith("public.t9 and 3 more")


def test_a_hazard_that_does_not_exist() -> None:
    problems = not_accepted([LOSS], {"data_loss", "dataloss", "everything:public.x"})
    assert [(p.code, "data_loss" in p.hint) for p in problems] == [("AW-4012", True)] * 2
