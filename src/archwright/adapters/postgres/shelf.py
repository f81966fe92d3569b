"""Where an app's data lie: in the app's folder, or on a shelf where that cannot be reached."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from archwright.adapters.postgres.account import Account, choose, reachable

SHELF = Path("/var/lib/archwright/dev")
"""For root only: PostgreSQL then runs as another user, who cannot get below a private folder."""


def provide(home: Path) -> tuple[Path, Account, bool]:
    """Return the folder of an app's data, whom it belongs to, and whether it is a new one.

    ``home`` is that folder, or becomes a link to it. Its parent must be there.
    """
    account = choose()
    if account.uid is None or reachable(home.parent):
        if home.is_symlink():
            home.unlink()
        folder, fresh = home, not home.is_dir()
        folder.mkdir(exist_ok=True)
    else:
        folder, fresh = _shelved(home)
    _own(folder, account)
    return folder.resolve(), account, fresh


def remove(home: Path) -> None:
    """Remove an app's data, wherever they lie."""
    if home.is_symlink():
        place = _place(home)
        home.unlink()
        shutil.rmtree(place, ignore_errors=True)
    elif home.is_dir():
        shutil.rmtree(home)


def _place(home: Path) -> Path:
    origin = str(home.parent.resolve() / home.name)
    return SHELF / hashlib.sha256(origin.encode()).hexdigest()[:16]


def _shelved(home: Path) -> tuple[Path, bool]:
    """Return the folder on the shelf that ``home`` links to, emptied where the link is new."""
    place = _place(home)
    folder = place / "database"
    linked = home.is_symlink() and home.readlink() == folder and folder.is_dir()
    found = home.is_dir() and not home.is_symlink()
    if not linked:
        shutil.rmtree(place, ignore_errors=True)
    _swept()
    place.mkdir(parents=True, exist_ok=True)
    for step in (SHELF.parent, SHELF, place):
        step.chmod(0o711)
    (place / "origin").write_text(str(home.parent.resolve()), encoding="utf-8")
    if found:
        # made while the way to it was open
        shutil.move(home, folder)
    folder.mkdir(exist_ok=True)
    if not linked:
        home.unlink(missing_ok=True)
        home.symlink_to(folder, target_is_directory=True)
    return folder, not linked and not found


def _swept() -> None:
    """Remove what apps have left that are gone themselves."""
    for note in SHELF.glob("*/origin"):
        if not Path(note.read_text(encoding="utf-8")).is_dir():
            shutil.rmtree(note.parent, ignore_errors=True)


def _own(folder: Path, account: Account) -> None:
    """Give a folder to the account, with all below where that is another's."""
    folder.chmod(0o700)
    if account.uid is None or account.gid is None:
        return
    data = folder / "data"
    if data.is_dir() and data.stat().st_uid != account.uid:
        for place, below, files in os.walk(data):
            for name in (*below, *files):
                os.chown(Path(place) / name, account.uid, account.gid, follow_symlinks=False)
        account.own(data)
    account.own(folder)
