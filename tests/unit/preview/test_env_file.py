"""What scripts need to reach a platform: for a shell to read, and for nobody else."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import cast

from archwright.ports import StackDatabase
from archwright.preview.env_file import FILE, remove_env, write_env
from archwright.preview.platform import keys_of
from archwright.preview.project import open_project, own_folder
from subjects.project_app import notes_app


class Server:
    """Knows where a database would be."""

    def url(self, name: str) -> str:
        return f"postgresql://postgres:it's@127.0.0.1:5/{name}"


def test_a_shell_reads_it_and_nobody_else(tmp_path: Path) -> None:
    project = open_project(notes_app(tmp_path))
    own_folder(project)
    keys = keys_of(project)
    server = cast(StackDatabase, Server())
    for _ in range(2):
        write_env(project, "http://127.0.0.1:54321", server, "app", keys)
    path = tmp_path / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    script = f". {path}; printf '%s\\n' $API_URL $MAILPIT_URL $DB_URL $ANON_KEY $SECRET_KEY"
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [
        "http://127.0.0.1:54321",
        "http://127.0.0.1:54321/mailbox",
        "postgresql://postgres:it's@127.0.0.1:5/app",
        keys.anon,
        keys.secret,
    ]
    remove_env(project)
    remove_env(project)
    assert not path.exists()
