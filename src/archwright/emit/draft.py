"""A file to be written: where, what, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """One file of the emitted app.

    ``origin`` is the pack and the file in it, or the compiler's stage for a derived file;
    ``derived`` files change in every phase and do not count against a phase's limit.
    """

    path: str
    text: str
    origin: str
    derived: bool = False
    instance: str = ""
    part: str = ""
