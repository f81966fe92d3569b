"""A toolchain that says what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Finished, ToolStatus

Act = Callable[[Path], None]


@dataclass
class Canned:
    """Answers every call with ``answer``, or raises it; ``act`` does what a tool does."""

    answer: Finished | DiagnosticError
    act: Act = lambda _: None
    calls: list[tuple[str, ...]] = field(default_factory=list)
    requests: list[Mapping[str, Any]] = field(default_factory=list)
    environments: list[Mapping[str, str]] = field(default_factory=list)

    def _answer(
        self, name: str, args: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None
    ) -> Finished:
        self.calls.append((name, *args))
        self.environments.append(env or {})
        if isinstance(self.answer, DiagnosticError):
            raise self.answer
        self.act(cwd)
        return self.answer

    def ensure(self) -> None:
        """Do nothing."""

    def node(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        return self._answer("node", args, cwd, env)

    def tool(
        self,
        name: str,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        return self._answer(name, args, cwd, env)

    def ask(
        self,
        name: str,
        request: Mapping[str, Any],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        self.requests.append(request)
        return self._answer(name, ("asked",), cwd, env)

    def deno(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        return self._answer("deno", args, cwd)

    def node_modules(self) -> Path:
        return Path("/nonexistent/node_modules")

    def versions(self) -> Mapping[str, str]:
        return {}

    def status(self) -> list[ToolStatus]:
        return []


def said(stdout: str = "", stderr: str = "", code: int = 0) -> Finished:
    """Return a finished process."""
    return Finished(code, stdout, stderr, 0.1)


def late() -> DiagnosticError:
    """Return what a tool that runs too long raises."""
    return DiagnosticError(Diagnostic("AW-6008", "it ran longer than 300 s", hint="try again"))
