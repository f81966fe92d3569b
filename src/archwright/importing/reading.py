"""A file of somebody's as text, or why it is none."""

from __future__ import annotations

from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError, Place

LARGEST = 8 * 2**20
"""Bytes of a dump that is read; a thousand tables have less than two of these eight."""
TEXT_MOST = 2**20
"""Bytes of a schema in another language that is read: some two thousand tables."""
DEEPEST = 200
"""How deep brackets may be nested; schemas that people write stay below ten."""
SHALLOWER = "Is it a schema, and is every bracket closed?"
_ARCHIVES = {
    b"PGDMP": "Make it text: pg_restore --schema-only --file dump.sql THE_FILE",
    b"\x1f\x8b": "It is compressed: unpack it with gunzip first.",
    b"PK\x03\x04": "It is a zip archive: unpack it first.",
}


def read_schema(path: Path, hint: str = "", most: int = LARGEST) -> str:
    """Return a file's text with plain line ends.

    Raises ``DiagnosticError``: AW-1401 it cannot be read or is no text, AW-1402 it is too large.
    ``hint`` says how a smaller one is made.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        text = f"the file cannot be read: {error.strerror or error}"
        raise DiagnosticError(Diagnostic("AW-1401", text, Place(str(path)))) from error
    problem = _not_text(data, path.name, hint, most)
    if problem is not None:
        raise DiagnosticError(problem)
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _not_text(data: bytes, name: str, hint: str, most: int) -> Diagnostic | None:
    for magic, how in _ARCHIVES.items():
        if data.startswith(magic):
            return Diagnostic("AW-1401", "the file is no text", Place(name), how)
    if len(data) > most:
        text = f"the file has more than {most // 2**20} MiB"
        return Diagnostic("AW-1402", text, Place(name), hint or "Leave out what is no schema.")
    nul = data.find(b"\0")
    if nul >= 0:
        place = Place(name, (), data.count(b"\n", 0, nul) + 1)
        return Diagnostic("AW-1401", "the file holds a nul byte, so it is no text", place)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(name, (), data.count(b"\n", 0, error.start) + 1)
        return Diagnostic("AW-1401", "the file is not UTF-8 text", place, "Save it as UTF-8.")
    return None
