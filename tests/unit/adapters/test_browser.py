"""The browser's package is fetched, compared and unpacked once; what does not start is told."""

from __future__ import annotations

import base64
import hashlib
import io
import stat
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from archwright.adapters import browser, npm
from archwright.adapters.cache import Cache, silent
from archwright.adapters.node import current_platform, find_node
from archwright.diagnostics import DiagnosticError
from archwright.ports import BrowserProgram
from archwright.toolchain.pins import pins

PROGRAM = """#!/bin/sh
case "$*" in
  --version) echo "Chromium 153.0.1" ;;
  *) echo "DevTools listening on ws://127.0.0.1:1" >&2; sleep 30 ;;
esac
"""
NEEDS_LIBRARIES = """#!/bin/sh
[ -n "$LD_LIBRARY_PATH" ] && echo "Chromium 153.0.1" && exit 0
echo "error while loading shared libraries: libnss3.so" >&2
exit 127
"""


def script(path: Path, text: str = PROGRAM) -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


def brotli(data: bytes) -> bytes:
    code = "process.stdout.write(require('zlib').brotliCompressSync(require('fs').readFileSync(0)))"
    done = subprocess.run([find_node().node, "-e", code], input=data, stdout=-1, check=True)
    return done.stdout


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def package(program: str = PROGRAM) -> bytes:
    """The archive as the registry has it, with a program of ours."""
    inner = {
        "package/LICENSE": b"MIT",
        "package/bin/chromium.br": brotli(program.encode()),
        "package/bin/swiftshader.tar.br": brotli(packed({"libEGL.so": b"x"})),
        "package/bin/fonts.tar.br": brotli(packed({"fonts.conf": b"/opt", "fonts/a.ttf": b"x"})),
        "package/bin/al2023.tar.br": brotli(packed({"lib/libnss3.so": b"x"})),
    }
    return packed(inner)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A registry with the package; the list notes what was fetched."""
    return serve(monkeypatch, package())


def serve(monkeypatch: pytest.MonkeyPatch, archive: bytes) -> list[str]:
    fetched: list[str] = []

    def fetch(node: object, name: str, folder: Path, downloads: Path, **_: str) -> Path:
        fetched.append(name)
        (folder / "package.tgz").write_bytes(archive)
        return folder / "package.tgz"

    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    pin = replace(pins().browser, integrity=digest, platforms=(current_platform(),))
    known = replace(pins(), browser=pin)
    monkeypatch.setattr(npm, "fetch", fetch)
    monkeypatch.setattr(browser, "pins", lambda: known)
    return fetched


def found(cache: Path, **environ: str) -> BrowserProgram:
    return browser.find_browser(Cache(cache), silent, environ)


def refused(cache: Path, **environ: str) -> tuple[str, str]:
    with pytest.raises(DiagnosticError) as caught:
        found(cache, **environ)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code, f"{diagnostic.message} {diagnostic.hint}"


def test_the_package_is_unpacked_once(tmp_path: Path, served: list[str]) -> None:
    first, second = found(tmp_path), found(tmp_path)
    assert first == second
    assert served == [f"{pins().browser.package}@{pins().browser.version}"]
    assert first.version == "153.0.1"
    folder = first.executable.parent
    assert folder == tmp_path / browser.entry()
    assert stat.S_IMODE(first.executable.stat().st_mode) == 0o755
    assert sorted(p.name for p in folder.iterdir()) == [
        "LICENSE",
        "chromium",
        "fonts",
        "fonts.conf",
        "lib",
        "libEGL.so",
    ]
    assert '<dir prefix="relative">fonts</dir>' in (folder / "fonts.conf").read_text()
    assert first.env == {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


def test_another_package_than_the_pinned_one_is_refused(
    tmp_path: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = replace(pins().browser, integrity="sha512-x", platforms=(current_platform(),))
    wrong = replace(pins(), browser=pin)
    monkeypatch.setattr(browser, "pins", lambda: wrong)
    assert refused(tmp_path)[0] == "AW-6015"
    assert not (tmp_path / browser.entry()).exists()


def test_what_cannot_be_unpacked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, packed({"package/bin/chromium.br": b"not brotli"}))
    code, text = refused(tmp_path)
    assert code == "AW-6015"
    assert "unpacked" in text


def test_libraries_come_along_where_the_system_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, package(NEEDS_LIBRARIES))
    program = found(tmp_path)
    assert program.env["LD_LIBRARY_PATH"] == str(program.executable.parent / "lib")


def test_a_browser_that_is_named_is_taken(tmp_path: Path, served: list[str]) -> None:
    chrome = script(tmp_path / "chrome")
    program = found(tmp_path / "cache", ARCHWRIGHT_CHROMIUM=str(chrome))
    assert (program.executable, program.env, served) == (chrome, {}, [])


def test_a_browser_that_does_not_start_is_told(tmp_path: Path) -> None:
    chrome = script(tmp_path / "chrome", NEEDS_LIBRARIES)
    code, text = refused(tmp_path, ARCHWRIGHT_CHROMIUM=str(chrome))
    assert code == "AW-6014"
    assert "libnss3.so" in text
    code, text = refused(tmp_path, ARCHWRIGHT_CHROMIUM=str(tmp_path / "none"))
    assert code == "AW-6014"
    assert "ARCHWRIGHT_CHROMIUM" in text


def test_a_machine_without_a_package_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "current_platform", lambda: "plan9-mips")
    code, text = refused(tmp_path)
    assert code == "AW-6014"
    assert "plan9-mips" in text


NO_SANDBOX = PROGRAM.replace("DevTools listening on ws://127.0.0.1:1", "No usable sandbox!")


@pytest.mark.parametrize(
    ("user", "program", "expected"),
    [
        (1000, PROGRAM, True),
        (1000, NO_SANDBOX.replace("sleep 30", "exit 1"), False),
        (0, PROGRAM, False),
    ],
)
def test_the_sandbox_is_used_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, program: str, expected: bool
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    chrome = script(tmp_path / "chrome", program)
    assert found(tmp_path, ARCHWRIGHT_CHROMIUM=str(chrome)).sandbox is expected


def test_a_browser_that_hangs_with_the_sandbox_goes_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(browser, "_PATIENCE", 0.2)
    chrome = script(tmp_path / "chrome", NO_SANDBOX)
    assert found(tmp_path, ARCHWRIGHT_CHROMIUM=str(chrome)).sandbox is False
