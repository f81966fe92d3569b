"""What ``Prefer`` means."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.prefer import read_prefer, without_timezone


def test_the_first_of_a_name_counts_and_odd_ones_are_kept_apart() -> None:
    found = read_prefer("count=exact, return = minimal,count=planned, odd, tx=commit,", tx_override=False)  # fmt: skip
    assert dict(found.chosen) == {"count": "exact", "return": "minimal"}
    assert found.invalid == ("odd",)
    assert read_prefer("tx=rollback", tx_override=True).get("tx") == "rollback"


@pytest.mark.parametrize("text", ["max-affected=x", "max-affected=-1", "max-affected=" + "9" * 30, "timezone=", "count=all"])  # fmt: skip
def test_values_that_make_no_sense(text: str) -> None:
    found = read_prefer(f"handling=strict, {text}", tx_override=True)
    with pytest.raises(RestError) as caught:
        found.check()
    assert caught.value.code == "PGRST122"
    read_prefer(text, tx_override=True).check()


def test_applied_in_a_fixed_order_and_only_what_was() -> None:
    found = read_prefer("max-affected=3, count=exact, return=minimal, missing=default", tx_override=True)  # fmt: skip
    names = ("count", "missing", "max-affected", "return")
    assert found.applied(names) == {
        "preference-applied": "missing=default, return=minimal, count=exact"
    }
    assert found.applied(()) == {}
    assert found.most_affected is None
    strict = read_prefer("max-affected=3, handling=strict", tx_override=True)
    assert strict.most_affected == 3


def test_an_unknown_time_zone_becomes_invalid() -> None:
    found = without_timezone(read_prefer("timezone=Mars/Base, count=exact", tx_override=True))
    assert (found.get("timezone"), found.get("count")) == (None, "exact")
    assert found.invalid == ("timezone=Mars/Base",)
