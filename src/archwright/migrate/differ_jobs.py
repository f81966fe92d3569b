"""The part of a difference that schedules jobs: late, as what they run must be there."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.migrate.operations.job import ScheduleJob, UnscheduleJob
from archwright.schema.model import Schema


def ended(old: Schema, new: Schema) -> Iterable[UnscheduleJob]:
    """Yield the jobs that no longer run, before what they need goes."""
    kept = {job.name for job in new.jobs}
    yield from (UnscheduleJob(job) for job in old.jobs if job.name not in kept)


def begun(old: Schema, new: Schema) -> Iterable[ScheduleJob]:
    """Yield the jobs that are new, or run otherwise."""
    known = {job.name for job in old.jobs}
    for job in new.jobs:
        if job not in old.jobs:
            yield ScheduleJob(job, replaces=job.name in known)
