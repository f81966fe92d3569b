"""Services that an app would use: as packs declare them, in the plan and in the README."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from archwright.cli.show import plan_json, show_details
from archwright.emit.guides import readme_file
from archwright.plan.services import services
from archwright.schema.model import Schema
from subjects.tiny import FULL, app_of, broken, changed, plan_of, told

PLACE = "\n[tables.profiles]"
MAIL = '\n[[services]]\nservice = "email"\ntext = "Letters. Without it nobody gets any."\n'


def test_an_app_of_packs_that_declare_none_says_nothing() -> None:
    assert services(app_of(FULL)) == ()
    assert "Outside services" not in readme_file(app_of(FULL), Schema()).text


def test_each_is_named_once_with_its_feature(tmp_path: Path) -> None:
    packs = changed(tmp_path, "profiles", PLACE, MAIL + PLACE)
    app = app_of(FULL, packs)
    ((feature, found),) = services(app)
    assert (found.service, found.text) == ("email", "Letters. Without it nobody gets any.")
    line = f"- **email** for {feature}: {found.text}"
    assert readme_file(app, Schema()).text.count(line) == 1
    plan = plan_of(FULL, packs)
    told_as = {"service": "email", "feature": feature, "text": found.text}
    assert plan_json(plan)["services"] == [told_as]
    stream = io.StringIO()
    show_details(Console(file=stream, width=200), plan)
    assert f"email for {feature}: {found.text}" in stream.getvalue()


def test_one_that_nobody_knows_is_a_mistake(tmp_path: Path) -> None:
    problems = broken(tmp_path, "profiles", PLACE, MAIL.replace('"email"', '"fax"') + PLACE)
    assert [code for code, _ in told(problems)] == ["AW-3001"]
