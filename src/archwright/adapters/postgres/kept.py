"""A PostgreSQL server whose data stay: in a folder of an app's own, for one server at a time."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from archwright.adapters.postgres.account import Account
from archwright.adapters.postgres.cluster import SETTINGS, Address, Cluster
from archwright.adapters.postgres.orphan import end_server
from archwright.adapters.postgres.shelf import provide, remove
from archwright.diagnostics import Diagnostic, DiagnosticError, Place

RESET = "`archwright dev --reset` makes the database anew; what was added by hand is lost."

# It lives for days, so it is looked after. Whatever is killed, nothing is lost; a power cut may
# cost the rows that were added by hand, and waiting for the disk would cost seconds each time.
_KEPT = {
    **SETTINGS,
    "checkpoint_timeout": "5min",
    "autovacuum": "on",
    "track_functions": "none",
}

# As for a temporary server, but it may write out what it holds: TERM ends one that has not set
# its handlers up yet, INT one that has, and QUIT one that cannot finish.
_SUPERVISOR = """
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{
  read -r _ <&3
  trap '' TERM
  kill -TERM "$server"
  kill -INT "$server"
  left=100
  while kill -0 "$server" && [ $left -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
  kill -QUIT "$server"
  exit 0
} 2>/dev/null & watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
wait "$watch"
exit "$code"
"""


class KeptCluster(Cluster):
    """A server over ``home``; one that an earlier run left is ended first.

    The superuser's password lies beside the folder, for its owner's eyes. ``start`` raises, beside
    what a ``Cluster`` raises, AW-6107 where the data were made with another ``stamp``, which
    stands for all that a bootstrap makes.
    """

    _settings = _KEPT
    _supervisor = _SUPERVISOR

    def __init__(self, installation: Path, home: Path, stamp: str) -> None:
        """Take the programs and the folder; the folder's parent must be there."""
        super().__init__(installation)
        self._home = home
        self._stamp = stamp
        self._stop_patience = 20.0
        self._mark = home.with_name(f"{home.name}.stamp")
        self._secret = home.with_name(f"{home.name}.password")

    @property
    def bootstrapped(self) -> bool:
        """Tell whether the data are complete: a bootstrap that was cut off counts for nothing."""
        return self._mark.is_file()

    def start(self) -> Address:
        """Start on the data; return once it takes connections."""
        try:
            return super().start()
        except DiagnosticError as error:
            if not self.bootstrapped:
                raise
            found = error.diagnostics
            told = (replace(d, hint=RESET) if d.code == "AW-6102" else d for d in found)
            raise DiagnosticError(*told) from error

    def keep(self) -> None:
        """Note that the bootstrap is complete."""
        self._mark.write_text(self._stamp, encoding="ascii")

    def _room(self) -> tuple[Path, Account]:
        folder, account, fresh = provide(self._home)
        if fresh or not self._secret.is_file():
            self._mark.unlink(missing_ok=True)
        if self.bootstrapped and self._mark.read_text(encoding="ascii") != self._stamp:
            text = "the app's database was made by another version of Archwright"
            raise DiagnosticError(Diagnostic("AW-6107", text, Place(str(self._home)), RESET))
        end_server(folder / "data")
        if not self.bootstrapped:
            shutil.rmtree(folder / "data", ignore_errors=True)
            self._secret.unlink(missing_ok=True)
        shutil.rmtree(folder / "programs", ignore_errors=True)
        return folder, account

    def _password(self) -> str:
        if not self._secret.is_file():
            self._secret.touch(mode=0o600)
            self._secret.write_text(secrets.token_hex(16), encoding="ascii")
        return self._secret.read_text(encoding="ascii")

    def _leave(self, folder: Path) -> None:
        """Remove the programs; the data stay."""
        shutil.rmtree(folder / "programs", ignore_errors=True)


def erase(home: Path) -> None:
    """Remove the data of ``home`` and what belongs to them; a server that is left is ended."""
    end_server(home.resolve() / "data")
    remove(home)
    for name in (f"{home.name}.stamp", f"{home.name}.password"):
        home.with_name(name).unlink(missing_ok=True)
