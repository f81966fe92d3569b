"""Runs the command line inside the test, on small packs and fakes of tools, server and gates."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archwright.catalog.pack import Catalog
from archwright.cli import main as command
from archwright.cli import wiring
from archwright.ports import ToolStatus
from subjects.builds import FakeProver
from subjects.canned import Canned, said


@dataclass(frozen=True)
class Said:
    """What a command printed, and the code with which it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Tools(Canned):
    """A toolchain with a cache folder and a list of what it has."""

    cache: Any = None
    lines: list[ToolStatus] = field(default_factory=list)
    ensured: int = 0

    def ensure(self) -> None:
        self.ensured += 1

    def status(self) -> list[ToolStatus]:
        return self.lines


class Commands:
    """The command line with everything behind it replaced."""

    def __init__(self, patch: pytest.MonkeyPatch, root: Path, packs: Catalog) -> None:
        self.root = root
        self.prover = FakeProver()
        self.tools = Tools(said(code=1), cache=SimpleNamespace(root=root / "cache"))
        self._patch = patch
        patch.setattr(wiring, "catalog", lambda: (packs, []))
        patch.setattr("archwright.cli.plan.catalog", lambda: (packs, []))
        patch.setattr(wiring, "toolchain", lambda *_: self.tools)
        patch.setattr("archwright.cli.doctor.toolchain", lambda *_: self.tools)
        patch.setattr(wiring, "postgres", _nothing)
        patch.setattr(wiring, "prover", lambda *_, **__: self.prover)
        patch.setattr("signal.signal", lambda *_: None)
        patch.chdir(root)

    def __call__(self, *args: str | Path, stdin: bytes | str = b"", terminal: bool = False) -> Said:
        """Run ``archwright`` with arguments; anything but an exit is a failure of the test."""
        out, err = _Stream(terminal=terminal), _Stream(terminal=terminal)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        source = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        source.isatty = lambda: terminal  # type: ignore[method-assign]
        with self._patch.context() as patch:
            patch.setattr(sys, "argv", ["archwright", *map(str, args)])
            patch.setattr(sys, "stdin", source)
            code: Any = 0
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    command.main()
                except SystemExit as end:
                    code = end.code or 0
        return Said(int(code), out.getvalue(), err.getvalue())


class _Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@contextmanager
def _nothing(*_: object) -> Iterator[None]:
    yield


def clean_environment() -> dict[str, str]:
    """Return the environment without what says how a terminal looks."""
    names = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")
    return {k: v for k, v in os.environ.items() if k not in names}
