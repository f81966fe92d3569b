"""Options that several commands share, and what they mean together."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from archwright.cli.endings import problems_of
from archwright.cli.wiring import MOST, Source
from archwright.diagnostics import Diagnostic, DiagnosticError

Request = Annotated[
    str, typer.Argument(help='What to build, in words: "Build a TikTok clone".', show_default=False)
]
From = Annotated[
    str, typer.Option("--from", help="Read the request from a file, or - for standard input.")
]
BlueprintFile = Annotated[
    Path | None, typer.Option("--blueprint", help="Build from a blueprint.yaml instead of words.")
]
Name = Annotated[str | None, typer.Option("--name", help="What the app is called.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def source_of(request: str, file: str, blueprint: Path | None, name: str | None) -> Source:
    """Return the one source that was named. Raises AW-1009 where there is none or more than one."""
    # In a locale that is not UTF-8 the words come as bytes in disguise.
    request = os.fsencode(request).decode("utf-8", "surrogateescape")
    given = [bool(request), bool(file), blueprint is not None]
    if sum(given) == 1:
        return Source(request=request, file=file, blueprint=blueprint, name=name)
    text = "say what to build: a request, --from FILE, or --blueprint FILE"
    if sum(given) > 1:
        text = "a request, --from and --blueprint cannot be combined"
    hint = (
        'For example: archwright build "Build a TikTok clone" --out clipster; '
        "for an app that is there, --out is enough"
    )
    raise DiagnosticError(Diagnostic("AW-1009", text, hint=hint))


@contextmanager
def told_as_json(as_json: bool) -> Iterator[None]:
    """Print the diagnostics that end a command as JSON too, where JSON was asked for."""
    try:
        yield
    except Exception as error:
        if as_json and not isinstance(error, BrokenPipeError):
            told = {"diagnostics": [d.as_dict() for d in problems_of(error)]}
            typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        raise


def folder(text: str) -> Path:
    """Return a folder from the command line; an empty one is a variable that was never set."""
    if not text.strip():
        hint = "Name a folder, or leave the option out."
        raise DiagnosticError(Diagnostic("AW-7002", "the name of the folder is empty", hint=hint))
    return Path(text)


def standard_input(source: Source) -> bytes:
    """Return what lies on standard input if the request is read from there."""
    return sys.stdin.buffer.read(MOST + 1) if source.file == "-" else b""
