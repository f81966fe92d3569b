"""Rows that lost their owner, in the access matrix: seen by all who saw them, and broken rules."""

from __future__ import annotations

from collections.abc import Iterator

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
    "comments": ("Video",),
    "blocks": ("VideoComment",),
}
# Every select rule of comments as it is, but for one condition.
REWRITTEN = """
do $$
declare
  rule record;
begin
  for rule in
    select policyname, replace(qual, {}, {}) as qual from pg_policies
    where tablename = 'video_comments' and cmd = 'SELECT'
  loop
    execute format(
      'alter policy %I on public.video_comments using (%s)', rule.policyname, rule.qual
    );
  end loop;
end
$$
"""
BROKEN = {
    "blocks hide what has no author": (REWRITTEN.format("', false)'", "', true)'"), "member"),
    "only what has an author is shown": (
        "create policy authored on public.video_comments as restrictive for select to "
        "anon, authenticated using (author_id is not null)",
        "anonymous",
    ),
}


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled(FEATURES, [], [BUILT_IN / "blocks"])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_the_app_does_what_it_declares(app: Migrated) -> None:
    assert [d for d in app.check().diagnostics if d.severity == "error"] == []


@pytest.mark.parametrize(("broken", "who"), BROKEN.values(), ids=list(BROKEN))
def test_a_rule_that_hides_what_is_nobodys_is_named(app: Migrated, broken: str, who: str) -> None:
    told = app.told(broken)
    assert any(f"{who}: select on video_comments" in text for text in told), "\n".join(told)
