"""The pages that specs open: with samples, and for whom they are."""

from __future__ import annotations

from pathlib import Path

from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from archwright.emit.pages import pages_file
from subjects.tiny import FULL, app_of, blueprint, head, told, use, with_specs, write

MINE = """
[[routes]]
path = "/a/:id"
file = "src/features/mine/a.tsx"
guard = "{guard}"
sample = {{ id = "from rows.id" }}
{more}
"""


def with_pack(tmp: Path, guard: str, more: str = "") -> Catalog:
    known = with_specs(tmp)
    folder = write(
        tmp / "own/mine", {"pack.toml": head("mine") + MINE.format(guard=guard, more=more)}
    )
    found, problems = load_catalog([folder])
    assert told(problems) == []
    return Catalog({**known.packs, **found.packs})


def entry(tmp: Path, guard: str, more: str = "") -> str:
    draft = pages_file(app_of(blueprint(use("mine")), with_pack(tmp, guard, more)))
    assert draft is not None
    return draft.text.partition("= [\n")[2]


def test_there_are_none_before_there_are_specs() -> None:
    assert pages_file(app_of(FULL)) is None


def test_a_page_has_its_samples_and_is_for_whom_it_is_guarded(tmp_path: Path) -> None:
    assert "path: '/a/:id', sample: { id: 'from rows.id' }" in entry(tmp_path / "1", "public")
    assert "seenBy: null" in entry(tmp_path / "2", "guest")
    assert "seenBy: 'mara'" in entry(tmp_path / "3", "role(admin)")
    moderators = entry(tmp_path / "4", "role(moderator)")
    assert "guard: 'role:moderator', seenBy: 'teo.bakes'" in moderators


def test_a_pack_may_name_who_sees_it(tmp_path: Path) -> None:
    assert "seenBy: 'ines'" in entry(tmp_path, "member", 'seen_by = "ines"')


def test_members_are_sample_people_where_there_are_any(tmp_path: Path) -> None:
    assert "seenBy: 'newcomer', member: 'newcomer'" in entry(tmp_path, "member")
    draft = pages_file(app_of(FULL, with_specs(tmp_path / "full")))
    assert draft is not None
    assert "member: 'lena'" in draft.text
    assert draft.path == "e2e/support/pages.ts"
    assert draft.derived
