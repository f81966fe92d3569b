"""Which OS account PostgreSQL runs as: it refuses root, so root lends it another one."""

from __future__ import annotations

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError

# Least privileged first; an account `postgres` may own a real server's data.
_CANDIDATES = ("nobody", "daemon", "postgres")


@dataclass(frozen=True, slots=True)
class Account:
    """An OS user to run as: both ids, or neither where PostgreSQL runs as ourselves."""

    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give a file or folder (not what is in it) to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def choose() -> Account:
    """Return whom to run PostgreSQL as; AW-6103 where root finds no account to lend."""
    if os.geteuid() != 0:
        return Account()
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise DiagnosticError(
        Diagnostic(
            "AW-6103",
            "PostgreSQL does not run as root, and this system has no account `nobody`",
            hint="run Archwright as an ordinary user",
        )
    )


def reachable(folder: Path) -> bool:
    """Tell whether any account may pass through every folder down to ``folder``."""
    resolved = folder.resolve()
    return all(step.stat().st_mode & 0o001 for step in (resolved, *resolved.parents))


def within_reach(installation: Path, account: Account, aside: Path) -> Path:
    """Return a folder with PostgreSQL's programs that ``account`` can run.

    That is ``installation`` itself, or, where it lies below a private folder such as root's
    home, a copy at ``aside``: of hard links where the file system allows.
    """
    if account.uid is None or reachable(installation):
        return installation
    try:
        shutil.copytree(installation, aside, symlinks=True, copy_function=_link)
    except (OSError, shutil.Error):
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(installation, aside, symlinks=True)
    for folder, _, _ in os.walk(aside):
        account.own(Path(folder))
    return aside


def _link(source: str, target: str) -> None:
    os.link(source, target, follow_symlinks=False)
