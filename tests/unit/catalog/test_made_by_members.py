"""What a shared pack adds to what members make, and not to members themselves."""

from __future__ import annotations

from pathlib import Path

from archwright.catalog.made_by_members import unfold
from subjects.tiny import app_of, blueprint, head, one, packs_with, told, use

EACH = """
[columns.things]
seen_at = "timestamptz?"

[unless_member.columns.things]
removed_at = "timestamptz?"

[unless_member.amend.things.restrict]
select = "removed_at is null"
"""
HEAD = head("mine", 'attaches = "reportable"\ninstance = "shared"')


def test_members_get_the_rest_only(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": HEAD, "each.toml": EACH})
    app = app_of(blueprint(use("profiles"), use("clips"), use("mine", "Clip", "Profile")), packs)
    found = {i.key: i.manifest for i in app.expansion.instances}
    assert found["mine:Clip"].columns == {
        "clips": {"seen_at": "timestamptz?", "removed_at": "timestamptz?"}
    }
    assert found["mine:Clip"].amend["clips"].restrict == {"select": "removed_at is null"}
    assert found["mine:Profile"].columns == {"profiles": {"seen_at": "timestamptz?"}}
    assert not found["mine:Profile"].amend


def test_lists_go_on_and_nothing_is_said_twice() -> None:
    each = {"fills": [1], "unless_member": {"fills": [2], "x": 1}, "y": {"z": 1}}
    assert unfold(each, "each.toml") == (
        {"fills": [1, 2], "y": {"z": 1}, "x": 1},
        {"fills": [1], "y": {"z": 1}},
        [],
    )
    twice = {"y": {"z": 1}, "unless_member": {"y": {"z": 2}}}
    assert told(unfold(twice, "each.toml")[2]) == [("AW-3001", "each.toml (unless_member.y.z)")]
    assert told(unfold({"unless_member": 1}, "each.toml")[2]) == [
        ("AW-3001", "each.toml (unless_member)")
    ]
    assert unfold(None, "each.toml") == (None, None, [])


def test_mistakes_below_it_are_found(tmp_path: Path) -> None:
    each = EACH.replace("[unless_member.columns.things]", "[unless_member.colums.things]")
    _, problems = one(tmp_path, {"pack.toml": HEAD, "each.toml": each})
    assert told(problems) == [("AW-3001", "packs/mine/each.toml (colums)")]
