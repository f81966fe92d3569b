"""Unpacks tar archives into a folder, and nowhere else."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath


def unpack(
    archive: Path, into: Path, wanted: Callable[[tarfile.TarInfo], bool] = lambda _: True
) -> None:
    """Put what is wanted of an archive below ``into``.

    Raises ``tarfile.TarError`` where a member would lie elsewhere, or is no file of data.
    """
    with tarfile.open(archive) as opened:
        members = [member for member in opened if wanted(member)]
        if hasattr(tarfile, "data_filter"):
            opened.extractall(into, members, filter="data")
            return
        # Python before 3.11.4 has no filters: only what no filter would have to look at
        for member in members:
            if not _is_plain(member):
                raise tarfile.ExtractError(f"{member.name!r} is not a file of this folder")
        opened.extractall(into, members)  # noqa: S202 - looked at above


def _is_plain(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    inside = not path.is_absolute() and ".." not in path.parts
    return inside and (member.isfile() or member.isdir())
