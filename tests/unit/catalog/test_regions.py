"""Where code ends and text begins."""

from __future__ import annotations

import pytest

from archwright.catalog.regions import Kind, Language, language_of, regions


def cut(text: str, language: Language) -> list[tuple[str, str]]:
    return [(r.kind.value, text[r.start : r.end]) for r in regions(text, language)]


def kinds(text: str, language: Language, kind: Kind) -> list[str]:
    return [text[r.start : r.end] for r in regions(text, language) if r.kind is kind]


def test_template_literals_know_their_whole() -> None:
    text = "x = `/a/${b ? `in${1}` : '}'}/c${d}`"
    found = [(text[r.start : r.end], r.literal) for r in regions(text, "ts") if r.literal]
    assert found == [
        ("/a/", "/a/${}/c${}"),
        ("in", "in${}"),
        ("}", "}"),
        ("/c", "/a/${}/c${}"),
    ]


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        ("a = b / c / d", []),
        ("return /x[/]'y/g.test(s)", ["x[/]'y"]),
        ("f(/a\\/b/)", ["a\\/b"]),
        ("x = a[0] / 2 + '/'", ["/"]),
        ("const a = 'it\\'s' + \"b\"", ["it\\'s", "b"]),
        ("const broken = 'no end\nnext", ["no end"]),
        ("`a\\`b`", ["a\\`b"]),
        ("`open ${a", ["open "]),
        ("`$5 \\", ["$5 "]),
    ],
)
def test_typescript_literals(text: str, literals: list[str]) -> None:
    assert kinds(text, "ts", Kind.LITERAL) == literals


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "const a = <p>Hello {name}, it's <b>you</b>!</p>; x < y",
            ["Hello ", ", it's ", "you", "!"],
        ),
        ("return cond && <></>", []),
        ("const f = <T,>(x: T) => x; const g = 'a'", []),
        ("const f = <T extends X>(x: T) => 'b'", []),
        ("type F = <T>(x: T) => void", []),
        ("a < b > c", []),
        ("useState<Video | null>(null)", []),
        (
            "return <Box<Row> title='Hi' {...p} /* no */ a={() => <i>in</i>}>t</Box>",
            ["Hi", "in", "t"],
        ),
        ("return <p>a < b</p>", ["a ", " b"]),
        ("return <p>/*= x < '{' =*/ b</p>", ["/*= x < '{' =*/ b"]),
    ],
)
def test_shown_text_in_jsx(text: str, shown: list[str]) -> None:
    assert kinds(text, "tsx", Kind.SHOWN) == shown
    assert kinds(text, "ts", Kind.SHOWN) == []


def test_code_after_jsx_is_code() -> None:
    text = "const a = <A b={c} />; const d = 'e'; // f\n{ /* g */ }"
    assert kinds(text, "tsx", Kind.LITERAL) == ["e"]
    assert kinds(text, "tsx", Kind.COMMENT) == ["// f", "/* g */"]


def test_sql() -> None:
    text = """-- a
select 'it''s', E'b\\'c', "Na""me", $tag$ body 'x' -- y
$tag$, a$b$c, $1 /* x /* y */ z */ - 2"""
    assert kinds(text, "sql", Kind.COMMENT) == ["-- a", "-- y", "/* x /* y */ z */"]
    assert kinds(text, "sql", Kind.LITERAL) == ["it''s", "b\\'c", 'Na""me', "x"]
    assert kinds("select $$ open 'a", "sql", Kind.LITERAL) == ["a"]
    assert kinds("/* open /* x */", "sql", Kind.COMMENT) == ["/* open /* x */"]


def test_json_and_css() -> None:
    text = '{"a.b": "Two words", "c": "id", "d": "Title", "e": "a/b c"} '
    assert kinds(text, "json", Kind.LITERAL) == ["a.b", "c", "id", "d", "e", "a/b c"]
    assert kinds(text, "json", Kind.SHOWN) == ["Two words", "Title"]
    assert cut('[1, "open\\', "json") == [("code", "[1, "), ("literal", "open"), ("code", "\\")]
    assert cut(".a { } /* b */ c", "css") == [
        ("tag", ".a { } "),
        ("comment", "/* b */"),
        ("tag", " c"),
    ]


@pytest.mark.parametrize(
    ("path", "language"),
    [("a/b.tsx", "tsx"), ("a.test.ts", "ts"), ("x.sql", "sql"), ("r.md", "prose"), ("a.png", None)],
)
def test_language_of(path: str, language: str | None) -> None:
    assert language_of(path) == language
