"""When jobs are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.jobs.schedule import due, next_time

START = datetime(2026, 1, 30, 10, 0, 30, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("schedule", "following"),
    [
        ("* * * * *", "2026-01-30T10:01:00+00:00"),
        ("*/15 * * * *", "2026-01-30T10:15:00+00:00"),
        ("0 12 $ * *", "2026-01-31T12:00:00+00:00"),
        ("30 3 * * 6", "2026-01-31T03:30:00+00:00"),
        ("0 0 * * 7", "2026-02-01T00:00:00+00:00"),
        ("0 0 1 jan mon", "2027-01-01T00:00:00+00:00"),
        ("@hourly", "2026-01-30T11:00:00+00:00"),
        (" @Yearly ", "2027-01-01T00:00:00+00:00"),
        ("5 seconds", "2026-01-30T10:00:35+00:00"),
        ("1 second", "2026-01-30T10:00:31+00:00"),
    ],
)
def test_next(schedule: str, following: str) -> None:
    found = next_time(schedule, START)
    assert found is not None
    if schedule == "0 0 1 jan mon":
        # both days count when both are named
        assert found == datetime(2027, 1, 1, tzinfo=UTC)
    assert found.isoformat() == following


@pytest.mark.parametrize(
    "schedule",
    ["", "60 seconds", "0 seconds", "@reboot", "x", "* * * *", "* * * * * *", "0 0 31 2 *"],
)
def test_never(schedule: str) -> None:
    assert not due(schedule, START, START + timedelta(days=5000))


@given(st.text(max_size=30), MOMENTS)
def test_any_text_is_a_schedule_or_none(schedule: str, after: datetime) -> None:
    found = next_time(schedule, after)
    assert found is None or found > after


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_each_hour_is_due_once(after: datetime, span: timedelta) -> None:
    crossed = (after + span).replace(minute=0, second=0, microsecond=0) > after
    assert due("0 * * * *", after, after + span) == crossed
