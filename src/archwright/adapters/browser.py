"""The browser that specs run in: Chromium from the cache, or the one that is named."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL

from archwright.adapters import npm
from archwright.adapters.archives import unpack
from archwright.adapters.cache import Cache, Progress
from archwright.adapters.node import current_platform, find_node
from archwright.adapters.processes import kill_group, launched, registered, run, scrubbed
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import BrowserProgram, Finished
from archwright.toolchain.pins import pins

VARIABLE = "ARCHWRIGHT_CHROMIUM"
SIZE = "70 MB"
_RECIPE = 2
"""Counted up when what is done with the package changes."""
_PROGRAM = "chromium"
_LIBRARIES = "lib"
_FONTS = "fonts.conf"
_FONTS_FOUND = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
_ARGUMENTS = ("--disable-gpu", "--font-render-hinting=none")
_LISTENS = b"DevTools listening on"
_PATIENCE = 15.0
"""Seconds in which a browser comes up."""
_UNPACK = """\
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
const [source, target] = process.argv.slice(1);
await pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target));
"""


def entry() -> str:
    """Return the cache entry's name; it changes with the package."""
    pin = pins().browser
    text = f"{_RECIPE} {pin.package} {pin.version} {pin.integrity}"
    return f"browser/{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def supported() -> bool:
    """Tell whether the pinned package is for this machine."""
    return current_platform() in pins().browser.platforms


def find_browser(
    cache: Cache, progress: Progress, environ: Mapping[str, str] | None = None
) -> BrowserProgram:
    """Return a browser that starts; the cache's is fetched and unpacked by the first call.

    Raises ``DiagnosticError``: AW-6014 where there is none for this machine or it does not start,
    AW-6015 where the package is not the pinned one, and as ``npm.install`` does.
    """
    named = (os.environ if environ is None else environ).get(VARIABLE, "")
    if named:
        path = Path(named).expanduser().absolute()
        return _started(path, {}, None)
    if not supported():
        text = f"no Chromium comes with Archwright for {current_platform()}"
        hint = f"install Chromium or Chrome, and let {VARIABLE} name its program"
        raise DiagnosticError(Diagnostic("AW-6014", text, hint=hint))

    def build(folder: Path) -> None:
        progress("fetching the browser", 0, 0)
        _install(folder, cache)

    folder = cache.provide(entry(), build)
    fonts = {"FONTCONFIG_FILE": str(folder / _FONTS)}
    return _started(folder / _PROGRAM, fonts, folder / _LIBRARIES)


def _install(folder: Path, cache: Cache) -> None:
    """Fetch the package, hold it against its pinned digest, and unpack what it holds."""
    pin = pins().browser
    with tempfile.TemporaryDirectory(prefix="archwright-browser-", dir=folder.parent) as name:
        aside = Path(name)
        archive = npm.fetch(
            find_node(),
            f"{pin.package}@{pin.version}",
            aside,
            cache.folder("downloads"),
            what="the browser",
            size=SIZE,
        )
        _compare(archive, pin.integrity)
        unpack(archive, aside)
        parts = aside / "package" / "bin"
        _inflate(parts / "chromium.br", folder / _PROGRAM)
        (folder / _PROGRAM).chmod(0o755)
        for part in ("swiftshader", "fonts", "al2023"):
            packed = aside / f"{part}.tar"
            _inflate(parts / f"{part}.tar.br", packed)
            unpack(packed, folder)
        shutil.copyfile(aside / "package" / "LICENSE", folder / "LICENSE")
    (folder / _FONTS).write_text(_FONTS_FOUND, encoding="utf-8")  # theirs names other folders


def _compare(archive: Path, integrity: str) -> None:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != integrity:
        text = "the browser's package is not the one that Archwright was tried with"
        hint = "look at npm's registry setting; the registry serves something else"
        raise DiagnosticError(Diagnostic("AW-6015", text, hint=hint))


def _inflate(source: Path, target: Path) -> None:
    argv = ["--input-type=module", "--eval", _UNPACK, "--", str(source), str(target)]
    done = _run([str(find_node().node), *argv], {}, 300.0)
    if done.code != 0:
        text = f"the browser's package cannot be unpacked: {done.stderr.strip()[-300:]}"
        raise DiagnosticError(Diagnostic("AW-6015", text))


def _started(program: Path, env: Mapping[str, str], libraries: Path | None) -> BrowserProgram:
    """Start the program to see what it needs: libraries of ours, and whether it has a sandbox."""
    tries = [{**env}]
    if libraries is not None and libraries.is_dir():
        tries.append({**env, "LD_LIBRARY_PATH": str(libraries)})
    said = ""
    for settings in tries:
        done = _told(program, ["--version"], settings)
        if done.code == 0:
            version = done.stdout.strip().rpartition(" ")[2]
            shut_in = os.geteuid() != 0 and _shuts_in(program, settings)
            return BrowserProgram(program, version, _ARGUMENTS, settings, shut_in)
        said = done.stderr.strip()[-300:]
    text = f"the browser {program} does not start: {said}"
    hint = f"install what is missing, or let {VARIABLE} name another Chromium or Chrome"
    raise DiagnosticError(Diagnostic("AW-6014", text, hint=hint))


def _shuts_in(program: Path, env: Mapping[str, str]) -> bool:
    """Tell whether the program starts with the sandbox on: without one it ends at once."""
    argv = [str(program), "--headless", *_ARGUMENTS, "--remote-debugging-port=0", "about:blank"]
    with tempfile.TemporaryDirectory(prefix="archwright-browser-") as home:
        place = Path(home)
        process = launched(
            argv, place, scrubbed(place, [Path("/usr/bin")], env), "browser", stdin=DEVNULL
        )
        registered(process.pid)
        late = threading.Timer(_PATIENCE, kill_group, (process.pid,))
        late.start()
        with process:
            try:
                assert process.stderr is not None
                return any(_LISTENS in line for line in process.stderr)
            finally:
                late.cancel()
                kill_group(process.pid)
                registered(process.pid, running=False)


def _told(program: Path, argv: list[str], env: Mapping[str, str]) -> Finished:
    try:
        return _run([str(program), *argv], env, 30.0)
    except DiagnosticError as error:
        text = f"the browser {program} does not start: {error.diagnostics[0].message}"
        hint = f"let {VARIABLE} name the program of Chromium or Chrome"
        raise DiagnosticError(Diagnostic("AW-6014", text, hint=hint)) from error


def _run(argv: list[str], env: Mapping[str, str], timeout: float) -> Finished:
    with tempfile.TemporaryDirectory(prefix="archwright-browser-") as home:
        place = Path(home)
        return run(argv, place, scrubbed(place, [Path("/usr/bin")], env), timeout=timeout)
