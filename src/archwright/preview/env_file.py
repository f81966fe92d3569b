"""What scripts need to reach a platform that runs: addresses and keys, for their owner's eyes."""

from __future__ import annotations

import shlex

from archwright.ports import StackDatabase
from archwright.preview.project import OWN, Project
from archwright.stack.keys import Keys

FILE = f"{OWN}/env"


def write_env(project: Project, api: str, server: StackDatabase, database: str, keys: Keys) -> None:
    """Write lines for a shell, named as ``supabase status -o env`` names them, with mode 0600."""
    facts = {
        "API_URL": api,
        "MAILPIT_URL": f"{api}/mailbox",
        "DB_URL": server.url(database),
        "PUBLISHABLE_KEY": keys.publishable,
        "SECRET_KEY": keys.secret,
        "ANON_KEY": keys.anon,
        "SERVICE_ROLE_KEY": keys.service_role,
        "JWT_SECRET": keys.legacy_secret,
    }
    text = "".join(f"{name}={shlex.quote(value)}\n" for name, value in facts.items())
    path = project.root / FILE
    draft = path.with_name(".env.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def remove_env(project: Project) -> None:
    """Remove the lines: nothing answers there any more."""
    (project.root / FILE).unlink(missing_ok=True)
