"""Derived files of the project as a whole: what the Supabase CLI is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archwright.emit.guides import readme_file
from archwright.emit.project import config_file, upload_limit
from archwright.plan.restrict import Restricted
from archwright.schema.model import Schema
from subjects.tiny import FULL, app_of, blueprint, head, packs_with, use


def with_buckets(tmp_path: Path, *limits: int) -> Restricted:
    buckets = "".join(
        f'[buckets.b{rank}]\nlimit = {limit}\ntypes = ["video/mp4"]\n'
        for rank, limit in enumerate(limits)
    )
    packs = packs_with(tmp_path, mine={"pack.toml": head("mine") + buckets})
    return app_of(blueprint(use("mine")), packs)


def test_the_configuration_is_read_by_its_sections() -> None:
    data = tomllib.loads(config_file(app_of(FULL)).text)
    assert data["project_id"] == FULL.app.slug
    assert data["auth"]["minimum_password_length"] == 10
    assert "storage" not in data


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        ((), 0),
        ((1_000_000, 50 * 2**20), 0),
        ((50 * 2**20 + 1,), 51),
        ((2**20, 100 * 2**20, 60 * 2**20), 100),
    ],
)
def test_the_platform_lets_through_what_a_bucket_takes(
    tmp_path: Path, limits: tuple[int, ...], most: int
) -> None:
    app = with_buckets(tmp_path, *limits)
    assert upload_limit(app) == most
    told = tomllib.loads(config_file(app).text).get("storage", {})
    assert told == ({"file_size_limit": f"{most}MiB"} if most else {})
    assert (f"a limit of {most} MB" in readme_file(app, Schema()).text) is bool(most)
