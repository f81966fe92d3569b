"""From whom roles and uploads are withheld: the access matrix of suspensions, and broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from archwright.ports import Database
from archwright.proof.access_matrix import AccessMatrixGate
from subjects.migrated import Migrated
from subjects.packed import BUILT_IN, compiled, migrate

pytestmark = pytest.mark.live

FEATURES = {"auth": (), "profiles": (), "videos": (), "reports": ("Video", "Profile")}


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled(FEATURES, [], [BUILT_IN / "reports"])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_staff_who_are_suspended_are_members_who_only_look(app: Migrated) -> None:
    evidence = app.check()
    assert [d for d in evidence.diagnostics if d.severity == "error"] == []
    facts: Any = evidence.facts
    cells = {(c["persona"], c["table"], c["operation"]): c for c in facts["cells"]}

    def allowed(persona: str, table: str, operation: str) -> int:
        return int(cells[persona, table, operation]["allowed"])

    assert allowed("moderator", "moderation_actions", "select") > 0
    assert allowed("suspended staff", "moderation_actions", "select") == 0
    assert allowed("admin", "audit_log", "select") > 0
    assert allowed("suspended staff", "audit_log", "select") == 0
    for operation, of_staff, of_all in (("insert", 0, 1), ("update", 0, 0), ("delete", 1, 1)):
        assert allowed("suspended staff", "bucket avatars", operation) == of_staff
        assert allowed("admin", "bucket avatars", operation) == of_all


OF = "on storage.objects"
OWN = "bucket_id = '{}' and (storage.foldername(name))[1] = (select auth.uid())::text"
NO_BAR = (
    "create or replace function private.{} returns boolean language sql stable "
    "security definer set search_path = '' as $$ select {} $$"
)
BROKEN = {
    "roles count all the same": (
        NO_BAR.format(
            "has_role(p_role text)",
            "exists (select 1 from public.user_roles r where r.user_id = auth.uid() "
            "and (r.role::text = p_role or (p_role = 'moderator' and r.role::text = 'admin')))",
        ),
        "suspended staff: select on moderation_actions",
    ),
    "nobody is ever suspended": (
        NO_BAR.format("is_suspended(p_member uuid)", "false"),
        "suspended staff: insert on bucket videos, file own folder: expected denied, got allowed",
    ),
    "everybody is suspended": (
        NO_BAR.format("is_suspended(p_member uuid)", "true"),
        "admin: select on audit_log",
    ),
    "uploads go on": (
        f"alter policy avatars_insert {OF} with check ({OWN.format('avatars')})",
        "suspended staff: insert on bucket avatars, file own folder: expected denied, got allowed",
    ),
    "files are replaced all the same": (
        f"create policy videos_update {OF} for update to authenticated "
        f"using ({OWN.format('videos')})",
        "suspended staff: update on bucket videos",
    ),
    "what is there cannot be removed": (
        f"alter policy thumbnails_delete {OF} using "
        f"({OWN.format('thumbnails')} and not private.suspended())",
        "suspended staff: delete on bucket thumbnails",
    ),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_suspension_that_does_not_hold_is_named(app: Migrated, broken: str, said: str) -> None:
    told = app.told(broken)
    assert any(said in text for text in told), "\n".join(told)
