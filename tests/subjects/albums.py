"""Videos in albums under random rules: rows, personas, and what rules may say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from archwright.blueprint.access import (
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    parse,
)
from archwright.blueprint.access_ast import And, Expr, Not, Or
from archwright.diagnostics import Place
from archwright.proof.oracle import Persona

ANN, BOB, CAT, DAN = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abcd")
ALBUM = [f"a0000000-0000-4000-8000-00000000000{n}" for n in range(4)]
VIDEO = [f"b0000000-0000-4000-8000-00000000000{n}" for n in range(9)]
PAST, FUTURE = (
    datetime.fromisoformat("2000-01-01T00:00+00:00"),
    datetime.fromisoformat("2990-01-01T00:00+00:00"),
)

SETUP = f"""
create schema private;
grant usage on schema private to anon, authenticated;
create type public.video_state as enum ('draft', 'ready');
create table public.follows (
  id integer primary key, follower_id uuid, followee_id uuid, state text
);
create table public.albums (
  id uuid primary key, owner_id uuid, parent_id uuid, open boolean, n integer
);
create table public.videos (
  id uuid primary key, author_id uuid, editor_id uuid, album_id uuid, state public.video_state,
  n integer, m integer, pinned boolean, at timestamptz, day date
);
alter table public.follows enable row level security;
alter table public.albums enable row level security;
alter table public.videos enable row level security;
create function private.has_role(name text) returns boolean
  language sql stable security definer set search_path = ''
  as $$ select name = 'moderator' and (select auth.uid()) = '{CAT}' or false $$;
create function private.calm(n integer) returns boolean
  language sql stable as $$ select n < 5 $$;
create function private.vip() returns boolean
  language sql stable as $$ select nullif((select auth.uid()), '{BOB}') is null $$;
grant execute on function private.vip(), private.has_role(text) to authenticated;
grant execute on function private.calm(integer) to anon, authenticated;
"""

FOLLOWS: list[dict[str, Any]] = [
    {"id": 1, "follower_id": ANN, "followee_id": BOB, "state": "accepted"},
    {"id": 2, "follower_id": BOB, "followee_id": CAT, "state": "asked"},
    {"id": 3, "follower_id": CAT, "followee_id": ANN, "state": None},
    {"id": 4, "follower_id": BOB, "followee_id": None, "state": "accepted"},
    {"id": 5, "follower_id": CAT, "followee_id": BOB, "state": "accepted"},
]
ALBUMS: list[dict[str, Any]] = [
    {"id": ALBUM[0], "owner_id": ANN, "parent_id": None, "open": True, "n": 1},
    {"id": ALBUM[1], "owner_id": BOB, "parent_id": ALBUM[0], "open": False, "n": 9},
    {"id": ALBUM[2], "owner_id": None, "parent_id": ALBUM[1], "open": None, "n": None},
    {"id": ALBUM[3], "owner_id": CAT, "parent_id": VIDEO[0], "open": False, "n": 3},
]


def video(number: int, **given: Any) -> dict[str, Any]:
    return {
        "id": VIDEO[number],
        "author_id": None,
        "editor_id": None,
        "album_id": None,
        "state": None,
        "n": None,
        "m": None,
        "pinned": None,
        "at": None,
        "day": None,
        **given,
    }


VIDEOS = [
    video(0),
    video(1, author_id=ANN, album_id=ALBUM[0], state="ready", n=1, m=2, pinned=True, at=PAST),
    video(2, author_id=BOB, editor_id=ANN, album_id=ALBUM[1], state="draft", n=7, m=7, at=FUTURE),
    video(3, author_id=CAT, editor_id=CAT, album_id=ALBUM[2], state="ready", day=date(2000, 1, 1)),
    video(4, author_id=BOB, editor_id=DAN, album_id=ALBUM[3], state="ready", pinned=False),
    video(8, editor_id=BOB, album_id=ALBUM[0], n=4, m=5, pinned=False, day=date(2990, 1, 1)),
]
NEW_VIDEOS = [
    video(5, author_id=ANN, album_id=ALBUM[0], state="draft", n=1, m=0),
    video(6, author_id=BOB, editor_id=ANN, album_id=ALBUM[1], state="ready", pinned=True, n=9),
    video(7),
]
CHANGES: list[dict[str, Any]] = [
    {"state": "ready"},
    {"n": 8},
    {"author_id": CAT, "album_id": ALBUM[3]},
    {"pinned": None, "n": 2},
]
PERSONAS = {
    "anonymous": Persona(),
    "ann": Persona(ANN),
    "bob": Persona(BOB),
    "moderator": Persona(CAT, frozenset({"moderator"})),
    "stranger": Persona(DAN),
}
ROWS: dict[str, list[dict[str, Any]]] = {"follows": FOLLOWS, "albums": ALBUMS, "videos": VIDEOS}


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


BASE = Scope(
    tables={
        "follows": TableAccess(
            "follows",
            {"id": "integer", "follower_id": "uuid", "followee_id": "uuid", "state": "text"},
        ),
        "albums": TableAccess(
            "albums",
            {
                "id": "uuid",
                "owner_id": "uuid",
                "parent_id": "uuid",
                "open": "boolean",
                "n": "integer",
            },
            owner="owner_id",
            foreign_keys={"parent_id": ForeignKey("albums")},
            nullable=frozenset({"owner_id", "parent_id", "open", "n"}),
        ),
        "videos": TableAccess(
            "videos",
            {
                "id": "uuid",
                "author_id": "uuid",
                "editor_id": "uuid",
                "album_id": "uuid",
                "state": "video_state",
                "n": "integer",
                "m": "integer",
                "pinned": "boolean",
                "at": "timestamptz",
                "day": "date",
            },
            owner="author_id",
            foreign_keys={"album_id": ForeignKey("albums")},
            nullable=frozenset(video(0)) - {"id"},
        ),
    },
    relations={
        "follows": Relation(
            "follows", "follows", "follower_id", "followee_id", read("state = 'accepted'")
        ),
        "friends": Relation("friends", "follows", "follower_id", "followee_id", either=True),
        "gone": Relation("gone", "blocks", "a", "b"),
    },
    predicates={
        "calm": PredicateRule("calm", 1, anonymous=True),
        "vip": PredicateRule("vip"),
    },
    roles=frozenset({"moderator", "admin"}),
    enums={"video_state": ("draft", "ready")},
)
TRUTHS = {
    "calm": lambda _, values: None if values[0] is None else values[0] < 5,
    "vip": lambda persona, _: persona.user == BOB,
}

COMMON = ["public", "member", "nobody", "owner", "role(moderator)", "role(admin, moderator)"]
ALBUM_ATOMS = [
    *COMMON,
    "self(owner_id)",
    "open = true",
    "open != true",
    "n > 2",
    "n is null",
    "parent_id is null",
    "related(friends, owner)",
    "related(follows, parent_id.owner)",
    "parent(parent_id may select)",
    "parent(parent_id may update)",
    "parent(parent_id may delete)",
    "predicate(calm, n)",
]
VIDEO_ATOMS = [
    *COMMON,
    "self(editor_id)",
    "related(follows, owner)",
    "related(friends, editor_id)",
    "related(friends, album_id.owner_id)",
    "related(gone, owner)",
    "parent(album_id may select)",
    "parent(album_id may update)",
    "parent(album_id may delete)",
    "predicate(calm, n)",
    "predicate(vip)",
    "state = 'ready'",
    "state != 'ready'",
    "state in ('ready', 'draft')",
    "pinned = true",
    "pinned = false",
    "n <= 4",
    "n in (1, 7)",
    "n < m",
    "at < now",
    "day >= now",
    "m is not null",
    "dropped is null",
    "dropped = 3",
]
UPDATE_ATOMS = [
    *VIDEO_ATOMS,
    "old.state = 'draft'",
    "new.state = 'ready'",
    "old.n < new.n",
    "self(old.author_id)",
    "new.pinned is null",
    "predicate(calm, new.n)",
]
ALBUM_UPDATE_ATOMS = [*ALBUM_ATOMS, "new.open = true", "old.n > 2"]


def rules(texts: list[str]) -> st.SearchStrategy[Expr]:
    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(And, several) | st.builds(Or, several)

    return st.recursive(st.sampled_from([read(t) for t in texts]), grow, max_leaves=5)


SCOPES = st.builds(
    lambda albums, videos: with_rules({"albums": albums, "videos": videos}),
    st.fixed_dictionaries(
        {
            "select": rules(ALBUM_ATOMS),
            "update": rules(ALBUM_UPDATE_ATOMS),
            "delete": rules(ALBUM_ATOMS),
        }
    ),
    st.fixed_dictionaries(
        {
            "select": rules(VIDEO_ATOMS),
            "insert": rules(VIDEO_ATOMS),
            "update": rules(UPDATE_ATOMS),
            "update_check": rules(VIDEO_ATOMS),
            "delete": rules(VIDEO_ATOMS),
        }
    ),
)


def with_rules(given: dict[str, dict[str, Any]]) -> Scope:
    tables = dict(BASE.tables)
    for name, chosen in given.items():
        tables[name] = replace(tables[name], **chosen)
    return replace(BASE, tables=tables)
