"""Jobs in the difference of two schemas: after what they run, gone before what they need."""

from __future__ import annotations

from archwright.migrate.apply import apply
from archwright.migrate.diff import diff
from archwright.migrate.operations.base import Reverse
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
    assert step.reverse(WITH) == Reverse((ScheduleJob(TIDY),))
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
