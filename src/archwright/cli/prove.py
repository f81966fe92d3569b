"""``archwright prove``: what people do, done in a real browser against a platform made for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from archwright.build.check import Standing, read_app
from archwright.build.stage import Stage
from archwright.cli import wiring
from archwright.cli.evidence import renew_report
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import Json, folder, told_as_json
from archwright.cli.show import safe, say, show_diagnostics
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors
from archwright.ports import SpecEnded, SpecsWanted
from archwright.proof.browser.gate import is_spec
from archwright.proof.browser.kept import FOLDER, PARTIAL, keep, stale
from archwright.proof.browser.results import SpecResult, SpecRun, parse
from archwright.proof.browser.verdict import diagnostics, feature_of, figures

_MARKS = {"passed": "[green]ok[/]    ", "skipped": "[yellow]skipped[/]"}


def prove(
    app_folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder that Archwright built.")
    ] = ".",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="FEATURE", help="The specs of this feature; repeatable."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=16, help="How many browsers run at once.")
    ] = 2,
    as_json: Json = False,
) -> None:
    """Try an app in a real browser, each worker on a platform of its own; keeps the evidence."""
    console, errors = Console(), Console(stderr=True)
    with told_as_json(as_json):
        out = folder(app_folder)
        run, problems = _proven(out, tuple(only or ()), workers, None if as_json else console)
    if as_json:
        data = {
            "passed": not has_errors(problems),
            "figures": figures(run),
            "specs": [_told(spec) for spec in run.specs],
            "diagnostics": [d.as_dict() for d in problems],
        }
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
    show_diagnostics(errors, problems)
    if not as_json:
        counted = f"{run.count('passed')} of {len(run.specs)} specs passed"
        if skipped := run.count("skipped"):
            counted += f", {skipped} not run"
        say(console, f"\n{counted} in {run.seconds:.0f} s; evidence in {safe(out / FOLDER)}")
    code = code_of(problems)
    if code is not Exit.OK:
        raise typer.Exit(code)


def _proven(
    out: Path, only: tuple[str, ...], workers: int, console: Console | None
) -> tuple[SpecRun, list[Diagnostic]]:
    """Run the specs and keep what they leave. Raises where there is no app, or no such spec."""
    packs, problems = wiring.catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    workspace = wiring.workspace(out)[0]
    app, problems = read_app(workspace, packs)
    if app is None or has_errors(problems):
        raise DiagnosticError(*problems)
    chosen = chosen_specs(app, only)
    tools = wiring.toolchain()
    tools.ensure()
    stage = Stage(wiring.check_folder(tools), tools.node_modules())
    wanted = SpecsWanted(chosen, min(workers, len(chosen)), _progress(console))
    with stage, wiring.postgres(tools) as server:
        stage.lay_out(app.files)
        browsing = wiring.browsing(tools, server, packs)
        report = browsing.run(stage.folder, wanted)
        run = parse(report, stage.folder)
        base = PARTIAL if only else FOLDER
        kept = keep(run, base)
    workspace.put(kept.files, stale(workspace.root, kept.files, base))
    if not only:
        renew_report(workspace, tools, packs)
    return run, [*problems, *diagnostics(run, kept.places)]


def chosen_specs(app: Standing, only: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files of the specs of some features, or all. Raises AW-5142 where there is none.

    A feature's are those that its pack brings, and those that are named after it.
    """
    files = sorted(p for p in app.files if is_spec(p))
    features: Mapping[str, str] = {
        d.path: d.instance.partition(":")[0] for d in app.compiled.drafts if d.instance
    }
    found = [f for f in files if not only or {features.get(f, ""), feature_of(f)} & {*only}]
    if not found:
        known = sorted({feature_of(f) for f in files})
        text = f"no spec belongs to {', '.join(only)}" if only else "the app has no specs"
        hint = f"There are specs of {', '.join(known)}." if known else "Build the app anew."
        raise DiagnosticError(Diagnostic("AW-5142", text, hint=hint))
    return tuple(found)


def _progress(console: Console | None) -> Callable[[SpecEnded], None]:
    def told(ended: SpecEnded) -> None:
        if console is None:
            return
        mark = _MARKS.get(ended.status, "[red]failed[/]")
        where = f"{ended.file.removeprefix('e2e/')}:{ended.line}"
        count = f"{ended.done:>3}/{ended.total}"
        said = f"{safe(ended.title)} [dim]{safe(where)} {ended.seconds:.1f} s[/]"
        say(console, f"{count} {mark} {said}")

    return told


def _told(spec: SpecResult) -> dict[str, object]:
    return {
        "file": spec.file,
        "line": spec.line,
        "title": spec.title,
        "feature": feature_of(spec.file),
        "status": spec.status,
        "seconds": round(spec.seconds, 2),
    }
