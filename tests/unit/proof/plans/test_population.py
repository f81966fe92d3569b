"""The population: what its rows are must not depend on the hour at which it is made."""

from __future__ import annotations

import inspect

from archwright.proof.plans import population


def test_no_time_of_a_row_is_counted_from_the_moment() -> None:
    source = inspect.getsource(population)
    assert source.count("now()") == 1
    assert "date_trunc('day', now() - interval '4 hours', 'UTC')" in source
