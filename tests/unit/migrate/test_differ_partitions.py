"""A table that comes to be in partitions: put aside, made anew, its rows brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.operations.base import Irreversible
from archwright.migrate.operations.hazard import Hazard
from archwright.migrate.operations.partition import BringBack, SetAside
from archwright.schema.model import (
    Argument,
    Column,
    Function,
    Index,
    Job,
    Policy,
    Ref,
    Schema,
    Table,
    Trigger,
)

LOG, OTHER = Ref("public", "log"), Ref("public", "others")
AT = Column("at", "timestamp with time zone")
DOUBLE = Column("double", "integer", generated="size * 2")
TABLE = Table(LOG, (Column("id", "uuid"), AT, Column("size", "integer"), DOUBLE), ("id", "at"))
PARTED = replace(TABLE, partition_by="at")
JOB = Job("partitions_of_log", "17 3 * * *", "select private.keep_partitions()", at_once=True)
BODY = "create or replace function {} language sql as 'select 1'"
SIZE = Function(
    Ref("public", "size"), (Argument("", "public.log"),), "integer", False, BODY.format("size()")
)
OLD = Schema(
    tables=(TABLE, Table(OTHER, (Column("id", "uuid"),), ("id",))),
    indexes=(Index("log_at_idx", LOG, ("at",)),),
    functions=(SIZE,),
    triggers=(Trigger("noted", LOG, "create trigger noted"),),
    policies=(
        Policy("looks", OTHER, "select", ("anon",), using="exists (select from public.log)"),
        Policy("sees", LOG, "select", ("anon",), using="true"),
    ),
)
NEW = replace(OLD, tables=(PARTED, OLD.tables[1]), jobs=(JOB,))


def test_what_hangs_on_the_table_goes_first_and_comes_again() -> None:
    steps = diff(OLD, NEW)
    assert apply(steps, OLD) == normal(NEW)
    said = [step.describe() for step in steps]
    aside = said.index("put the table public.log aside with its rows")
    made = said.index("create the table public.log")
    back = said.index("bring the rows of public.log back")
    trigger = next(i for i, s in enumerate(said) if "noted" in s)
    assert aside < made < back < trigger
    assert any("looks" in s for s in said[:aside])
    assert "drop the function public.size(public.log)" in said[:aside]
    assert sum("looks" in s for s in said) == 2


@pytest.mark.parametrize("back", [False, True])
def test_rows_are_written_into_what_is_ready_for_them(back: bool) -> None:
    steps = diff(NEW, OLD) if back else diff(OLD, NEW)
    (brought,) = [step for step in steps if isinstance(step, BringBack)]
    assert brought.columns == ("id", "at", "size")
    assert brought.sql().startswith("select private.keep_partitions();") is not back
    assert brought.sql().endswith("drop table private.log_aside;")
    assert {h.name for h in brought.hazards} == {Hazard.TABLE_REWRITE, Hazard.LONG_LOCK}
    assert isinstance(brought.reverse(OLD), Irreversible)
    assert apply(steps, NEW if back else OLD) == normal(OLD if back else NEW)


def test_a_private_table_stays_in_its_schema() -> None:
    assert SetAside(LOG).sql().count("alter table") == 2
    private = SetAside(Ref("private", "log"))
    assert private.sql() == "alter table private.log rename to log_aside;"
    assert isinstance(private.reverse(OLD), Irreversible)


def test_other_differences_put_nothing_aside() -> None:
    wider = replace(NEW, tables=(replace(PARTED, comment="Kept"), NEW.tables[1]))
    assert not any(isinstance(step, SetAside) for step in diff(NEW, wider))
