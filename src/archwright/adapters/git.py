"""The git history of a generated app, by the git program, free of the user's own settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from archwright.adapters.processes import run
from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.ports import Finished

AUTHOR = "Archwright"
EMAIL = "archwright@localhost"
_NOBODY = "0" * 40
Env = Mapping[str, str] | None
_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.autocrlf": "false",
    "gc.auto": "0",
    "safe.directory": "*",
}


class GitHistory:
    """Implements the port ``History``. Hooks and the user's configuration are not consulted.

    Raises ``DiagnosticError``: AW-6010 where there is no git program, AW-7005 where git fails.
    """

    def __init__(self, root: Path) -> None:
        """Use the repository in ``root``, never one that ``root`` happens to lie in."""
        self.root = root

    def start(self) -> None:
        """Make a repository on branch main if the folder has none of its own."""
        if not (self.root / ".git").exists():
            self._git("init", "--quiet", "--initial-branch=main")

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit the named paths, present or removed; nothing else that lies there is touched.

        The commit is made beside the user's index, so what they have staged stays staged.
        """
        listed = "\0".join(paths)
        head = self.head()
        beside = self.root / self._said("rev-parse", "--git-path", "archwright-index")
        beside.unlink(missing_ok=True)
        aside = {"GIT_INDEX_FILE": str(beside)}
        try:
            if head is not None:
                self._git("read-tree", head, env=aside)
            update = ("update-index", "--add", "--remove", "-z", "--stdin")
            self._git(*update, stdin=listed, env=aside)
            tree = self._said("write-tree", env=aside)
        finally:
            beside.unlink(missing_ok=True)
        parent = ("-p", head) if head is not None else ()
        made = self._said("commit-tree", tree, *parent, "-F", "-", stdin=message)
        # The index first: a crash in between leaves paths staged, which the next commit takes.
        self._git(*update, stdin=listed)
        reason = message.partition("\n")[0]
        self._git("update-ref", "-m", f"commit: {reason}", "HEAD", made, head or _NOBODY)
        return made

    def head(self) -> str | None:
        """Return the id of the last commit, None before the first."""
        program()
        if not (self.root / ".git").exists():
            return None
        done = self._run("rev-parse", "--verify", "--quiet", "HEAD")
        return done.stdout.strip() if done.code == 0 else None

    def _said(self, *args: str, stdin: str | None = None, env: Env = None) -> str:
        return self._git(*args, stdin=stdin, env=env).stdout.strip()

    def _git(self, *args: str, stdin: str | None = None, env: Env = None) -> Finished:
        done = self._run(*args, stdin=stdin, env=env)
        if done.code != 0:
            text = f"git {args[0]} failed: {done.stderr.strip()[:500]}"
            raise DiagnosticError(Diagnostic("AW-7005", text, Place(str(self.root))))
        return done

    def _run(self, *args: str, stdin: str | None = None, env: Env = None) -> Finished:
        options = [part for k, v in _SETTINGS.items() for part in ("-c", f"{k}={v}")]
        settings = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": os.devnull,
            # The root's own repository or none: not one of a folder above it.
            "GIT_CEILING_DIRECTORIES": str(self.root.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": AUTHOR,
            "GIT_AUTHOR_EMAIL": EMAIL,
            "GIT_COMMITTER_NAME": AUTHOR,
            "GIT_COMMITTER_EMAIL": EMAIL,
            "LC_ALL": "C",
            **(env or {}),
        }
        argv = [program(), *options, *args]
        return run(argv, self.root, settings, stdin=stdin, timeout=120, label="git")


def program() -> str:
    """Return the git program. Raises AW-6010 where there is none."""
    found = shutil.which("git")
    if found is None:
        hint = "Install git; the history of the app is kept with it."
        raise DiagnosticError(Diagnostic("AW-6010", "there is no git program", hint=hint))
    return found
