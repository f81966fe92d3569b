"""Checks become bounds where they say nothing else, and are never read for more than they say."""

from __future__ import annotations

import pytest

from archwright.importing.checks import Bound, bounds
from archwright.importing.source import Default
from archwright.importing.sql_value import sql_default

TYPES = {"n": "integer", "d": "numeric(8,2)", "t": "text", "l": "text[]"}


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("n > 0", (Bound("n", low=1),)),
        ("0 < n", (Bound("n", low=1),)),
        ("n <= '-3'::integer", (Bound("n", high=-3),)),
        ("(n >= -5) AND (n < 10)", (Bound("n", low=-5), Bound("n", high=9))),
        ("n between 1 and 5", (Bound("n", low=1), Bound("n", high=5))),
        ("(n IS NULL) OR (n >= 1)", (Bound("n", low=1),)),
        ("d >= (0)::numeric", (Bound("d", low=0),)),
        ("char_length(t) <= 20", (Bound("t", high=20, measured=True),)),
        ("length((t)::text) = 5", (Bound("t", low=5, high=5, measured=True),)),
        ("cardinality(l) < 4", (Bound("l", high=3, measured=True),)),
        ("t in ('a', 'b')", (Bound("t", values=("a", "b")),)),
        ("t = ANY (ARRAY['a'::text, 'b'::text])", (Bound("t", values=("a", "b")),)),
        ("d > 0", None),
        ("d >= 0.01", None),
        ("n > m", None),
        ("n % 2 = 0", None),
        ("n = 3", None),
        ("t ~ '^a'", None),
        ("n > 0 OR n < -5", None),
        ("NOT (n > 0)", None),
        ("n not in (1, 2)", None),
        ("n not between 1 and 5", None),
        ("lower(t) in ('a')", None),
        ("n > 0; drop table x", None),
        ("n > ", None),
    ],
)
def test_bounds(expression: str, wanted: tuple[Bound, ...] | None) -> None:
    assert bounds(expression, TYPES) == wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("'a''b'::text", Default(value="a'b")),
        ("-5", Default(value=-5)),
        ("'-5'::integer", Default(value="-5")),
        ("1.50", Default(value="1.50")),
        ("true", Default(value=True)),
        ("NULL::text", Default()),
        ("'{}'::text[]", Default(value="{}")),
        ("ARRAY[]::text[]", Default(value="{}")),
        ("now()", Default(call="now")),
        ("CURRENT_DATE", Default(call="now")),
        ("extensions.gen_random_uuid()", Default(call="uuid")),
        ("nextval('s'::regclass)", Default(call="number")),
        ("f(1)", Default(call="f(1)")),
        ("1 + 2", Default(call="1 + 2")),
        ("1 +", Default(call="1 +")),
    ],
)
def test_defaults(expression: str, wanted: Default) -> None:
    assert sql_default(expression) == wanted
