"""What packs say of each other: navigation to pages, changes of other packs' tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from archwright.catalog.load import load_catalog
from archwright.diagnostics import Diagnostic, Severity
from subjects.tiny import catalog, head, told, write

PAGE = """
[[routes]]
path = "/desk/:deskId"
file = "src/features/mine/desk.tsx"
guard = "public"
"""
SAMPLED = PAGE + 'sample = { deskId = "from desks.id" }\n'
NAV = """
[[nav]]
to = "{}"
text = "mine.nav"
icon = "DeskIcon"
"""


def loaded(folder: Path, packs: Mapping[str, str]) -> tuple[list[str], list[Diagnostic]]:
    """Return the names of the packs that were taken in, and what is wrong."""
    for name, manifest in packs.items():
        write(folder / name, {"pack.toml": manifest})
    found, problems = load_catalog([folder / name for name in packs])
    return sorted(found.packs), problems


def test_the_packs_of_the_cases_have_no_mistake() -> None:
    assert catalog().packs


@pytest.mark.parametrize("to", ["/desk/new", "/shelf"])
def test_entries_lead_to_pages_of_the_pack_and_of_what_it_requires(tmp_path: Path, to: str) -> None:
    shelf = PAGE.replace("/desk/:deskId", "/shelf")
    packs = {
        "mine": head("mine", 'requires = ["near"]') + SAMPLED + NAV.format(to),
        "near": head("near", 'requires = ["far", "missing"]'),
        "far": head("far", 'requires = ["mine"]') + shelf,
    }
    assert loaded(tmp_path, packs) == (["far", "mine", "near"], [])


def test_an_entry_that_leads_nowhere_keeps_the_pack_out(tmp_path: Path) -> None:
    packs = {
        "mine": head("mine") + PAGE.replace(":deskId", "all") + NAV.format("/desk/al"),
        "other": head("other"),
    }
    names, problems = loaded(tmp_path, packs)
    assert names == ["other"]
    assert told(problems) == [("AW-3014", "packs/mine/pack.toml (nav.0.to)")]
    assert problems[0].message == "there is no page at /desk/al"
    assert problems[0].hint == "Is /desk/all meant?"


def test_a_page_of_a_pack_that_may_be_missing_does_not_count(tmp_path: Path) -> None:
    packs = {"mine": head("mine") + NAV.format("/desk/1"), "other": head("other") + SAMPLED}
    names, problems = loaded(tmp_path, packs)
    assert names == ["other"]
    assert "[[routes]]" in problems[0].hint


@pytest.mark.parametrize("table", ["desks", "things", "video_notes", "any_other_thing_notes"])
def test_tables_that_packs_make_can_be_changed(tmp_path: Path, table: str) -> None:
    made = 'comment = "C"\ncolumns = { id = "uuid" }\n'
    packs = {
        "mine": head("mine") + f'[amend.{table}]\ninsert_columns = ["id"]\n',
        "desk": head("desk") + f"[tables.desks]\n{made}[tables.thing_notes]\n{made}",
    }
    assert loaded(tmp_path, packs) == (["desk", "mine"], [])


@pytest.mark.parametrize(
    ("change", "place", "hint"),
    [
        ('[amend.desk.restrict]\nselect = "owner"\n', "amend.desk", "Is desks meant?"),
        ('[amend.zzz]\nupdate_columns = ["x"]\n', "amend.zzz", "Tables of one's own Blueprint"),
    ],
)
def test_changes_of_a_table_that_nobody_makes_are_told(
    tmp_path: Path, change: str, place: str, hint: str
) -> None:
    desk = head("desk") + '[tables.desks]\ncomment = "C"\ncolumns = { id = "uuid" }\n'
    names, problems = loaded(tmp_path, {"mine": head("mine") + change, "desk": desk})
    assert names == ["desk", "mine"]
    assert told(problems) == [("AW-3015", f"packs/mine/pack.toml ({place})")]
    assert problems[0].severity is Severity.WARNING
    assert problems[0].hint.startswith(hint)


def test_changes_for_each_target_are_read_too(tmp_path: Path) -> None:
    each = '[amend.thingz.restrict]\nselect = "owner"\n'
    manifest = head("mine", 'instance = "shared"')
    write(tmp_path / "mine", {"pack.toml": manifest, "each.toml": each})
    _, problems = load_catalog([tmp_path / "mine"])
    assert told(problems) == [("AW-3015", "packs/mine/each.toml (amend.thingz)")]
