"""Topics in the access matrix: every persona, row and topic, and policies that let in too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
    "blocks": ("Profile", "Video"),
    "comments": ("Video",),
    "messages": (),
}


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled(FEATURES, [], [BUILT_IN / "blocks"])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_topics_are_for_whom_the_packs_say(app: Migrated) -> None:
    evidence = app.check()
    assert [d for d in evidence.diagnostics if d.severity == "error"] == []
    facts: Any = evidence.facts
    assert facts["topics"] > 500
    cells = {
        (c["persona"], c["table"], c["operation"]): (c["allowed"], c["no_rows"], c["denied"])
        for c in facts["cells"]
        if c["table"].startswith("topic ")
    }
    assert {kind for _, kind, _ in cells} == {
        "topic conversations",
        "topic person",
        "topic videos",
    }
    assert cells["member", "topic person", "select"][0] == 1
    for kind in ("topic conversations", "topic person", "topic videos"):
        assert cells["anonymous", kind, "select"][0] == 0
        assert cells["anonymous", kind, "insert"][0] == 0

    def hears(persona: str, kind: str = "topic videos") -> int:
        return int(cells[persona, kind, "select"][0])

    assert 0 < hears("blocked_with") < hears("member") < hears("follower_of")
    assert hears("owner", "topic conversations") > 0
    assert cells["owner", "topic conversations", "insert"][0] > 0
    assert all(cells[p, "topic videos", "insert"][0] == 0 for p, _, _ in cells)


ON = "on realtime.messages"
OPEN = f"create policy open {ON} for"
BROKEN = {
    "everybody hears everything": (
        f'alter policy "members hear of conversations" {ON} using (true)',
        "member: hear in topic conversations of the row with ",
    ),
    "everybody hears of everyone": (
        f"alter policy \"members hear of themselves\" {ON} using (extension = 'broadcast' and "
        "(select realtime.topic()) like 'person:%')",
        "member: hear in topic person of owner",
    ),
    "those who are not signed in hear": (
        f"{OPEN} select to anon using (extension = 'broadcast' and exists (select 1 from "
        "public.videos v where v.id = nullif(split_part(realtime.topic(), ':', 3), '')::uuid "
        "or realtime.topic() like 'videos:%'))",
        "anonymous: hear in topic videos of the row with ",
    ),
    "the row is looked up around its own policies": (
        "create function private.any_video(id uuid) returns boolean language sql security definer "
        "as $$ select exists (select 1 from public.videos v where v.id = $1) $$; "
        f"alter policy \"members hear of videos\" {ON} using (extension = 'broadcast' and "
        "private.any_video((select private.topic_id('videos'))))",
        "blocked_with: hear in topic videos of the row with ",
    ),
    "whoever knows the conversation sends": (
        f'alter policy "members send about conversations" {ON} with check (extension = '
        "'broadcast' and (select private.topic_id('conversations')) is not null)",
        "member: send in topic conversations of the row with ",
    ),
    "everybody sends": (
        f"{OPEN} insert to authenticated with check (true)",
        "member: send in topic videos of the row with ",
    ),
    "who is there is told to everybody": (
        f"{OPEN} select to authenticated using (extension = 'presence')",
        "presence heard",
    ),
    "nobody hears": (
        f'drop policy "members hear of videos" {ON}',
        "expected allowed, got no rows",
    ),
    "topics of nobody": (
        f"{OPEN} insert to authenticated with check (realtime.topic() like 'elsewhere:%')",
        "send in topic of a kind that nobody declares",
    ),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_policy_is_named(app: Migrated, broken: str, said: str) -> None:
    told = app.told(broken)
    assert any(said in text for text in told), "\n".join(told)


def test_a_finding_points_at_the_pack(app: Migrated) -> None:
    policy = f'alter policy "members hear of conversations" {ON} using (true)'
    found = next(d for d in app.check(policy).diagnostics if "topic conversations" in d.message)
    assert found.code == "AW-5121"
    assert str(found.place).endswith("packs/messages/pack.toml (events.conversation_read)")
    assert found.hint == "topics conversations are declared by messages"


def test_a_phase_asks_when_policies_or_rules_changed(app: Migrated) -> None:
    now = app.packed.architecture
    assert app.check(last=False, previous=now).skipped == "no access rule changed"
    policies = tuple(p for p in now.schema.policies if p.name != "members hear of themselves")
    before = replace(now, schema=replace(now.schema, policies=policies))
    facts: Any = app.check(last=False, previous=before).facts
    assert (facts["tables"], facts["topics"] > 0) == (0, True)
