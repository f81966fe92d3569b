"""Any text in place of a schema ends in a Blueprint that can be read again, or in diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.blueprint.codec import dump, load
from archwright.diagnostics import DiagnosticError, has_errors
from archwright.importing.dbml import from_dbml
from archwright.importing.harmless import judge
from archwright.importing.jdl import from_jdl
from archwright.importing.prisma import from_prisma
from archwright.importing.script import cut
from archwright.importing.source import Source
from archwright.importing.translate import translate

SOURCES = Path(__file__).parents[1] / "sources"
READERS: dict[str, Callable[[str, str], Source]] = {
    "prisma": from_prisma,
    "dbml": from_dbml,
    "jdl": from_jdl,
}
TEXTS = [
    (path.suffix[1:], path.read_text(encoding="utf-8"))
    for path in sorted(SOURCES.iterdir())
    if path.suffix[1:] in READERS
]
DUMPS = [path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.sql"))]
_SIGNS = """{ } ( ) [ ] @ @@ : ' " ` id ref - < > [] ? /* // $$ ; \\ ∑ 1 select Order unique"""
BITS = st.sampled_from([*_SIGNS.split(), "\n", "x" * 70])


@st.composite
def spoilt(draw: st.DrawFn, texts: list[str]) -> str:
    """Cut pieces out of a text, double some, and put bits in between."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        put = draw(BITS | st.just(text[start:end] * 2))
        text = text[:start] + put + text[end:]
    return text


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["prisma", "dbml", "jdl"]).flatmap(
        lambda kind: st.tuples(st.just(kind), spoilt([t for k, t in TEXTS if k == kind]))
    )
)
def test_any_text(given_text: tuple[str, str]) -> None:
    kind, text = given_text
    try:
        made = translate(READERS[kind](text, f"x.{kind}"))
    except DiagnosticError as error:
        assert all(d.code.startswith("AW-14") for d in error.diagnostics)  # noqa: PT017
        return
    if made.blueprint is None:
        assert has_errors(made.diagnostics)
        return
    again, problems = load(dump(made.blueprint), "blueprint.yaml")
    assert again == made.blueprint, problems


@settings(max_examples=60, deadline=None)
@given(spoilt(DUMPS))
def test_any_dump(text: str) -> None:
    script = cut(text, "x.sql")
    for statement in script.statements:
        assert 1 <= statement.line <= text.count("\n") + 1
        judged = judge(statement.sql)
        assert judged.verdict
