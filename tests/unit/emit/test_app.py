"""The whole small app as drafts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from archwright.catalog.pack import Catalog
from archwright.emit.app import emit
from archwright.emit.draft import Draft
from archwright.emit.project import package_file, seed_file
from archwright.emit.state import zustand_store
from archwright.plan.inventory import inventory
from archwright.plan.restrict import Node, restrict
from archwright.schema.architect import design
from archwright.schema.model import Schema
from archwright.toolchain.pins import pins
from subjects.tiny import (
    FULL,
    PACKS,
    app_of,
    blueprint,
    changed,
    head,
    packs_with,
    told,
    use,
    with_specs,
)

APP = app_of(FULL)


def drafts_of(packs: Catalog | None = None) -> dict[str, Draft]:
    app = app_of(FULL, packs)
    architecture, problems = design(app)
    assert problems == []
    assert architecture is not None
    drafts, problems = emit(app, architecture.schema)
    assert problems == []
    return {d.path: d for d in drafts}


DRAFTS = drafts_of()


def wrong(packs: Catalog) -> list[tuple[str, str]]:
    return told(emit(app_of(FULL, packs), Schema())[1])


def test_what_is_emitted_is_what_was_listed() -> None:
    assert sorted(DRAFTS) == [e.path for e in inventory(APP)]
    assert {p for p, d in DRAFTS.items() if d.derived} == {
        e.path for e in inventory(APP) if e.derived
    }


def test_no_thing_is_left_over() -> None:
    for path, draft in DRAFTS.items():
        assert not re.search(r"(?<![a-z])things?(?![a-z])", draft.text, re.IGNORECASE), path
        assert "/*%" not in draft.text
        assert "//%" not in draft.text


def test_the_commands_know_of_specs_once_there_are_some(tmp_path: Path) -> None:
    scripts = json.loads(DRAFTS["package.json"].text)["scripts"]
    assert "e2e" not in " ".join([*scripts, *scripts.values()])
    package, problems = package_file(app_of(FULL, with_specs(tmp_path)), pins())
    scripts = json.loads(package.text)["scripts"]
    assert problems == []
    assert scripts["e2e"] == "playwright test"
    assert scripts["typecheck"] == "tsc -b . e2e"
    assert scripts["lint"].endswith(" src e2e")


def test_a_slot_is_filled_with_its_element_and_its_import() -> None:
    card = DRAFTS["src/features/clips/clip-card.tsx"]
    assert "<ClipLikeButton clip={clip} />" in card.text
    imported = "import { ClipLikeButton } from '@/features/likes/clip-like-button';"
    assert imported in card.text
    assert card.origin == "packs/clips/files/components/src/features/clips/clip-card.tsx"
    assert (card.instance, card.part) == ("clips", "components")
    comment = DRAFTS["src/features/comments/clip-comment-item.tsx"].text
    assert "<ClipCommentLikeButton clipComment={comment} />" in comment
    assert "slot" not in DRAFTS["src/app/layout.tsx"].text


def test_queries_of_hosts_fetch_what_fillings_show() -> None:
    assert DRAFTS["src/features/clips/clip-fields.ts"].text == (
        "/** What is fetched of a clip wherever one is shown. */\n"
        "export const clipFields = 'id, caption, "
        "author:profiles!clips_author_id_fkey(id, handle), like_count, viewer_liked';\n"
    )


def test_targets_options_and_theme_reach_templates() -> None:
    subjects = DRAFTS["src/features/reports/subjects.ts"].text
    assert [w.strip(" ',") for w in subjects.splitlines()[1:-1]] == [
        "clip",
        "clip_comment",
        "profile",
    ]
    assert "Number('60')" in DRAFTS["src/features/clips/limits.ts"].text


def test_a_store_of_client_state() -> None:
    store = DRAFTS["src/features/clips/player-store.ts"].text
    assert "import { playerActions } from './player-actions';" in store
    assert "  activeId: string | null;" in store
    assert "partialize: ({ muted }) => ({ muted })" in store
    assert "export const usePlayerStore" in store


def test_a_store_of_the_device_outlives_the_account() -> None:
    store = DRAFTS["src/features/clips/player-store.ts"].text
    assert "name: 'clips.player'" in store
    assert "onAccountChange" not in store


def test_a_store_of_an_account_is_forgotten_with_it() -> None:
    instance = next(i for i in APP.expansion.instances if i.key == "clips")
    spec = instance.manifest.state["player"].model_copy(update={"reset_on_sign_out": True})
    store = zustand_store(instance, "player", spec)
    assert store is not None
    assert "import { onAccountChange } from '@/lib/account-change';\n" in store
    assert "name: 'account:clips.player'" in store
    assert store.endswith("\nonAccountChange(() => usePlayerStore.setState(initial));\n")


def test_kinds_of_events_say_where_they_lead() -> None:
    kinds = DRAFTS["src/lib/event-kinds.ts"].text
    assert "  clip_liked: { textKey: 'likes.events.clip_liked', link: '/clips/:id' },\n" in kinds
    app = app_of(blueprint(use("profiles")))
    paths = {d.path for d in emit(app, Schema())[0]}
    assert "src/lib/event-kinds.ts" not in paths


def test_the_blueprint_beside_a_phase_says_what_stands() -> None:
    wanted = {"foundation", "profiles", "clips", "likes:Clip"}
    built = [n for n in APP.built if n.instance in wanted]
    app = restrict(FULL, APP.expansion, built)
    drafts, problems = emit(app, Schema())
    assert problems == []
    text = next(d.text for d in drafts if d.path == "blueprint.yaml")
    assert "use: likes\n    on: [Clip]\n" in text
    assert "use: comments" not in text
    assert "use: reports" not in text


def test_seed_rows_of_what_is_built() -> None:
    assert "-- clips\n-- One clip to look at\nselect 1;\n" in DRAFTS["supabase/seed.sql"].text
    first = restrict(FULL, APP.expansion, [Node("foundation", "data")])
    seed = next(d for d in emit(first, Schema())[0] if d.path == "supabase/seed.sql")
    assert "clips" not in seed.text


@pytest.mark.parametrize(
    ("base", "old", "new", "expected"),
    [
        (
            "clips",
            '[slots."clip.actions"]',
            '[slots."clip_comment.actions"]',
            ("AW-3325", "packs/comments/pack.toml (slots.thing_comment.actions)"),
        ),
        (
            "clips",
            'persist = ["muted"]',
            'persist = ["loud"]',
            ("AW-3322", "packs/clips/pack.toml (state.player.persist)"),
        ),
        (
            "clips",
            'muted = "boolean = true"',
            'muted = "boolean"',
            ("AW-3322", "packs/clips/pack.toml (state.player.fields)"),
        ),
        (
            "clips",
            'path = "/upload"',
            'path = "/people/:clipId"\nsample = { clipId = "1" }',
            ("AW-3326", "packs/clips/pack.toml (routes.1.path)"),
        ),
        (
            "clips",
            'path = "/upload"',
            'path = "/"',
            ("AW-3326", "packs/clips/pack.toml (routes.1.path)"),
        ),
        (
            "clips",
            'file = "src/features/clips/clip-fields.ts"',
            'file = "src/features/clips/Limits.ts"',
            ("AW-3324", "compiler"),
        ),
        (
            "clips",
            "[options.longest]",
            '[dependencies]\nreact = "1.0.0"\n\n[options.longest]',
            ("AW-3323", "packs/clips/pack.toml (dependencies.react)"),
        ),
    ],
)
def test_what_two_packs_want_or_nobody_offers(
    tmp_path: Path, base: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    assert expected in wrong(changed(tmp_path, base, old, new))


def test_a_filling_of_a_slot_that_nobody_offers(tmp_path: Path) -> None:
    packs = changed(tmp_path, "likes", "optional = true\n", "")
    found = emit(app_of(FULL, packs), Schema())[1]
    assert found == []
    made = blueprint(use("profiles"), use("mine"))
    fill = '[[fills]]\nslot = "no.where"\nrender = "<X />"\n'
    lost = packs_with(tmp_path, mine={"pack.toml": head("mine") + fill})
    problems = emit(app_of(made, lost), Schema())[1]
    assert told(problems) == [("AW-3325", "packs/mine/pack.toml (fills.0.slot)")]
    assert problems[0].hint == "Slots: none"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/*% endfor %*/", "AW-3301"),
        ("/*= nothing =*/", "AW-3311"),
        ("/*= ''.__class__ =*/", "AW-3304"),
    ],
)
def test_templates_that_fail_have_file_and_line(tmp_path: Path, text: str, code: str) -> None:
    files = {"pack.toml": head("mine"), "files/data/src/mine.ts": f"\n{text}\n"}
    app = app_of(blueprint(use("mine")), packs_with(tmp_path, mine=files))
    assert told(emit(app, Schema())[1]) == [(code, "packs/mine/files/data/src/mine.ts:2")]


@pytest.mark.parametrize(("text", "code"), [("/*% if %*/", "AW-3301"), ("/*= no =*/", "AW-3311")])
def test_seeds_that_fail(tmp_path: Path, text: str, code: str) -> None:
    files = {"pack.toml": head("mine"), "seed.sql": text}
    app = app_of(blueprint(use("mine")), packs_with(tmp_path, mine=files))
    assert told(emit(app, Schema())[1]) == [(code, "packs/mine/seed.sql:1")]


def test_a_pack_cannot_write_a_derived_file(tmp_path: Path) -> None:
    files = {"pack.toml": head("mine"), "files/data/readme.md": "mine"}
    app = app_of(blueprint(use("mine")), packs_with(tmp_path, mine=files))
    problems = emit(app, Schema())[1]
    assert [d.code for d in problems] == ["AW-3324"]
    assert "packs/mine/files/data/readme.md" in problems[0].message


def test_a_seed_is_about_its_target(tmp_path: Path) -> None:
    manifest = head("mine", 'instance = "per-target"')
    files = {"pack.toml": manifest, "seed.sql": "select count(*) from public.things;\n"}
    packs = packs_with(tmp_path, "clips", mine=files)
    made = blueprint(use("profiles"), use("clips"), use("mine", "Clip"))
    drafts, problems = emit(app_of(made, packs), Schema())
    assert problems == []
    seed = next(d.text for d in drafts if d.path == "supabase/seed.sql")
    assert "-- mine:Clip\nselect count(*) from public.clips;" in seed


def test_seeds_about_other_rows_come_after_them(tmp_path: Path) -> None:
    names = ("ears", "ours", "mine")
    heads = {
        "ears": (PACKS / "notices/pack.toml").read_text().replace('"notices"', '"ears"'),
        "ours": head("ours", 'instance = "shared"'),
        "mine": head("mine"),
    }
    sql = (PACKS / "notices/sql/wants_notice.sql").read_text()
    made = {n: {"pack.toml": heads[n], "seed.sql": f"select '{n}';\n"} for n in names}
    made["ears"]["sql/wants_notice.sql"] = sql
    packs = packs_with(tmp_path, **made)
    app = app_of(blueprint(use("profiles"), *(use(n) for n in names)), packs)
    draft, problems = seed_file(app)
    assert problems == []
    assert re.findall(r"select '(\w+)'", draft.text) == ["mine", "ours", "ears"]
