"""Reading packs: whatever lies in the folder, a diagnostic and never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archwright.catalog.load import builtin_folders, load_catalog, load_pack
from archwright.catalog.tree import MAX_FILE
from subjects.tiny import PACKS, broken, catalog, head, one, told, write

GOOD = {"pack.toml": head("mine")}


def test_a_pack_with_everything() -> None:
    pack = catalog()["clips"]
    assert pack.name == "clips"
    assert pack.source == "packs/clips"
    assert pack.texts["upload"] == "Share someone's clip"
    assert list(pack.sql) == ["clips_of_day.sql"]
    assert {f.part for f in pack.files} == {"data", "components", "pages"}
    assert "select 1" in pack.seed
    assert pack.archetype is None
    each = [f.path for f in catalog()["reports"].files if f.each]
    assert each == ["src/features/reports/report-thing.ts"]


def test_the_catalogue_lists_features_and_archetypes(tmp_path: Path) -> None:
    archetype = """
[archetype]
products = ["tube"]
nouns = ["clip"]
names = ["Tube"]
summary = "s"
background = "#fff"
primary = "#000"
features = []
"""
    kind = 'kind = "archetype"'
    write(tmp_path / "tube", {"pack.toml": head("tube", kind, parts="[]") + archetype})
    found, problems = load_catalog([PACKS / "clips", PACKS / "foundation", tmp_path / "tube"])
    assert problems == []
    assert [p.name for p in found.features] == ["clips"]
    assert [p.name for p in found.archetypes] == ["tube"]
    assert found["tube"].archetype is not None
    assert "clips" in found
    assert "likes" not in found


def test_built_in_packs_come_by_the_same_door() -> None:
    folders = builtin_folders()
    assert "foundation" in [f.name for f in folders]
    assert folders == sorted(folders, key=lambda p: (p.name, p))


@pytest.mark.parametrize(
    ("files", "code", "place"),
    [
        ({}, "AW-3004", "packs/mine/pack.toml"),
        ({"pack.toml": "[pack\n"}, "AW-3004", "packs/mine/pack.toml"),
        ({"pack.toml": b"\xff\xfe"}, "AW-3004", "packs/mine/pack.toml"),
        ({"pack.toml": "x = 1\n" * 200_000}, "AW-3005", "packs/mine/pack.toml"),
        ({"pack.toml": head("other")}, "AW-3003", "packs/mine/pack.toml (pack.name)"),
        ({**GOOD, "each.toml": "[["}, "AW-3004", "packs/mine/each.toml"),
        ({**GOOD, "each.toml": "x = 1"}, "AW-3001", "packs/mine/each.toml (x)"),
        ({**GOOD, "each.toml": "[pack]\n"}, "AW-3001", "packs/mine/each.toml (pack)"),
        ({**GOOD, "phrases.toml": "phrases = 5"}, "AW-3001", "packs/mine/phrases.toml"),
        ({**GOOD, "phrases.toml": "[tables]\n"}, "AW-3001", "packs/mine/phrases.toml (tables)"),
        ({**GOOD, "texts.en.toml": "a = 1"}, "AW-3009", "packs/mine/texts.en.toml (a)"),
        ({**GOOD, "texts.en.toml": '"a.b" = "x"'}, "AW-3009", "packs/mine/texts.en.toml (a.b)"),
        ({**GOOD, "texts.en.toml": b"\xff"}, "AW-3004", "packs/mine/texts.en.toml"),
        ({**GOOD, "seed.sql": b"\xff"}, "AW-3004", "packs/mine/seed.sql"),
        ({**GOOD, "sql/x.sql": b"\xff"}, "AW-3004", "packs/mine/sql/x.sql"),
        ({**GOOD, "sql/x.sql": b"a\x00b"}, "AW-3004", "packs/mine/sql/x.sql"),
        ({**GOOD, "sql/x.py": "import os"}, "AW-3007", "packs/mine/sql/x.py"),
        ({**GOOD, "files/data/x.sh": "rm"}, "AW-3007", "packs/mine/files/data/x.sh"),
        (
            {**GOOD, "files/data/x.ts": "x" * (MAX_FILE + 1)},
            "AW-3005",
            "packs/mine/files/data/x.ts",
        ),
        ({**GOOD, "files/x.ts": ""}, "AW-3008", "packs/mine/files/x.ts"),
        ({**GOOD, "files/late/x.ts": ""}, "AW-3008", "packs/mine/files/late/x.ts"),
        ({**GOOD, "each/late/x.ts": ""}, "AW-3008", "packs/mine/each/late/x.ts"),
        ({**GOOD, "files/data/a b.ts": ""}, "AW-3010", "packs/mine/files/data/a b.ts"),
        (
            {**GOOD, "files/data/.git/hooks/x.json": ""},
            "AW-3010",
            "packs/mine/files/data/.git/hooks/x.json",
        ),
        (
            {**GOOD, "files/data/supabase/migrations/1.sql": ""},
            "AW-3010",
            "packs/mine/files/data/supabase/migrations/1.sql",
        ),
    ],
)
def test_bad_folders(tmp_path: Path, files: dict[str, str | bytes], code: str, place: str) -> None:
    pack, problems = one(tmp_path, files)
    assert pack is None
    assert (code, place) in told(problems)


@pytest.mark.parametrize("what", ["pack.toml", "seed.sql", "sql/x.sql", "files", "files/data/x.ts"])
def test_links_are_refused(tmp_path: Path, what: str) -> None:
    folder = write(tmp_path / "mine", GOOD)
    target = tmp_path / ("data" if what == "files" else "real")
    if what == "files":
        write(target, {"data/x.ts": ""})
    else:
        target.write_text(GOOD["pack.toml"])
    (folder / what).parent.mkdir(parents=True, exist_ok=True)
    (folder / what).unlink(missing_ok=True)
    (folder / what).symlink_to(target)
    pack, problems = load_pack(folder)
    assert pack is None
    assert told(problems) == [("AW-3006", f"packs/mine/{what}")]


def test_pipes_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", {**GOOD, "files/data/x.ts": ""})
    os.mkfifo(folder / "files/data/pipe.ts")
    assert told(load_pack(folder)[1]) == [("AW-3006", "packs/mine/files/data/pipe.ts")]


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "mine", GOOD)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, problems = load_pack(folder)
    assert told(problems) == [("AW-3004", "packs/mine/pack.toml")]
    assert "Permission denied" in problems[0].message


def test_statements_of_a_part_that_is_not_there(tmp_path: Path) -> None:
    part = '[tables.notices]\npart = "late"'
    problems = broken(tmp_path, "notices", "[tables.notices]", part)
    assert told(problems) == [("AW-3008", "packs/notices/pack.toml (tables.notices.part)")]
    assert problems[0].hint == "Parts of this pack: data"


def test_sql_files_that_are_not_there(tmp_path: Path) -> None:
    problems = broken(tmp_path, "comments", "sql/delete_thing_comment.sql", "sql/gone.sql")
    place = "packs/comments/pack.toml (functions.delete_thing_comment.file)"
    unnamed = "packs/comments/sql/delete_thing_comment.sql"
    assert told(problems) == [("AW-3011", place), ("AW-3013", unnamed)]
    assert "delete_thing_comment.sql" in problems[1].hint


def test_sql_files_named_for_each_target_only(tmp_path: Path) -> None:
    each = '[predicates.p]\nfile = "sql/p.sql"\ntable = "things"\n'
    manifest = head("mine", 'instance = "shared"')
    files = {"pack.toml": manifest, "each.toml": each, "sql/p.sql": "select 1"}
    assert one(tmp_path, files)[1] == []


def test_two_packs_of_one_name(tmp_path: Path) -> None:
    write(tmp_path / "clips", {"pack.toml": head("clips")})
    found, problems = load_catalog([PACKS / "clips", tmp_path / "clips"])
    assert told(problems) == [("AW-3002", "packs/clips/pack.toml (pack.name)")]
    assert found["clips"].head.title == "Clips"


def test_a_broken_pack_does_not_keep_the_others_out(tmp_path: Path) -> None:
    write(tmp_path / "mine", {"pack.toml": "["})
    found, problems = load_catalog([tmp_path / "mine", PACKS / "clips"])
    assert [d.code for d in problems] == ["AW-3004"]
    assert list(found.packs) == ["clips"]


def test_phrases_join_the_manifest(tmp_path: Path) -> None:
    phrases = '[[phrases]]\nwords = ["hello"]\n'
    pack, problems = one(tmp_path, {**GOOD, "phrases.toml": phrases})
    assert problems == []
    assert pack is not None
    assert pack.manifest.phrases[0].words == ("hello",)


SPEC = "test('x', () => {});\n"


@pytest.mark.parametrize(
    ("parts", "more", "lies", "part", "path"),
    [
        ('["data", "pages"]', "", "e2e/x.spec.ts", "pages", "e2e/x.spec.ts"),
        ('["data", "pages"]', "", "e2e/support/x.ts", "pages", "e2e/support/x.ts"),
        (
            '["data", "feed"]',
            'parts_if = { feed = "feed" }',
            "e2e/x.spec.ts",
            "data",
            "e2e/x.spec.ts",
        ),
        ('["data", "e2e"]', "", "e2e/x/y.ts", "e2e", "x/y.ts"),
        ('["data", "pages"]', "", "data/e2e/x.spec.ts", "data", "e2e/x.spec.ts"),
    ],
)
def test_specs_come_with_the_last_part_that_is_always_there(
    tmp_path: Path, parts: str, more: str, lies: str, part: str, path: str
) -> None:
    pack, problems = one(tmp_path, {"pack.toml": head("mine", more, parts), f"files/{lies}": SPEC})
    assert problems == []
    assert pack is not None
    (file,) = pack.files
    assert (file.part, file.path, file.place) == (part, path, f"files/{lies}")


def test_an_archetype_has_no_part_for_specs(tmp_path: Path) -> None:
    files = {"pack.toml": head("mine", 'kind = "archetype"', "[]"), "files/e2e/x.spec.ts": SPEC}
    pack, problems = one(tmp_path, files)
    assert pack is None
    assert ("AW-3008", "packs/mine/files/e2e/x.spec.ts") in told(problems)


ROUTE = """
[[routes]]
path = "/desk/:deskId"
file = "src/features/mine/desk.tsx"
guard = "public"
"""


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("", "AW-3018", "packs/mine/pack.toml (routes.0.sample)"),
        (
            'sample = { deskId = "1", more = "2" }',
            "AW-3018",
            "packs/mine/pack.toml (routes.0.sample)",
        ),
        (
            'sample = { deskId = "../x" }',
            "AW-3001",
            "packs/mine/pack.toml (routes.0.sample.deskId)",
        ),
    ],
)
def test_a_page_must_be_found_by_specs(tmp_path: Path, line: str, code: str, place: str) -> None:
    _, problems = one(tmp_path, {"pack.toml": head("mine") + ROUTE + line})
    assert told(problems) == [(code, place)]


def test_a_page_for_each_target_must_be_found_too(tmp_path: Path) -> None:
    shared = head("mine", 'instance = "shared"\nattaches = "likeable"')
    _, problems = one(tmp_path, {"pack.toml": shared, "each.toml": ROUTE})
    assert told(problems) == [("AW-3018", "packs/mine/each.toml (routes.0.sample)")]
