"""Repairs by rule: what is certain is mended, what is not is left."""

from __future__ import annotations

import pytest

from archwright.build.repair import repair
from archwright.diagnostics import Diagnostic, Place

PAGE = "src/pages/home.tsx"
FILES = {
    PAGE: "import { useState } from 'react';\nimport { sum } from '@/lib/sum';\n\nuseState(sum);\n",
    "src/lib/sum.ts": "export function sum() {}\nexport type Sum = 1;\nexport const twice = 1;\n",
    "src/lib/other.ts": "export const twice = 2;\nexport async function later() {}\n",
    "src/lib/user.ts": "import { useMemo, type FC, z as zod } from 'react';\nimport d from 'd';\n",
    "src/lib/sum.test.ts": "export const onlyInTest = 1;\n",
    "notes.md": "import { useState } from 'react';\n",
}


def mended(message: str, path: str = PAGE, line: int = 1, more: str = "") -> tuple[str, str]:
    """Return the new text and what was done, twice "" where nothing was; ``more`` is src/x.ts."""
    texts = {**FILES, "src/x.ts": more}
    found = repair(texts, [Diagnostic("AW-5103", message, Place(path, (), line))])
    return (found[0].text, found[0].done) if found else ("", "")


@pytest.mark.parametrize(
    "message",
    [
        "TS6133: 'sum' is declared but its value is never read.",
        "TS6196: 'sum' is declared but never used.",
        "Identifier 'sum' is imported but never used. [eslint(no-unused-vars)]",
        "Type 'sum' is imported but never used.",
    ],
)
def test_an_unused_import_goes(message: str) -> None:
    text, done = mended(message)
    assert text == "import { useState } from 'react';\n\nuseState(sum);\n"
    assert done == "removed the unused import sum"


def test_a_statement_of_which_nothing_is_used_goes() -> None:
    source = "import { a } from 'a';\nimport {\n  b,\n  c as d,\n} from 'b';\n\na();\n"
    message = "TS6192: All imports in import declaration are unused."
    text, done = mended(message, "src/x.ts", 2, source)
    assert text == "import { a } from 'a';\n\na();\n"
    assert done == "removed the unused import b, d"


def test_a_variable_that_is_unused_is_left() -> None:
    assert mended("'total' is declared but its value is never read.") == ("", "")
    assert mended("All imports in import declaration are unused", line=99) == ("", "")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("later", "import { later } from '@/lib/other';"),
        ("Sum", "import { sum, type Sum } from '@/lib/sum';"),
        ("useMemo", "import { useMemo, useState } from 'react';"),
        ("FC", "import { useState, type FC } from 'react';"),
    ],
)
def test_a_missing_import_comes(name: str, line: str) -> None:
    text, done = mended(f"TS2304: Cannot find name '{name}'.")
    assert line in text.splitlines()
    assert done == f"added the missing import {name}"


@pytest.mark.parametrize("name", ["twice", "nowhere", "onlyInTest", "zod", "d"])
def test_what_could_be_meant_otherwise_is_left(name: str) -> None:
    assert mended(f"TS2304: Cannot find name '{name}'.") == ("", "")


def test_a_file_does_not_import_from_itself() -> None:
    assert mended("TS2304: Cannot find name 'Sum'.", "src/lib/sum.ts") == ("", "")


def test_a_name_that_is_taken_is_left() -> None:
    source = "import { later } from 'late';\n"
    assert mended("Cannot find name 'later'.", "src/x.ts", more=source) == ("", "")


def test_a_type_beside_a_value_is_the_value() -> None:
    more = "import type { useMemo } from 'react';\n"
    text, _ = mended("Cannot find name 'useMemo'.", more=more)
    assert "import { useMemo, useState } from 'react';" in text


def test_only_typescript_of_the_app_is_mended() -> None:
    assert mended("'useState' is declared but never used.", "notes.md") == ("", "")
    assert mended("'useState' is declared but never used.", "src/gone.ts") == ("", "")
    assert mended("TS2322: something else") == ("", "")


def test_several_repairs_of_several_files() -> None:
    problems = [
        Diagnostic("AW-5103", "Cannot find name 'later'.", Place(PAGE)),
        Diagnostic("AW-5103", "'sum' is declared but never used.", Place(PAGE)),
        Diagnostic("AW-5103", "'useMemo' is declared but never used.", Place("src/lib/user.ts")),
    ]
    first, second = repair(FILES, problems)
    assert (first.path, second.path) == ("src/lib/user.ts", PAGE)
    assert second.done == "added the missing import later; removed the unused import sum"
    assert repair({**FILES, PAGE: second.text}, problems[:2]) == ()
