"""What a preview needs of the machine; the command line puts the adapters in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from archwright.diagnostics import Diagnostic
from archwright.ports import FrontEnd, FrontServer, Rebuild, StackDatabase, Toolchain
from archwright.preview.platform import PlaceMedia


@dataclass(frozen=True, slots=True)
class Machine:
    """Tools, and how to start what runs.

    ``server`` gives a PostgreSQL whose data stay in a folder, ``erase`` removes such a folder,
    ``front`` serves a front end and tells its lines, ``end_left`` ends a front end's server that
    an earlier run left (its process id, the app's folder), ``rebuild`` builds the app in its
    folder and tells its events, ``media`` places sample files, ``deno`` is functions' cache.
    """

    tools: Toolchain
    deno: Path
    server: Callable[[Path], AbstractContextManager[StackDatabase]]
    erase: Callable[[Path], None]
    front: Callable[[FrontEnd, Callable[[str], None]], FrontServer]
    end_left: Callable[[int, Path], None]
    rebuild: Callable[[Path, Callable[[Mapping[str, Any]], None]], Rebuild]
    media: PlaceMedia


class Screen(Protocol):
    """Where a preview tells what goes on; called from several threads."""

    def line(self, source: str, text: str) -> None:
        """Show a line of one of the parts: vite, functions, api, database, build."""

    def problems(self, found: Sequence[Diagnostic]) -> None:
        """Show what is wrong while the app goes on."""
