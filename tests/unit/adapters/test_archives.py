"""An archive's files land in their folder, whatever Python unpacks them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from archwright.adapters.archives import unpack


@pytest.fixture(params=["filters", "before filters"])
def _python(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "before filters":
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
        plain = tarfile.TarFile.extractall

        def extractall(
            self: tarfile.TarFile, path: Path, members: Iterable[tarfile.TarInfo]
        ) -> None:
            plain(self, path, members)

        monkeypatch.setattr(tarfile.TarFile, "extractall", extractall)


def packed(folder: Path, *names: str, link: str = "") -> Path:
    path = folder / "packed.tar"
    with tarfile.open(path, "w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 4
            archive.addfile(member, io.BytesIO(b"text"))
        if link:
            member = tarfile.TarInfo("link")
            member.type, member.linkname = tarfile.SYMTYPE, link
            archive.addfile(member)
    return path


@pytest.mark.usefixtures("_python")
@pytest.mark.filterwarnings("ignore:.*filter:DeprecationWarning")
def test_what_is_wanted_is_there(tmp_path: Path) -> None:
    archive = packed(tmp_path, "a/one.txt", "b/two.txt")
    unpack(archive, tmp_path / "into", lambda member: member.name.startswith("a/"))
    assert (tmp_path / "into/a/one.txt").read_text() == "text"
    assert not (tmp_path / "into/b").exists()
    unpack(archive, tmp_path / "into")
    assert (tmp_path / "into/b/two.txt").read_text() == "text"


@pytest.mark.usefixtures("_python")
@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt"])
def test_nothing_lands_elsewhere(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path, "fine.txt", name)
    with pytest.raises(tarfile.TarError):
        unpack(archive, tmp_path / "into")
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.usefixtures("_python")
def test_links_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(tarfile.TarError):
        unpack(packed(tmp_path, link="/etc/passwd"), tmp_path / "into")
