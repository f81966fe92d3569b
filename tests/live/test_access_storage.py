"""Files in storage in the access matrix: every persona, bucket and operation, and broken rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from shutil import copytree
from typing import Any

import pytest

from archwright.ports import Database
from archwright.proof.access_matrix import AccessMatrixGate
from subjects.migrated import Migrated
from subjects.packed import BUILT_IN, compiled, migrate

pytestmark = pytest.mark.live

FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "follows": ("Profile",),
    "blocks": ("Video",),
}


@pytest.fixture(scope="module")
def app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    """Videos stay what they are; pictures of members are replaceable here."""
    profiles = tmp_path_factory.mktemp("packs") / "profiles"
    copytree(BUILT_IN / "profiles", profiles)
    manifest = (profiles / "pack.toml").read_text()
    bucket = "[buckets.avatars]\n"
    assert bucket in manifest
    (profiles / "pack.toml").write_text(manifest.replace(bucket, f"{bucket}replaceable = true\n"))
    packed = compiled(FEATURES, [], [BUILT_IN / "blocks", profiles])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_files_are_for_whom_the_packs_say(app: Migrated) -> None:
    evidence = app.check()
    assert [d for d in evidence.diagnostics if d.severity == "error"] == []
    facts: Any = evidence.facts
    cells = {
        (c["persona"], c["table"], c["operation"]): (c["allowed"], c["no_rows"], c["denied"])
        for c in facts["cells"]
        if c["table"].startswith("bucket ")
    }
    assert {bucket for _, bucket, _ in cells} == {
        "bucket avatars",
        "bucket thumbnails",
        "bucket videos",
    }
    every = sum(cells["service", "bucket videos", "select"])

    def read(persona: str, bucket: str = "videos") -> int:
        return int(cells[persona, f"bucket {bucket}", "select"][0])

    assert read("anonymous", "avatars") == read("member", "avatars")
    assert 0 < read("blocked_with") < read("member") < read("follower_of") < every
    assert read("anonymous") < read("member")
    assert cells["anonymous", "bucket videos", "insert"] == (0, 0, 4)
    # Beside three foreign folders: in the places of both files that a video of theirs names.
    assert cells["member", "bucket videos", "insert"] == (1, 0, 3 + 2)
    assert cells["member", "bucket avatars", "delete"][0] == 1
    assert cells["member", "bucket avatars", "update"][0] > 1
    for persona in ("member", "owner"):
        assert cells[persona, "bucket videos", "update"][0] == 0


OF = "on storage.objects"
FOLDER = "(storage.foldername(name))[1]"
BROKEN = {
    "no policy for uploads": (
        f"drop policy avatars_insert {OF}",
        "member: insert on bucket avatars, file own folder: expected allowed, got denied",
    ),
    "everybody reads everything": (
        f"alter policy videos_select {OF} using (true)",
        "anonymous: select on bucket videos, file of owner, named nowhere",
    ),
    "every file of the bucket is open": (
        f"alter policy thumbnails_select {OF} using (bucket_id = 'thumbnails')",
        "blocked_with: select on bucket thumbnails, file of owner, named nowhere",
    ),
    "nobody else reads": (
        f"alter policy videos_select {OF} using (bucket_id = 'videos' and "
        f"{FOLDER} = (select auth.uid())::text)",
        "expected allowed, got no rows",
    ),
    "the function looks around the rules of videos": (
        "alter function private.can_read_video_file(text) security definer",
        "blocked_with: select on bucket videos, file named by a row of videos with ",
    ),
    "a folder that begins like one's own": (
        f"alter policy avatars_insert {OF} with check (bucket_id = 'avatars' and "
        "name like (select auth.uid())::text || '%')",
        "member: insert on bucket avatars, file folder beside: expected denied, got allowed",
    ),
    "uploads into any folder": (
        f"alter policy videos_insert {OF} with check (bucket_id = 'videos')",
        "member: insert on bucket videos, file folder of owner: expected denied, got allowed",
    ),
    "changes of what others uploaded": (
        f"alter policy avatars_update {OF} using (true)",
        "member: update on the files of all buckets (without naming files): ",
    ),
    "changes of what is seen already": (
        f"create policy open {OF} for update to authenticated using (bucket_id = 'videos' and "
        f"{FOLDER} = (select auth.uid())::text)",
        "owner: update on bucket videos, file of owner, named nowhere",
    ),
    "another file in the place of one that is seen": (
        f"alter policy videos_insert {OF} with check (bucket_id = 'videos' and "
        f"{FOLDER} = (select auth.uid())::text)",
        "owner: insert on bucket videos (in its place), file named by a row of videos with ",
    ),
    "moves into the folder of others": (
        f"alter policy avatars_update {OF} with check (bucket_id = 'avatars')",
        "member: update on bucket avatars (moved), file to folder of owner: "
        "expected denied, got allowed",
    ),
    "moves into buckets of nobody": (
        f"alter policy avatars_update {OF} with check (true); "
        f"alter policy avatars_select {OF} using (true)",
        "member: update on bucket avatars (moved), file to another bucket: "
        "expected denied, got allowed",
    ),
    "removal of what others uploaded": (
        f"alter policy avatars_delete {OF} using (bucket_id = 'avatars')",
        "member: delete on bucket avatars, file of owner, named nowhere",
    ),
    "no removal": (
        f"drop policy thumbnails_delete {OF}",
        "owner: delete on bucket thumbnails, file of owner, named nowhere",
    ),
    "uploads by those who are not signed in": (
        f"create policy open {OF} for insert to anon with check (bucket_id = 'avatars')",
        "anonymous: insert on bucket avatars, file folder of owner: expected denied, got allowed",
    ),
    "no row-level security": (
        "alter table storage.objects disable row level security",
        "anonymous: select on bucket archwright_elsewhere, file of owner, named nowhere",
    ),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_policy_is_named(app: Migrated, broken: str, said: str) -> None:
    told = app.told(broken)
    assert any(said in text for text in told), "\n".join(told)


def test_a_finding_points_at_the_pack(app: Migrated) -> None:
    found = app.check(f"drop policy avatars_insert {OF}").diagnostics[0]
    assert found.code == "AW-5121"
    assert str(found.place).endswith("packs/profiles/pack.toml (buckets.avatars)")
    assert found.hint == "bucket avatars is declared by profiles"


def test_a_phase_asks_when_buckets_or_what_names_files_changed(app: Migrated) -> None:
    now = app.packed.architecture
    assert app.check(last=False, previous=now).skipped == "no access rule changed"
    policies = tuple(p for p in now.schema.policies if p.name != "avatars_select")
    before = replace(now, schema=replace(now.schema, policies=policies))
    facts: Any = app.check(last=False, previous=before).facts
    assert (facts["tables"], facts["files"] > 0) == (0, True)
    kept = {n: t for n, t in now.scope.tables.items() if n != "videos"}
    before = replace(now, scope=replace(now.scope, tables=kept))
    facts = app.check(last=False, previous=before).facts
    assert facts["files"] > 0
