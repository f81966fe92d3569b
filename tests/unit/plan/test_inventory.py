"""All files from the manifests, without rendering one."""

from __future__ import annotations

import shutil
from pathlib import Path

from archwright.catalog.load import load_catalog
from archwright.plan.inventory import DERIVED, Entry, fill_part, inventory
from archwright.plan.restrict import Node, restrict
from subjects.tiny import FULL, PACKS, app_of, blueprint, head, packs_with, use, write

APP = app_of(FULL)
ENTRIES = {e.path: e for e in inventory(APP)}


def test_paths_are_named_after_the_target() -> None:
    assert ENTRIES["src/features/likes/clip-comment-like-button.tsx"].node == Node(
        "likes:ClipComment", "components"
    )
    assert ENTRIES["src/features/reports/report-clip.ts"].node == Node("reports:Clip", "data")
    assert not [path for path in ENTRIES if "thing" in path]


def test_derived_files_are_listed_and_not_counted() -> None:
    assert {path for path in DERIVED if ENTRIES[path].derived} == set(DERIVED)
    assert ENTRIES["src/features/clips/clip-fields.ts"].derived
    assert ENTRIES["src/lib/event-kinds.ts"] == Entry("src/lib/event-kinds.ts", None, (), True)
    assert not ENTRIES["src/features/clips/player-store.ts"].derived


def test_fillings_targets_and_questions_change_a_file() -> None:
    assert ENTRIES["src/features/clips/clip-card.tsx"].changed_by == (
        Node("likes:Clip", "components"),
    )
    assert ENTRIES["src/features/comments/clip-comment-item.tsx"].changed_by == (
        Node("likes:ClipComment", "components"),
    )
    assert set(ENTRIES["src/features/reports/subjects.ts"].changed_by) == {
        Node("reports:Clip", "data"),
        Node("reports:ClipComment", "data"),
        Node("reports:Profile", "data"),
    }
    assert ENTRIES["src/features/clips/limits.ts"].changed_by == ()


def test_questions_of_a_template_name_features_parts_and_targets(tmp_path: Path) -> None:
    source = """\
/*% if has('clips.pages') %*/ a /*% endif %*/
/*% if has("likes@Clip") and not has('notices') %*/ b /*% endif %*/
"""
    files = {"pack.toml": head("mine"), "files/data/src/mine.ts": source}
    packs = packs_with(tmp_path, "clips", "likes", "notices", mine=files)
    made = blueprint(
        use("profiles"), use("clips"), use("likes", "Clip"), use("notices"), use("mine")
    )
    entry = next(e for e in inventory(app_of(made, packs)) if e.path == "src/mine.ts")
    assert set(entry.changed_by) == {
        Node("clips", "pages"),
        Node("likes:Clip", "data"),
        Node("notices", "data"),
    }


def test_a_file_that_is_no_template_is_changed_by_nothing(tmp_path: Path) -> None:
    files = {"pack.toml": head("mine"), "files/data/src/mine.ts": "/*% if %*/"}
    app = app_of(blueprint(use("mine")), packs_with(tmp_path, mine=files))
    assert next(e for e in inventory(app) if e.path == "src/mine.ts").changed_by == ()


def test_only_what_is_built_is_there() -> None:
    app = restrict(
        FULL, APP.expansion, [Node("clips", "data"), Node("comments:Clip", "components")]
    )
    paths = {e.path for e in inventory(app)} - set(DERIVED)
    assert paths == {
        "src/features/clips/clip-fields.ts",
        "src/features/clips/limits.ts",
        "src/features/clips/player-actions.ts",
        "src/features/clips/player-store.ts",
    }


def test_which_part_brings_a_filling() -> None:
    by_key = {i.key: i for i in APP.instances}
    assert fill_part(by_key["likes:Clip"], None) == "components"
    assert fill_part(by_key["likes:Clip"], "data") == "data"
    assert fill_part(by_key["notices"], None) == "data"


def test_a_part_on_a_target_that_is_asked_for_changes_a_file(tmp_path: Path) -> None:
    source = (
        "//% for t in targets\n//% if t.built.components\n/*= t.id =*/\n//% endif\n//% endfor\n"
    )
    copied = tmp_path / "reports"
    shutil.copytree(PACKS / "reports", copied)
    write(
        copied,
        {
            "pack.toml": (copied / "pack.toml")
            .read_text()
            .replace('parts = ["data"]', 'parts = ["data", "components", "pages"]'),
            "files/data/src/asked.ts": source,
            "each/components/src/thing-shown.ts": "export const shown = 1;\n",
            "files/pages/src/page.ts": "export const page = 1;\n",
        },
    )
    names = ["foundation", "profiles", "clips", "comments"]
    catalog, problems = load_catalog([*(PACKS / name for name in names), copied])
    assert problems == []
    made = blueprint(use("profiles"), use("clips"), use("reports", "Clip"))
    entry = next(e for e in inventory(app_of(made, catalog)) if e.path == "src/asked.ts")
    assert set(entry.changed_by) == {
        Node("reports:Clip", "data"),
        Node("reports:Clip", "components"),
    }
