"""supabase-js itself against the realtime service."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.ports import Toolchain
from archwright.stack.gateway import gateway
from archwright.stack.keys import make_keys
from archwright.stack.server import Served
from archwright.stack.settings import RestSettings
from archwright.stack.stack import make_stack
from harness import run_node

from .conftest import ANN, HERE, World, settings_for

pytestmark = pytest.mark.live

BEN = "00000000-0000-0000-0000-00000000000b"
SAY = """
create function public.say(words jsonb, room text, secretly boolean) returns void
language sql security definer as $$ select realtime.send(words, 'said', room, secretly) $$;
revoke execute on function public.say from public;
grant execute on function public.say to service_role;
"""


@pytest.fixture(scope="module")
def watched(database: EmbeddedPostgres) -> Iterator[World]:
    """A gateway over what the realtime tests watch."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((HERE / "realtime.sql").read_text())
            connection.execute(SAY)
            connection.commit()
        keys = make_keys()
        stack = make_stack(settings_for(database, name, RestSettings()), keys)
        with Served(gateway(stack)) as served:
            yield World(served.url, keys, stack, database, name)


def test_supabase_js_gets_what_its_documentation_says(toolchain: Toolchain, watched: World) -> None:
    now = int(time.time())
    env = {
        "VITE_SUPABASE_URL": watched.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": watched.keys.publishable,
        "SECRET": watched.keys.secret,
        "ANN": ANN,
        "ANN_TOKEN": watched.token(),
        "BEN_TOKEN": watched.token(sub=BEN),
        "EXPIRED": watched.token(seconds=-100),
        "NO_EXPIRY": watched.keys.sign({"sub": ANN, "role": "authenticated", "iat": now}),
    }
    results = run_node(toolchain, (HERE / "realtime.mjs").read_text(), env)
    failed = [f"{name}: {said}" for name, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) > 20
