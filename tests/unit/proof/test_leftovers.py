from __future__ import annotations

import pytest

from archwright.emit.draft import Draft
from archwright.proof.leftovers import leftovers

NONE: frozenset[str] = frozenset()


def found(
    text: str, path: str = "src/a.tsx", words: frozenset[str] = NONE
) -> list[tuple[int, str]]:
    return [(d.place.line, d.message) for d in leftovers(Draft(path, text, "packs/x"), words)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("const thing = 1;", "thing"),
        ("const likedThing = 1;", "likedThing"),
        ("from('things')", "things"),
        ("select('id, thing_id, owner(id)')", "thing_id"),
        ("select('id, things(id)')", "things"),
        ("type A = Thing;", "Thing"),
        ("const THING_LIMIT = 1;", "THING_LIMIT"),
        ("/** Likes one Thing. */", "Thing"),
        ("// uses thingId of the row", "thingId"),
        ("<ThingCard />", "ThingCard"),
        ("const queryKey = `things:${id}`;", "things"),
        ("import { a } from './thing-card';", "thing-card"),
    ],
)
def test_the_example_entity_is_found(text: str, word: str) -> None:
    assert found("const a = 1;\n" + text) == [(2, f"the pack's example entity is left: {word}")]
    assert found(text, words=frozenset({"thing"})) == []


@pytest.mark.parametrize(
    "text",
    [
        "const something = 1;",
        "const anything: Everything = nothing;",
        "// one thing after another",
        "/* Things go wrong. */ const a = 1;".replace("Things", "Many things"),
        "return <p>The last thing</p>;",
        "const breathing = 1;",
    ],
)
def test_plain_english_is_not(text: str) -> None:
    assert found(text) == []


def test_texts_for_people() -> None:
    texts = "export const en = { a: 'One thing at a time', b: 'Delete this {thing}?' };\n"
    assert [m for _, m in found(texts, "src/locales/en.ts")] == [
        "the pack's example entity is left: {thing}"
    ]


def test_the_example_entity_in_sql_and_in_a_path() -> None:
    sql = "create table public.thing_likes (id uuid); -- counts the things"
    message = "the pack's example entity is left: "
    assert found(sql, "supabase/migrations/1.sql") == [(1, message + "thing_likes")]
    assert found("a", "src/features/thing/card.css") == [
        (1, message + "src/features/thing/card.css")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "const a: any = 1;",
        "const a = b as any;",
        "function f(a: any, b: string) {}",
        "type A = Record<string, any>;",
        "const a: any[] = [];",
        "type A = string | any;",
        "type F = () => any;",
        "type A = any;",
    ],
)
def test_any(text: str) -> None:
    assert found(text, "src/a.ts") == [(1, "the type any is used")]


@pytest.mark.parametrize(
    "text",
    [
        "const company = 1;",
        "// any of them",
        "const a = 'as any';",
        "Promise.any(all);",
        "const a = { any: 1 };",
        "const b = any(list);",
    ],
)
def test_not_any(text: str) -> None:
    assert found(text, "src/a.ts") == []
    assert found("where id = any (ids)", "supabase/migrations/1.sql") == []


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (
            "src/a.ts",
            "const a = 1; // TODO: more",
            "a note of unfinished work is left: // TODO: more",
        ),
        ("a.sql", "select 1; -- FIXME", "a note of unfinished work is left: -- FIXME"),
        ("src/a.ts", "/*\n * XXX later\n */", "a note of unfinished work is left: * XXX later"),
        (
            "src/a.ts",
            "// @ts-ignore",
            "a switch that turns the type checker off is left: @ts-ignore",
        ),
        ("README.md", "Lorem Ipsum dolor", "filler text is left: Lorem Ipsum"),
        ("src/a.ts", "/*= name =*/", "template syntax is left: /*="),
        ("src/a.ts", "//% for x in y", "template syntax is left: //%"),
    ],
)
def test_what_is_left_of_the_work(path: str, text: str, message: str) -> None:
    assert message in [m for _, m in found(text, path)]


def test_todo_as_a_word_of_the_domain() -> None:
    assert found("const state = 'TODO';\nconst todoList = [state];", "src/a.ts") == []


def test_a_secret_is_named_but_not_shown() -> None:
    key = "sb_" + "secret_abcdefgh12345678"
    ((line, message),) = found(f"\nKEY={key}\n", ".env.example")
    assert (line, message) == (2, "the file holds a Supabase secret key")


def test_sample_rows_may_speak_of_things() -> None:
    text = "insert into public.notes (body) values ('No such thing.'), ('thing_id');\n"
    found = list(leftovers(Draft("supabase/seed.sql", text, "compiler"), frozenset()))
    assert [d.message for d in found] == ["the pack's example entity is left: thing_id"]
