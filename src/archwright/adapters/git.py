"""The git history of a generated app, by the git program, free of the user's own settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from archwright.adapters.processes import run
from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.ports import Finished

AUTHOR = "Archwright"
EMAIL = "archwright@localhost"


class GitHistory:
    """Implements the port ``History``. Hooks and the user's configuration are not consulted."""

    def __init__(self, root: Path) -> None:
        """Use the repository in ``root``."""
        self.root = root

    def start(self) -> None:
        """Make a repository on branch main if the folder has none of its own."""
        if not (self.root / ".git").exists():
            self._git("init", "--quiet", "--initial-branch=main")

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit the named paths, present or removed; nothing else that lies there is touched."""
        listed = "\0".join(paths)
        self._git("add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=listed)
        self._git("commit", "--quiet", "--allow-empty", "--no-verify", "--file=-", stdin=message)
        return self._git("rev-parse", "HEAD").stdout.strip()

    def head(self) -> str | None:
        """Return the id of the last commit, None before the first."""
        if not (self.root / ".git").exists():
            return None
        done = self._run("rev-parse", "--verify", "--quiet", "HEAD")
        return done.stdout.strip() if done.code == 0 else None

    def _git(self, *args: str, stdin: str | None = None) -> Finished:
        done = self._run(*args, stdin=stdin)
        if done.code != 0:
            text = f"git {args[0]} failed: {done.stderr.strip()[-300:]}"
            raise DiagnosticError(Diagnostic("AW-7005", text, Place(str(self.root))))
        return done

    def _run(self, *args: str, stdin: str | None = None) -> Finished:
        program = shutil.which("git")
        if program is None:
            hint = "Install git; the history of the app is kept with it."
            raise DiagnosticError(Diagnostic("AW-6010", "there is no git program", hint=hint))
        settings = {
            "user.name": AUTHOR,
            "user.email": EMAIL,
            "core.hooksPath": os.devnull,
            "core.autocrlf": "false",
            "commit.gpgsign": "false",
            "gc.auto": "0",
            "safe.directory": "*",
        }
        options = [part for k, v in settings.items() for part in ("-c", f"{k}={v}")]
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        argv = [program, *options, *args]
        return run(argv, self.root, env, stdin=stdin, timeout=120, label="git")
