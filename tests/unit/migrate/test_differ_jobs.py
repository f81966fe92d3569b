"""Jobs in the difference of two schemas: after what they run, gone before what they need."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.apply import apply
from archwright.migrate.diff import diff
from archwright.migrate.operations.base import Reverse
from archwright.migrate.operations.hazard import Hazard
from archwright.migrate.operations.job import ScheduleJob, UnscheduleJob
from archwright.schema.model import Function, Job, Ref, Schema

TIDY = Job("tidy", "0 3 * * *", "select private.tidy()", at_once=True)
HOURLY = Job("tidy", "0 * * * *", "select private.tidy()")
BODY = "create or replace function private.tidy() returns void language sql as 'select 1'"
FUNCTION = Function(Ref("private", "tidy"), (), "void", False, BODY)
WITH = Schema(functions=(FUNCTION,), jobs=(TIDY,))


def test_a_job_comes_after_its_function_and_goes_before_it() -> None:
    steps = diff(Schema(), WITH)
    assert steps[-1] == ScheduleJob(TIDY)
    back = diff(WITH, Schema())
    assert back[0] == UnscheduleJob(TIDY)
    assert apply(back, WITH) == Schema()
    assert diff(WITH, WITH) == ()


def test_a_job_that_changes_is_scheduled_anew() -> None:
    other = Schema(functions=(FUNCTION,), jobs=(HOURLY,))
    (step,) = diff(WITH, other)
    scheduled = "select cron.schedule('tidy', '0 * * * *', 'select private.tidy()');"
    assert step.sql().endswith(scheduled)
    assert step.reverse(WITH) == Reverse((ScheduleJob(TIDY, replaces=True),))
    assert step.hazards == ()
    assert apply((step,), WITH).jobs == (HOURLY,)


def test_what_is_run_at_once_and_what_is_taken_back() -> None:
    step = ScheduleJob(TIDY)
    assert step.sql().endswith("select private.tidy();")
    assert step.describe() == "schedule the job tidy"
    assert step.reverse(Schema()) == Reverse((UnscheduleJob(TIDY),))
    ended = UnscheduleJob(TIDY)
    assert "where j.jobname = 'tidy'" in ended.sql()
    assert ended.describe() == "run the job tidy no more"
    assert ended.reverse(WITH) == Reverse((ScheduleJob(TIDY),))


def test_what_a_new_job_runs_at_once_is_over_later() -> None:
    later = replace(TIDY, at_once=False)
    assert diff(replace(WITH, jobs=(later,)), WITH) == ()
    changed = replace(TIDY, schedule="1 3 * * *")
    (step,) = diff(WITH, replace(WITH, jobs=(changed,)))
    assert not step.sql().endswith("select private.tidy();")


def test_partitions_that_are_kept_for_a_shorter_time_are_a_hazard() -> None:
    def keep(months: int) -> Schema:
        command = f"select private.keep_partitions('public.log', 'month', '{months} months')"
        return Schema(jobs=(Job("partitions_of_log", "17 3 * * *", command, at_once=True),))

    (step,) = diff(keep(13), keep(2))
    assert [h.name for h in step.hazards] == [Hazard.DATA_LOSS]
    (new,) = diff(Schema(), keep(2))
    assert new.hazards == ()
    assert new.sql().count("keep_partitions") == 2
