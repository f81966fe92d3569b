"""Installs the pinned npm packages into a folder with the npm that comes with our Node."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from archwright.adapters.cache import Progress, refusal
from archwright.adapters.node import NodePaths
from archwright.adapters.processes import run, scrubbed
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Finished

_TIMEOUT = 1800.0
_OFFLINE = re.compile(
    r"\b(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    r"|ENETDOWN|ERR_SOCKET_TIMEOUT|EPROTO|FETCH_ERROR)\b"
)
_TOO_LITTLE = 50 * 2**20
"""Bytes left on a disk that is full for our purposes: whatever npm brings needs more."""
_REFUSED = re.compile(r"npm error code (ENOSPC|EDQUOT|EACCES|EPERM|EROFS)")
_OPTIONS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--prefer-offline",
    "--fetch-retries=2",
    "--fetch-retry-factor=2",
    "--fetch-retry-mintimeout=200",
    "--fetch-retry-maxtimeout=1000",
)
# How the user's machine reaches a registry is the one thing of theirs that npm must know.
_PASSED_ON = re.compile(
    r"^(npm_config_.*|https?_proxy|no_proxy|all_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$",
    re.IGNORECASE,
)


def install(
    node: NodePaths,
    folder: Path,
    *,
    manifest: Mapping[str, object],
    lock: str,
    downloads: Path,
    progress: Progress,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Install ``manifest`` with its ``lock`` into ``folder/node_modules``, running no script.

    ``downloads`` keeps what was fetched. Raises ``DiagnosticError``: AW-6001 without network,
    AW-6002 and AW-6003 when the disk refuses, AW-6004 for anything else that npm says.
    """
    (folder / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (folder / "package-lock.json").write_text(lock, encoding="utf-8")
    argv = [str(node.node), str(node.npm), "install", *_OPTIONS, f"--cache={downloads}"]
    with (
        tempfile.TemporaryDirectory(prefix="archwright-npm-") as home,
        _watch(folder, lock, progress),
    ):
        env = scrubbed(Path(home), [node.node.parent], registry_settings(environ or os.environ))
        done = run(argv, folder, env, timeout=_TIMEOUT, label="npm install")
    if done.code != 0:
        raise DiagnosticError(failure(done, downloads.parent))


def fetch(
    node: NodePaths, package: str, folder: Path, downloads: Path, *, what: str, size: str
) -> Path:
    """Fetch one package (``name@version``) as an archive into ``folder`` and return its path.

    Raises ``DiagnosticError`` as ``install`` does, in words about ``what`` of about ``size``.
    """
    options = [*_OPTIONS, f"--cache={downloads}", f"--pack-destination={folder}"]
    argv = [str(node.node), str(node.npm), "pack", package, *options]
    with tempfile.TemporaryDirectory(prefix="archwright-npm-") as home:
        env = scrubbed(Path(home), [node.node.parent], registry_settings(os.environ))
        done = run(argv, folder, env, timeout=_TIMEOUT, label="npm pack")
    if done.code != 0:
        raise DiagnosticError(failure(done, downloads.parent, what, size))
    return next(iter(sorted(folder.glob("*.tgz"))))


def registry_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what npm needs of the caller's environment: registry, proxy and certificates."""
    settings = {key: value for key, value in environ.items() if _PASSED_ON.match(key)}
    userconfig = Path(environ.get("HOME", "~")).expanduser() / ".npmrc"
    if userconfig.is_file():
        settings.setdefault("npm_config_userconfig", str(userconfig))
    return settings


def failure(
    done: Finished, root: Path, what: str = "the toolchain", size: str = "300 MB"
) -> Diagnostic:
    """Return what a failure of npm means that was to bring ``what`` into the cache at ``root``."""
    refused = _REFUSED.search(done.stderr)
    if refused or "ENOSPC" in done.stderr:
        name = refused.group(1) if refused else "ENOSPC"
        return refusal(getattr(errno, name), root)
    if _OFFLINE.search(done.stderr):
        return Diagnostic(
            "AW-6001",
            f"{what} is not installed yet and the npm registry cannot be reached",
            hint=f"connect once (about {size} are fetched) or set npm's registry or proxy; "
            "after that Archwright works offline",
        )
    said = [
        line.removeprefix("npm error ") for line in done.stderr.splitlines() if "npm error" in line
    ]
    # On a full disk npm may end without a reason: it would be in a log, on that disk.
    unsaid = not any(line.startswith("code ") for line in said)
    if unsaid and root.is_dir() and shutil.disk_usage(root).free < _TOO_LITTLE:
        return refusal(errno.ENOSPC, root)
    return Diagnostic(
        "AW-6004",
        f"npm could not install {what}: " + ("; ".join(said[:4]) or f"exit code {done.code}"),
        hint="try again; if it stays, delete the folder `downloads` in the cache",
    )


class _watch:
    """Counts installed packages in a thread and reports them while npm runs."""

    def __init__(self, folder: Path, lock: str, progress: Progress) -> None:
        self._folder, self._progress = folder / "node_modules", progress
        packages: dict[str, dict[str, object]] = json.loads(lock)["packages"]
        self._total = sum(
            1 for name, entry in packages.items() if name and not entry.get("optional")
        )
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)

    def __enter__(self) -> None:
        self._progress("fetching the toolchain", 0, self._total)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _report(self) -> None:
        while not self._end.wait(0.5):
            done = min(count_packages(self._folder), self._total)
            message = "installing the toolchain" if done else "fetching the toolchain"
            self._progress(message, done, self._total)


def count_packages(folder: Path) -> int:
    """Return how many packages in a ``node_modules`` folder have their files already."""
    return sum(1 for _ in folder.glob("[!@.]*/package.json")) + sum(
        1 for _ in folder.glob("@*/*/package.json")
    )
