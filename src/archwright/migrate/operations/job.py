"""Jobs that the database runs by schedule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema.model import Job, Schema
from archwright.schema.sql_text import literal

_EXTENSION = """do $$
begin
  -- Where the extension runs jobs it is made; the local stack runs them without it.
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron with schema pg_catalog;
  end if;
end
$$;"""

_KEEPS = "private.keep_partitions("


@dataclass(frozen=True, slots=True)
class ScheduleJob(Operation):
    """Schedule a job, or change when or what an existing one of the name runs."""

    job: Job
    replaces: bool = False

    def describe(self) -> str:
        """Say what is scheduled."""
        return f"schedule the job {self.job.name}"

    def sql(self) -> str:
        """Return the schedule, and what a new job runs at once."""
        given = (self.job.name, self.job.schedule, self.job.command)
        listed = ", ".join(literal(value) for value in given)
        statements = [_EXTENSION, f"select cron.schedule({listed});"]
        statements += [f"{self.job.command};"] if self.job.at_once and not self.replaces else []
        return "\n".join(statements)

    def after(self, schema: Schema) -> Schema:
        """Put the job in the place of the one of the same name."""
        rest = (j for j in schema.jobs if j.name != self.job.name)
        return replace(schema, jobs=(*rest, self.job))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Schedule it as it was, or no more; what it has done meanwhile stays done."""
        was = [j for j in before.jobs if j.name == self.job.name]
        back = ScheduleJob(was[0], replaces=True) if was else UnscheduleJob(self.job)
        return Reverse((back,))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Partitions may be kept for a shorter time than before."""
        if not self.replaces or _KEEPS not in self.job.command:
            return ()
        reason = "The next night drops the partitions that are older than they are now kept."
        return (FoundHazard(Hazard.DATA_LOSS, self.job.name, reason, certain=False),)


@dataclass(frozen=True, slots=True)
class UnscheduleJob(Operation):
    """Run a job no more."""

    job: Job

    def describe(self) -> str:
        """Say what no longer runs."""
        return f"run the job {self.job.name} no more"

    def sql(self) -> str:
        """Return ``cron.unschedule``; a job that somebody has removed already is none."""
        named = literal(self.job.name)
        return f"select cron.unschedule(j.jobname) from cron.job j where j.jobname = {named};"

    def after(self, schema: Schema) -> Schema:
        """Remove the job."""
        return replace(schema, jobs=tuple(j for j in schema.jobs if j.name != self.job.name))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Schedule it again."""
        return Reverse((ScheduleJob(self.job),))
