"""Each gate of the front end on a small app: green as it is, red for one planted mistake."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.toolchain import PinnedToolchain
from archwright.diagnostics import DiagnosticError
from archwright.proof.bundle import OUT, BundleGate
from archwright.proof.format import FormatCache, FormatGate, format_drafts
from archwright.proof.functions import FunctionsGate
from archwright.proof.gate import Evidence, Gate
from archwright.proof.lint import LintGate
from archwright.proof.types import TypesGate
from archwright.proof.unit import UnitGate
from archwright.proof.unused import UnusedGate
from subjects.small_app import sources, subject, write

pytestmark = pytest.mark.live

Prove = Callable[..., Evidence]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, toolchain: PinnedToolchain) -> Path:
    """Give a folder that keeps its tools' caches from test to test, as a build does."""
    path = tmp_path_factory.mktemp("app")
    write(path, {}, toolchain.node_modules())
    return path


@pytest.fixture
def prove(folder: Path, toolchain: PinnedToolchain) -> Prove:
    """Lay the small app out with some files changed, and run a gate on it."""

    def run(gate: Gate, changed: dict[str, str | None] | None = None, **given: Any) -> Evidence:
        for name in ("src", "supabase"):
            shutil.rmtree(folder / name, ignore_errors=True)
        files = sources(**{p.replace("/", "__"): t for p, t in (changed or {}).items()})
        write(folder, files)
        return gate.check(subject(folder, files, toolchain=toolchain, **given))

    return run


def only(evidence: Evidence) -> tuple[str, int, str]:
    """Return path, line and message of the one finding, which must name the pack's file."""
    assert len(evidence.diagnostics) == 1, [str(d) for d in evidence.diagnostics]
    found = evidence.diagnostics[0]
    assert f"from packs/small/files/{found.place.source}" in found.hint
    assert not evidence.passed
    return found.place.source, found.place.line, found.message


@pytest.mark.parametrize(
    "gate", [FormatGate(), TypesGate(), LintGate(), UnitGate(), BundleGate(), UnusedGate()]
)
def test_the_small_app_is_green(gate: Gate, prove: Prove) -> None:
    evidence = prove(gate, last=True)
    assert evidence.diagnostics == ()
    assert evidence.passed
    assert not evidence.skipped
    assert evidence.facts


def test_a_file_that_is_not_formatted(prove: Prove) -> None:
    path, _, message = only(prove(FormatGate(), {"src/lib/sum.ts": "export const sum=1\n"}))
    assert (path, message.split(":")[0]) == ("src/lib/sum.ts", "the file is not formatted")


def test_a_file_that_cannot_be_read_by_the_formatter(prove: Prove) -> None:
    found = only(prove(FormatGate(), {"src/lib/sum.ts": "export const a = 1;\nconst b = (;\n"}))
    assert found == ("src/lib/sum.ts", 2, "Unexpected token")


def test_a_type_error(prove: Prove) -> None:
    page = "export function About() {\n  const n: number = 'x';\n  return n;\n}\n"
    path, line, message = only(prove(TypesGate(), {"src/pages/about.tsx": page}))
    assert (path, line) == ("src/pages/about.tsx", 2)
    assert message.startswith("TS2322: Type 'string' is not assignable")


def test_an_import_of_nothing(prove: Prove) -> None:
    page = "import { sum } from '@/lib/some';\n\nexport const About = () => sum(1, 2);\n"
    path, line, message = only(prove(TypesGate(), {"src/pages/about.tsx": page}))
    assert (path, line, message[:7]) == ("src/pages/about.tsx", 1, "TS2307:")


def test_what_breaks_a_file_that_stays_as_it_is_is_found(prove: Prove) -> None:
    """What the gate keeps from phase to phase hides nothing: neither a type nor an export."""
    assert prove(TypesGate()).passed
    other = (
        "/** Adds. */\nexport function sum(a: string, b: string): string {\n  return a + b;\n}\n"
    )
    evidence = prove(TypesGate(), {"src/lib/sum.ts": other}, touched=["src/lib/sum.ts"])
    assert {d.place.source for d in evidence.diagnostics} == {
        "src/lib/sum.test.ts",
        "src/pages/home.tsx",
    }
    assert prove(TypesGate()).passed
    gone = "/** Nothing. */\nexport const nothing = 0;\n"
    evidence = prove(TypesGate(), {"src/lib/sum.ts": gone}, touched=["src/lib/sum.ts"])
    assert {(d.place.source, d.message[:7]) for d in evidence.diagnostics} == {
        ("src/lib/sum.test.ts", "TS2305:"),
        ("src/pages/home.tsx", "TS2305:"),
    }
    assert prove(TypesGate()).passed


def test_a_promise_that_nobody_waits_for(prove: Prove) -> None:
    text = "export async function later(): Promise<void> {\n  await fetch('/x');\n}\nlater();\n"
    path, line, message = only(prove(LintGate(), {"src/lib/later.ts": text}))
    assert (path, line) == ("src/lib/later.ts", 4)
    assert "[typescript(no-floating-promises)]" in message


def test_a_test_that_fails(prove: Prove) -> None:
    text = "/** Adds. */\nexport function sum(a: number, b: number): number {\n  return a - b;\n}\n"
    assert prove(UnitGate(), touched=["src/lib/sum.ts"]).facts["passed"] == 2
    evidence = prove(UnitGate(), {"src/lib/sum.ts": text}, touched=["src/lib/sum.ts"])
    places = {(d.place.source, d.place.line) for d in evidence.diagnostics}
    assert places == {("src/lib/sum.test.ts", 5), ("src/pages/home.test.tsx", 7)}
    first = min(evidence.diagnostics, key=lambda d: d.place)
    assert first.message == "adds: AssertionError: expected -1 to be 3 // Object.is equality"
    assert evidence.facts["failed"] == 2


def test_only_what_is_related_is_run(prove: Prove) -> None:
    evidence = prove(UnitGate(), touched=["src/pages/home.tsx"])
    assert evidence.passed
    assert (evidence.facts["scope"], evidence.facts["test_files"]) == ("related", 1)


def test_nothing_related(prove: Prove) -> None:
    evidence = prove(UnitGate(), touched=["src/pages/about.tsx"])
    assert evidence.passed
    assert evidence.skipped == "no test is related to what the phase touches"


def test_a_test_file_that_is_not_run(prove: Prove) -> None:
    """A configuration that finds no tests must not look like success."""
    config = sources()["vite.config.ts"].replace("src/**/*.test", "spec/**/*.test")
    evidence = prove(UnitGate(), {"vite.config.ts": config}, last=True)
    assert [d.message for d in evidence.diagnostics] == ["the test file was not run"] * 2


def test_a_test_file_that_cannot_be_loaded(prove: Prove) -> None:
    text = "import { nope } from './nope';\n\nnope();\n"
    evidence = prove(UnitGate(), {"src/lib/nope.test.ts": text}, touched=["src/lib/nope.test.ts"])
    path, _, message = only(evidence)
    assert path == "src/lib/nope.test.ts"
    assert 'Failed to resolve import "./nope"' in message


def test_a_lazy_page_in_the_chunk_of_another(prove: Prove) -> None:
    text = sources()["src/main.tsx"].replace(
        "import './index.css';",
        "import { About as A } from '@/pages/about';\nimport './index.css';",
    )
    evidence = prove(BundleGate(), {"src/main.tsx": text + "console.log(A);\n"})
    path, _, message = only(evidence)
    assert path == "src/main.tsx"
    assert "src/pages/about.tsx is loaded on demand here but lies in a chunk" in message


def test_what_stays_loaded_builds_as_the_command_does(prove: Prove, folder: Path) -> None:
    """Also a second time, from other files and with other settings."""

    def built(**given: Any) -> tuple[dict[str, bytes], Evidence]:
        evidence = prove(BundleGate(), **given)
        dist = folder / OUT
        return {p.name: p.read_bytes() for p in dist.rglob("*") if p.is_file()}, evidence

    assert built()[1].passed
    page = "export function About() {\n  return <h1 className='underline'>{1 + 2}</h1>;\n}\n"
    settings = sources()["vite.config.ts"].replace("'es2024'", "'es2022'")
    changed = {"src/pages/about.tsx": page, "vite.config.ts": settings}
    warm, asked = built(changed=changed)
    cold, run = built(changed=changed, last=True)
    assert warm == cold
    assert asked.facts == run.facts
    assert any(b"underline" in data for name, data in warm.items() if name.endswith(".css"))
    assert built()[0] != warm


def test_tests_that_stay_loaded_say_what_the_command_says(prove: Prove) -> None:
    fails = "import { expect, test } from 'vitest';\n\ntest('x', () => expect(1).toBe(2));\n"
    lost = "import { test } from 'vitest';\n\ntest('y', () => void Promise.reject(new Error()));\n"
    changed = {"src/lib/sum.test.ts": fails, "src/lib/lost.test.ts": lost}
    asked = prove(UnitGate(), changed, touched=["src/test/setup.ts"])
    run = prove(UnitGate(), changed, last=True)
    assert asked.facts == run.facts
    assert asked.diagnostics == run.diagnostics
    assert not run.passed
    only_lost = {"src/lib/lost.test.ts": lost}
    asked = prove(UnitGate(), only_lost, touched=["src/lib/lost.test.ts"])
    assert [d.code for d in asked.diagnostics] == ["AW-5190"]
    assert prove(UnitGate(), touched=["src/test/setup.ts"]).passed


def test_a_secret_in_the_bundle(prove: Prove) -> None:
    key = "sb_" + "secret_" + "a1B2c3D4e5F6g7H8i9"
    page = f"export function About() {{\n  return <h1 title='{key}'>x</h1>;\n}}\n"
    evidence = prove(BundleGate(), {"src/pages/about.tsx": page})
    (found,) = evidence.diagnostics
    assert "Supabase secret key" in found.message
    assert found.place.source.startswith("dist/assets/about-")
    assert key not in str(evidence.as_dict())


def test_an_app_that_cannot_be_built(prove: Prove) -> None:
    evidence = prove(BundleGate(), {"src/pages/about.tsx": "export const About = (;\n"})
    path, line, _ = only(evidence)
    assert (path, line) == ("src/pages/about.tsx", 1)


def test_code_that_nothing_uses(prove: Prove) -> None:
    text = "export const lonely = 1;\n"
    path, _, message = only(prove(UnusedGate(), {"src/pages/lonely.ts": text}, last=True))
    assert (path, message) == ("src/pages/lonely.ts", "the file is used by nothing")
    assert prove(UnusedGate(), {"src/pages/lonely.ts": text}).skipped


FUNCTION = {
    "supabase/functions/_shared/origin.ts": "export const origin = 'https://example.org';\n",
    "supabase/functions/hello/index.ts": """import { origin } from '../_shared/origin.ts';

export function answer(_request: Request): Response {
  return new Response(origin);
}

if (import.meta.main) Deno.serve(answer);
""",
    "supabase/functions/hello/index_test.ts": """import { answer } from './index.ts';

Deno.test('says where', async () => {
  const said = await answer(new Request('http://localhost')).text();
  if (said !== 'https://example.org') throw new Error(`it said ${said}`);
});
""",
}
HELLO = "supabase/functions/hello/index.ts"


def test_functions(prove: Prove) -> None:
    evidence = prove(FunctionsGate(), dict(FUNCTION))
    assert evidence.diagnostics == ()
    assert evidence.facts == {"functions": 1, "files": 3, "tests": 1}
    assert prove(FunctionsGate()).skipped == "no functions"


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "message"),
    [
        (HELLO, "new Response(origin)", "origin", 4, "TS2322: Type 'string' is not assignable"),
        (HELLO, "origin.ts'", "away.ts'", 1, "TS2307: Cannot find module"),
        (HELLO, "_request: Request", "request: Request", 3, "`request` is never used"),
        (
            "supabase/functions/_shared/origin.ts",
            ".org",
            ".com",
            5,
            "says where: Uncaught Error: it said",
        ),
    ],
)
def test_a_mistake_in_a_function(
    prove: Prove, path: str, old: str, new: str, line: int, message: str
) -> None:
    files = {**FUNCTION, path: FUNCTION[path].replace(old, new)}
    evidence = prove(FunctionsGate(), files)
    _, where, said = only(evidence)
    assert where == line
    assert message in said


def test_drafts_are_formatted_once(toolchain: PinnedToolchain, monkeypatch: Any) -> None:
    ugly = {
        **sources(),
        "src/lib/sum.ts": "export   const sum=(a:number)=>a\n",
        "x.sql": "select  1",
    }
    cache = FormatCache()
    drafts = subject(Path("/nowhere"), ugly).drafts
    done, problems = format_drafts(drafts, toolchain, cache)
    assert problems == []
    texts = {d.path: d.text for d in done}
    assert texts["src/lib/sum.ts"] == "export const sum = (a: number) => a;\n"
    assert texts["x.sql"] == "select  1"
    assert {p: t for p, t in texts.items() if t != ugly[p]}.keys() == {"src/lib/sum.ts"}

    def never(*_: object, **__: object) -> None:
        raise DiagnosticError

    monkeypatch.setattr(toolchain, "tool", never)
    again, _ = format_drafts(drafts, toolchain, cache)
    assert again == done


def test_a_draft_that_is_no_typescript(toolchain: PinnedToolchain) -> None:
    drafts = subject(Path("/nowhere"), {"src/a.ts": "const a = (;\n", "b.json": "{ }"}).drafts
    done, problems = format_drafts(drafts, toolchain, FormatCache())
    assert [d.text for d in done] == ["const a = (;\n", "{}\n"]
    assert [(str(p.place), p.hint) for p in problems] == [
        ("src/a.ts:1:12", "from packs/small/files/src/a.ts")
    ]
