"""When a job is due: cron's five fields, ``@daily`` and its kin, and every few seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cronsim import CronSim, CronSimError

_SECONDS = re.compile(r"([1-9]|[1-5][0-9]) seconds?", re.ASCII)
_NAMED = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


def due(schedule: str, last: datetime, now: datetime) -> bool:
    """Tell whether a moment of the schedule lies after ``last`` and not after ``now``.

    ``last`` is when the schedule was last looked at, or, of a schedule in seconds, when it
    last ran. Times are aware, in UTC; a schedule that nobody can read is never due.
    """
    following = next_time(schedule, last)
    return following is not None and following <= now


def next_time(schedule: str, after: datetime) -> datetime | None:
    """Return the first moment after a time; None where there is none."""
    said = " ".join(schedule.lower().split())
    if found := _SECONDS.fullmatch(said):
        return after + timedelta(seconds=int(found[1]))
    fields = _NAMED.get(said, said).split(" ")
    if len(fields) != 5:
        return None
    if fields[2] == "$":
        # the last day of the month
        fields[2] = "L"
    try:
        return next(CronSim(" ".join(fields), after))
    except (CronSimError, StopIteration):
        return None
