"""Partitions and jobs that could not be are refused where they are declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.manifest import PartitionSpec
from archwright.schema import render
from archwright.schema.model import Ref, Table
from archwright.schema.partitions import partition_job
from subjects.structures import depot, problems_with
from subjects.tiny import told

PARTITION = 'partition = { by = "created_at", every = "month", keep = "13 months" }'
KEY = 'key = ["id", "created_at"]\n'
MOVEMENTS = "append_only = true\n"
JOB = 'function = "close_shelves"'
ONCE = 'unique_where = { once = { columns = ["member_id"], where = "seconds > 0" } }'
EXCLUDE = 'exclude = { one_look = { elements = [["member_id", "="], ["created_at", "="]] } }'


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (PARTITION, PARTITION.replace("created_at", "at"), "tables.sightings.partition.by"),
        (PARTITION, PARTITION.replace("created_at", "seconds"), "tables.sightings.partition.by"),
        (f"{KEY}{PARTITION}", PARTITION, "tables.sightings.partition.by"),
        (KEY, f'{KEY}unique = [["member_id", "shelf_id"]]\n', "tables.sightings.partition.by"),
        (KEY, f"{KEY}{ONCE}\n", "tables.sightings.partition.by"),
        (KEY, f"{KEY}{EXCLUDE}\n", "tables.sightings.partition.by"),
        (
            f"{MOVEMENTS}",
            f"{MOVEMENTS}{KEY}{PARTITION}\n",
            "tables.movements.partition.keep",
        ),
    ],
)
def test_impossible_partitions(tmp_path: Path, old: str, new: str, place: str) -> None:
    problems = problems_with(tmp_path, (old, new))
    assert told(problems)[0] == ("AW-3111", f"packs/depot/pack.toml ({place})")


def test_nothing_points_at_rows_that_go(tmp_path: Path) -> None:
    foreign = (
        '[[tables.good_values.foreign]]\ncolumns = ["id", "made_at"]\n'
        'references = "sightings"\nto = ["id", "created_at"]\n\n[tables.good_values.access]'
    )
    made = 'text_value = "text(1..80)?"\nmade_at = "timestamptz = now()"'
    changes = (("[tables.good_values.access]", foreign), ('text_value = "text(1..80)?"', made))
    (problem,) = problems_with(tmp_path, *changes)
    assert problem.code == "AW-3111"
    assert "good_values points at rows of sightings" in problem.message


def test_a_ledger_in_partitions_keeps_them_all(tmp_path: Path) -> None:
    forever = PARTITION.replace(', keep = "13 months"', "")
    assert problems_with(tmp_path, (MOVEMENTS, f"{MOVEMENTS}{KEY}{forever}\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        (JOB, 'function = "open_shelves"', "AW-3112", "jobs.close_shelves.function"),
        ("*/15 * * * *", "at night", "AW-3001", "jobs.close_shelves.schedule"),
        ('every = "month"', 'every = "decade"', "AW-3001", "tables.sightings.partition.every"),
        ("13 months", "a year", "AW-3001", "tables.sightings.partition.keep"),
        ("[jobs.close_shelves]", "[jobs.partitions_of_sightings]", "AW-3112", "partition"),
    ],
)
def test_impossible_jobs(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    ((found, where), *_) = told(problems_with(tmp_path, (old, new)))
    assert (found, place in where) == (code, True)


def test_jobs_of_the_depot() -> None:
    jobs = {job.name: job for job in depot().architecture.schema.jobs}
    assert jobs["close_shelves"].command == "select private.close_shelves()"
    assert not jobs["close_shelves"].at_once
    kept = jobs["partitions_of_sightings"]
    assert "'public.sightings', 'month', '13 months'" in kept.command
    assert kept.at_once


def test_no_date_stands_in_the_migration() -> None:
    sightings = depot().architecture.schema.table("sightings")
    assert sightings is not None
    assert render.table(sightings).count(") partition by range (created_at);") == 1
    spec = PartitionSpec(by="at", every="day")
    job = partition_job(spec, Table(Ref("public", "order"), (), ("id",)))
    assert job.command == "select private.keep_partitions('public.\"order\"', 'day')"
