"""Merging imports, for all blocks: idempotent, nothing lost, the code below untouched."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from archwright.emit.import_block import Binding, read_imports
from archwright.emit.imports import merge_imports, unresolved
from subjects.modules import imported_modules

names = st.sampled_from(["a", "b", "C", "type", "default_", "$d"])
modules = st.sampled_from(["react", "@x/y", "@/lib/z", "./a", "../b", "./style.css", "zod"])
members = st.builds(
    lambda kind, name, alias: f"{kind}{name}{alias}",
    st.sampled_from(["", "type "]),
    names,
    st.sampled_from(["", " as e", " as F"]),
)
braces = st.lists(members, min_size=1, max_size=3).map(lambda m: "{ " + ", ".join(m) + " }")
clauses = st.one_of(
    braces,
    braces.map(lambda text: "type " + text),
    names,
    names.map(lambda name: f"* as {name}"),
    st.tuples(names, braces).map(", ".join),
)
statements = st.one_of(
    st.builds("import {} from '{}';".format, clauses, modules),
    st.builds("import '{}';".format, modules),
)
comments = st.sampled_from(["", "// note\n", "/* note */\n", "\n", "/** doc */\n"])
headers = st.sampled_from(["", "'use client';\n", "// first\n\n", "#!/usr/bin/env node\n"])
code = st.sampled_from(["", "export const x = 1;\n", "// c\nf();", "/** d */\nimport('x');\n"])
blocks = st.lists(st.tuples(comments, statements).map("".join), max_size=6).map("\n".join)
sources = st.tuples(headers, blocks, st.just("\n"), code).map("".join)
extras = st.lists(statements, max_size=4)


def bindings(*texts: str) -> set[tuple[str, Binding]]:
    """Return every imported name, as value if it is imported as one anywhere."""
    found = {
        (s.module, binding)
        for text in texts
        for s in read_imports(text).statements
        for binding in s.bindings
    }
    values = {(module, b.imported, b.local) for module, b in found if not b.type_only}
    return {
        (module, b)
        for module, b in found
        if not b.type_only or (module, b.imported, b.local) not in values
    }


@given(sources, extras)
def test_merging_twice_changes_nothing(source: str, extra: list[str]) -> None:
    once, _ = merge_imports(source, extra)
    assert merge_imports(once, extra)[0] == once
    assert merge_imports(once, [])[0] == once


@given(sources, extras)
def test_no_name_and_no_module_is_lost_or_made_up(source: str, extra: list[str]) -> None:
    once, _ = merge_imports(source, extra)
    assert bindings(once) == bindings(source, *extra)
    expected = {m for text in (source, *extra) for m in imported_modules(text)}
    assert set(imported_modules(once)) == expected


@given(sources, extras)
def test_one_statement_for_each_module(source: str, extra: list[str]) -> None:
    once, _ = merge_imports(source, extra)
    named = [
        s.module
        for s in read_imports(once).statements
        if s.bindings and not any(b.imported == "*" for b in s.bindings)
    ]
    assert len(named) == len(set(named))


@given(headers, blocks, code, extras)
def test_header_and_code_stay(header: str, block: str, below: str, extra: list[str]) -> None:
    # Without imports a first line comment is the file's own, and stays above new ones.
    assume("import" in block or not below.startswith("//"))
    once, _ = merge_imports(f"{header}{block}\n{below}", extra)
    assert once.startswith(header.rstrip())
    assert once.endswith(below)


@given(sources, extras)
def test_the_order_of_extras_does_not_matter(source: str, extra: list[str]) -> None:
    bound = [text for text in extra if "from" in text]
    assert merge_imports(source, bound)[0] == merge_imports(source, bound[::-1])[0]


@given(st.dictionaries(st.sampled_from(["src/a.ts", "src/b.tsx", "b.ts"]), sources))
def test_what_is_unresolved_is_not_there(files: dict[str, str]) -> None:
    for problem in unresolved(files):
        assert problem.place.source in files
        assert problem.message.split("'")[1][0] in ".@"
