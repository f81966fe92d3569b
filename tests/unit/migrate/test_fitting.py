"""Constraints that no row can contradict are no hazard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.migrate.diff import diff
from archwright.migrate.fitting import fits
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.in_use import in_use
from archwright.schema.model import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Unique,
)
from schemas.differences import ONE, TWO, one

OLD = Column("old", "text")
EMPTY = Column("empty", "uuid", not_null=False)
SAME = Column("same", "integer", default="0")
OWN = Column("own", "uuid", default="gen_random_uuid()")


def table(*columns: Column) -> Table:
    return one(OLD, *columns).tables[0]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Check("c", "same >= 0"), True),
        (Check("c", "same >= 0 or old = ''"), False),
        (Check("c", "true"), False),
        (ForeignKey("f", ("empty",), TWO, ("id",)), True),
        (ForeignKey("f", ("same",), TWO, ("id",)), False),
        (ForeignKey("f", ("old",), TWO, ("id",)), False),
        (ForeignKey("f", ("old", "empty"), TWO, ("id", "x")), True),
        (Unique("u", ("old", "own")), True),
        (Unique("u", ("empty",)), True),
        (Unique("u", ("empty",), nulls_equal=True), False),
        (Unique("u", ("same",)), False),
        (Index("i", ONE, ("own desc",), unique=True), True),
        (Index("i", ONE, ("old",), unique=True), False),
        (Exclusion("e", "gist", (("empty", "="),)), False),
    ],
)
def test_fits(made: Check | Unique | ForeignKey | Exclusion | Index, expected: bool) -> None:
    assert fits(table(), table(EMPTY, SAME, OWN), made) is expected


def test_what_fits_may_not_fail() -> None:
    new = one(OLD, SAME, OWN, checks=(Check("c", "same >= 0"),), uniques=(Unique("u", ("own",)),))
    new = replace(new, indexes=(Index("i", ONE, ("own",), unique=True),))
    for steps in (diff(one(OLD), new), in_use(diff(one(OLD), new), one(OLD), new)):
        assert Hazard.MAY_FAIL not in {h.name for h in hazards(steps)}


def test_messages_about_something_new_are_nothing_more() -> None:
    messages = Ref("realtime", "messages")

    def policies(*names: str) -> Schema:
        return replace(
            one(),
            policies=tuple(
                Policy(n, messages, "select", ("anon",), f"extension = 'broadcast' and f('{n}')")
                for n in names
            ),
        )

    assert hazards(diff(policies("clips"), policies("clips", "rooms"))) == ()
    again = replace(
        policies("clips"),
        policies=(
            *policies("clips").policies,
            Policy("more", messages, "select", ("authenticated",), "g('clips')"),
        ),
    )
    assert [h.name for h in hazards(diff(policies("clips"), again))] == [Hazard.ACCESS_WIDENED]
    every = replace(one(), policies=(Policy("all", messages, "select", ("anon",), "true"),))
    assert [h.name for h in hazards(diff(one(), every))] == [Hazard.ACCESS_WIDENED]
