"""supabase-js itself against the realtime service."""

from __future__ import annotations

import time

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.ports import Toolchain
from archwright.stack.settings import RealtimeLimits
from harness import run_node

from ..conftest import ANN, World
from .conftest import HERE, watched

pytestmark = pytest.mark.live

BEN = "00000000-0000-0000-0000-00000000000b"
SAY = """
create function public.say(words jsonb, room text, secretly boolean) returns void
language sql security definer as $$ select realtime.send(words, 'said', room, secretly) $$;
revoke execute on function public.say from public;
grant execute on function public.say to service_role;
-- what the stream writes does not depend on it, so filters must not either
do $$ begin
  execute format('alter database %I set timezone to %L', current_database(), 'Asia/Tokyo');
end $$;
"""


def test_supabase_js_gets_what_its_documentation_says(
    toolchain: Toolchain, database: EmbeddedPostgres
) -> None:
    with watched(database, RealtimeLimits(), SAY) as world:
        results = run_node(toolchain, (HERE / "client.mjs").read_text(), environment(world))
    failed = [f"{name}: {said}" for name, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) > 20


def environment(world: World) -> dict[str, str]:
    now = int(time.time())
    return {
        "VITE_SUPABASE_URL": world.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": world.keys.publishable,
        "SECRET": world.keys.secret,
        "ANN": ANN,
        "ANN_TOKEN": world.token(),
        "BEN_TOKEN": world.token(sub=BEN),
        "EXPIRED": world.token(seconds=-100),
        "NO_EXPIRY": world.keys.sign({"sub": ANN, "role": "authenticated", "iat": now}),
    }
