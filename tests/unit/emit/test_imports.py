"""Imports: merged into one block, checked against the app's files."""

from __future__ import annotations

import pytest

from archwright.diagnostics import Place
from archwright.emit.imports import merge_imports, remove_import, unresolved
from subjects.modules import imported_modules


def merged(source: str, *extra: str) -> str:
    text, problems = merge_imports(source, extra)
    assert problems == []
    return text


def test_everything_at_once() -> None:
    source = """// @vitest-environment happy-dom
'use client';

import { z, a as b, type C } from "zod"
import './x.css';
// why
import React, { useState } from 'react'; // tail
import type { C, Z as default_ } from 'zod';
import type D from './d';
import type { E } from './d';
import * as ns from '@/ns';
import {
  one, // inside
  two,
} from '../up';
import json from './x.json' with { type: 'json' };
/** Doc */
export const x = 1;
"""
    assert merged(source, "import { useEffect } from 'react';", "{ ThingX } from './thing'") == (
        """// @vitest-environment happy-dom
'use client';

// why
// tail
import React, { useEffect, useState } from 'react';
import { a as b, z, type C, type Z as default_ } from 'zod';
import * as ns from '@/ns';
// inside
import { one, two } from '../up';
import type { default as D, E } from './d';
import { ThingX } from './thing';
import json from './x.json' with { type: 'json' };
import './x.css';

/** Doc */
export const x = 1;
"""
    )


@pytest.mark.parametrize(
    ("source", "extra", "result"),
    [
        ("x();\n", "import a from 'a'", "import a from 'a';\n\nx();\n"),
        ("", "import a from 'a'", "import a from 'a';\n"),
        ("/** doc */\nf();\n", "'a'", "import 'a';\n\n/** doc */\nf();\n"),
        ("/** file */\n\nf();\n", "'a'", "/** file */\n\nimport 'a';\n\nf();\n"),
        ("// file\nf();\n", "'a'", "// file\n\nimport 'a';\n\nf();\n"),
        ("// x\n/** doc */\nf();", "'a'", "// x\nimport 'a';\n\n/** doc */\nf();"),
        ("'use client';\n/** d */\nf();", "'a'", "'use client';\nimport 'a';\n\n/** d */\nf();"),
        ("'use client'; f();", "'a'", "'use client';\n\nimport 'a';\n\nf();"),
        ("// only\n", "'a'", "// only\n\nimport 'a';\n"),
        ("import b from 'b'; f();", "a from 'a'", "import a from 'a';\nimport b from 'b';\n\nf();"),
    ],
)
def test_where_the_block_goes(source: str, extra: str, result: str) -> None:
    text = merged(source, extra)
    assert text == result
    assert merged(text, extra) == result


@pytest.mark.parametrize(
    "source", ["", "f();\n", "import('a');\n", "import.meta.env;\n", "import x = require('y');\n"]
)
def test_a_file_without_imports_stays_as_it_is(source: str) -> None:
    assert merged(source) == source


@pytest.mark.parametrize(
    ("statements", "result"),
    [
        (["a from 'm'", "b from 'm'"], "import a, { default as b } from 'm';"),
        (["type a from 'm'"], "import type a from 'm';"),
        (["type a from 'm'", "{ b } from 'm'"], "import { b, type default as a } from 'm';"),
        (["a, * as n from 'm'"], "import a from 'm';\nimport * as n from 'm';"),
        (
            ["type * as n from 'm'", "type { T } from 'm'"],
            "import type { T } from 'm';\nimport type * as n from 'm';",
        ),
        (["{ type T } from 'm'", "{ T } from 'm'"], "import { T } from 'm';"),
        (
            ["{ type as t, type type as u } from 'm'"],
            "import { type as t, type type as u } from 'm';",
        ),
        (["type from 'm'"], "import type from 'm';"),
        (["type, { a } from 'm'"], "import type, { a } from 'm';"),
        (["type{T}from'm'"], "import type { T } from 'm';"),
        (["{} from 'm'", "'m'"], "import 'm';"),
        (["'m'", "{ a } from 'm'"], "import { a } from 'm';"),
        (["'m'", "type { A } from 'm'"], "import type { A } from 'm';\nimport 'm';"),
        (["'./b.css'", "'./a.css'"], "import './b.css';\nimport './a.css';"),
        (["/* c */ { a } from 'm'"], "/* c */\nimport { a } from 'm';"),
    ],
)
def test_statements_of_one_module(statements: list[str], result: str) -> None:
    text = merged("", *statements)
    assert text == result + "\n"
    assert merged(text) == text


def test_order() -> None:
    extra = ["a from './a'", "b from '../../b'", "c from '../c'", "d from '@/d'", "e from 'e'"]
    extra += ["f from '@f/f'", "g from 'node:fs'", "h from 'Ee'"]
    modules = imported_modules(merged("", *extra))
    assert modules == ["@f/f", "e", "Ee", "node:fs", "@/d", "../../b", "../c", "./a"]


def test_long_statements_break() -> None:
    names = [f"aVeryLongNameOfAThing{i}" for i in range(5)]
    text = merged("", f"{{ {', '.join(names)} }} from 'm'")
    assert text == "import {\n" + "".join(f"  {n},\n" for n in names) + "} from 'm';\n"
    assert merged(text) == text


def test_comments_of_a_module_stay_above_it() -> None:
    source = (
        "import a from 'a';\n// for b\n/* and so */\nimport b from 'b'; /* tail */\n// code\nf();\n"
    )
    assert merged(source, "'z'") == (
        "import a from 'a';\n// for b\n/* and so */\n/* tail */\nimport b from 'b';\n"
        "import 'z';\n\n// code\nf();\n"
    )
    effects = "import a from 'a';\n// styles\nimport './a.css';\n"
    assert merged(effects) == effects


def test_mistakes() -> None:
    text, problems = merge_imports(
        "import { A } from './a';\n", ["{ A } from './b'", "nonsense", "import('x')"], Place("f.ts")
    )
    assert text == "import { A } from './a';\nimport { A } from './b';\n"
    assert [(d.code, d.place) for d in problems] == [
        ("AW-3342", Place("f.ts")),
        ("AW-3342", Place("f.ts")),
        ("AW-3341", Place("f.ts")),
    ]
    assert "'./a' and './b'" in problems[-1].message
    assert merge_imports("// a\nf();", ["nonsense"])[0] == "// a\nf();"
    clash = merge_imports("", ["{ a as x } from 'm'", "{ b as x } from 'm'"])[1]
    assert [d.code for d in clash] == ["AW-3341"]


def test_imported_modules() -> None:
    source = """import a from 'a';
import './b.css';
export { c } from "./c";
export * from './d';
const e = lazy(() => import('./e'));
type F = import('./f').F;
const no = "from 'x'"; // from 'y'
const rows = supabase.from('things');
const t = <p>from 'z'</p>; a from 'a';
"""
    assert imported_modules(source) == ["a", "./b.css", "./c", "./d", "./e", "./f"]


def test_unresolved_imports() -> None:
    files = {
        "src/main.tsx": "import './index.css';\nimport a from './a';\nimport '@/lib';import 'z';",
        "src/a.ts": "import '../outside';\n\nimport './gone';\nimport '../../etc/passwd';",
        "src/lib/index.ts": "import '..'; import '.'; import './x.js'; import './x.jsx?raw';",
        "src/lib/x.ts": "import logo from '@/logo.svg?url'; import '@/nothing/here'",
        "src/index.css": "@import './no.css';",
        "src/logo.svg": "<svg/>",
        "src/index.ts": "",
    }
    found = [
        (d.code, d.place.source, d.place.line, d.message.split("'")[1]) for d in unresolved(files)
    ]
    assert found == [
        ("AW-5011", "src/a.ts", 1, "../outside"),
        ("AW-5011", "src/a.ts", 3, "./gone"),
        ("AW-5011", "src/a.ts", 4, "../../etc/passwd"),
        ("AW-5011", "src/lib/x.ts", 1, "@/nothing/here"),
    ]
    assert unresolved({"app/a.ts": "import '@/b'", "app/b.ts": ""}, alias="app/") == []


def test_removing_an_import_leaves_the_others_and_what_is_imported_for_its_effects() -> None:
    source = (
        "// header\nimport './a.css';\nimport { b, c as d } from './b';\n"
        "import e from './e';\n\nrun(b, d, e);\n"
    )
    assert remove_import(source, "d") == (
        "// header\nimport { b } from './b';\nimport e from './e';\nimport './a.css';\n\n"
        "run(b, d, e);\n"
    )
    without = remove_import(source, "e")
    assert "'./e'" not in without
    assert "import { b, c as d } from './b';" in without
    assert "import './a.css';" in without
    assert remove_import(source, "c") == source
