"""How a function's process is started: what it may do, and what it is told."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from archwright.adapters.node import find_deno
from archwright.adapters.processes import scrubbed
from archwright.stack.functions.prelude import PRELUDE
from archwright.stack.functions.project import Function, read_secrets
from archwright.stack.keys import Keys
from archwright.stack.settings import FunctionsSettings, Settings


def command(settings: FunctionsSettings, found: Function, home: Path) -> list[str]:
    """Return the command of a function; ``home`` is a folder that all functions share."""
    prelude, scratch = home / "prelude.js", _scratch(home, found)
    prelude.write_text(PRELUDE, encoding="utf-8")
    scratch.mkdir(parents=True, exist_ok=True)
    places = (settings.folder, found.entry.parent, _cache(settings, home), scratch)
    argv = [str(settings.deno or find_deno()), "run", "--no-prompt", "--quiet"]
    argv += ["--allow-net", "--allow-env", "--allow-sys", f"--allow-write={scratch}"]
    argv.append(f"--allow-read={','.join(map(str, places))}")
    argv.append(f"--v8-flags=--max-old-space-size={settings.memory}")
    argv += ["--no-config"] if found.config is None else ["--config", str(found.config)]
    return [*argv, "--preload", str(prelude), str(found.entry)]


def environment(settings: Settings, keys: Keys, found: Function, home: Path) -> dict[str, str]:
    """Return the whole environment of a function: the platform's names and the project's."""
    assert settings.functions is not None
    functions = settings.functions
    known = {
        "SUPABASE_URL": settings.api_url,
        "SUPABASE_ANON_KEY": keys.anon,
        "SUPABASE_SERVICE_ROLE_KEY": keys.service_role,
        "SUPABASE_PUBLISHABLE_KEYS": json.dumps({"default": keys.publishable}),
        "SUPABASE_SECRET_KEYS": json.dumps({"default": keys.secret}),
        "SUPABASE_JWKS": json.dumps(keys.jwks()),
        "SB_REGION": "local",
        "SB_EXECUTION_ID": str(uuid.uuid4()),
        "DENO_DEPLOYMENT_ID": f"local_{found.name}_1",
        "DENO_DIR": str(_cache(functions, home)),
        "DENO_NO_UPDATE_CHECK": "1",
        "TMPDIR": str(_scratch(home, found)),
    }
    if functions.database_url is not None:
        known["SUPABASE_DB_URL"] = functions.database_url
    own = read_secrets(functions.secrets)
    env = scrubbed(home, [Path("/usr/bin"), Path("/bin")], {**own, **known})
    # a test's environment is not a function's
    env.pop("CI", None)
    return env


def _cache(settings: FunctionsSettings, home: Path) -> Path:
    return settings.cache or home / "deno"


def _scratch(home: Path, found: Function) -> Path:
    return home / "scratch" / found.name
