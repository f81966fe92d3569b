"""A report about a made-up app, with every kind of thing that a report can show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archwright.proof.report.data import (
    Assumed,
    Cell,
    Feature,
    GateRun,
    PhaseRun,
    Reference,
    ReportData,
    TableColumn,
    TableShape,
)

_GATES = (
    ("database", "postgres", 0.42, {"migrations": 1, "tables": 4, "policies": 9, "indexes": 11}),
    ("access matrix", "postgres", 1.31, {"attempts": 812}),
    ("query plans", "postgres", 0.57, {"queries": 7}),
    ("drafts", "archwright", 0.03, {"files": 58, "lines": 2410, "counted": 17}),
    ("format", "oxfmt", 0.14, {"files": 52, "findings": 0}),
    ("types", "tsc", 0.71, {"errors": 0, "files": 46}),
    ("lint", "oxlint", 1.22, {"files": 46, "rules": 264}),
    ("unit", "vitest", 1.64, {"scope": "related", "test_files": 6, "tests": 21, "failed": 0}),
    ("bundle", "vite", 0.93, {"chunks": 14, "entry_gzip_bytes": 142_336, "total_bytes": 1_822_000}),
)
_FEATURES = (
    ("foundation", "Foundation", (), 1, "Every app stands on it"),
    ("auth", "Accounts", ("foundation",), 3, "A short-video platform has accounts"),
    ("profiles", "Profiles", ("auth", "foundation"), 3, "Creators have a page of their own"),
    ("videos", "Videos", ("profiles", "auth"), 4, "Short videos are what it is about"),
    ("feed", "Feed", ("videos", "follows"), 6, "“TikTok” means an endless feed"),
    ("likes:Video", "Likes on Video", ("videos",), 5, "implied by the archetype"),
    ("comments:Video", "Comments on Video", ("videos", "profiles"), 5, "implied by the archetype"),
    ("likes:Comment", "Likes on Comment", ("comments:Video",), 5, ""),
    ("follows", "Follows", ("profiles",), 4, "implied by the archetype"),
    ("blocks", "Blocks", ("profiles",), 6, "Members must be able to keep others away"),
    ("notifications", "Notifications", ("profiles", "likes:Video", "follows"), 7, ""),
    ("search", "Search", ("videos", "profiles"), 7, "implied by the archetype"),
)
_PHASES = (
    "Foundation: tooling, data",
    "Foundation: user interface, shell",
    "Accounts, Profiles",
    "Videos, Follows",
    "Likes on Video, Comments on Video, Likes on Comment",
    "Feed, Blocks",
    "Notifications, Search",
)


def sample(*, failing: bool = False) -> ReportData:
    """Return the report; ``failing`` stops the build in its sixth phase."""
    phases = [_phase(n, title) for n, title in enumerate(_PHASES, 1)]
    if failing:
        phases[5] = replace(
            phases[5],
            state="failed",
            gates=(
                *phases[5].gates[:5],
                replace(phases[5].gates[5], passed=False, diagnostics=_FOUND),
            ),
        )
        phases[6] = replace(phases[6], state="planned", gates=())
    return ReportData(
        app="Clipster",
        summary="Short videos by everyone, watched one after another.",
        request="Build a TikTok clone for cooks, without messages.\nPrivate profiles are a must.",
        assumptions=(
            Assumed("A short-video platform", "“TikTok clone”", "stated", 0.97),
            Assumed(
                "Accounts with e-mail and password", "Likes need someone who likes", "implied", 0.9
            ),
            Assumed("Videos of at most 60 seconds", "The archetype's usual length", "assumed", 0.6),
            Assumed("Creator statistics", "Platforms of this kind have them", "suggested", 0.35),
            Assumed("Direct messages", "“without messages”", "excluded", 0.95),
        ),
        features=tuple(Feature(k, t, why, needs, n) for k, t, needs, n, why in _FEATURES),
        phases=tuple(phases),
        tables=_tables(),
        matrix=_matrix(),
        versions={"react": "19.3.1", "typescript": "7.0.2", "vite": "8.3.8", "vitest": "5.1.1"},
    )


_FOUND: tuple[dict[str, Any], ...] = (
    {
        "code": "AW-5103",
        "severity": "error",
        "message": "TS2322: Type 'string' is not assignable to type 'number'.",
        "place": {"source": "src/features/feed/api.ts", "path": [], "line": 41, "column": 7},
        "hint": "from packs/feed/files/data/src/features/feed/api.ts",
    },
    {
        "code": "AW-5110",
        "severity": "warning",
        "message": "Table public.follows has multiple permissive policies",
        "place": {"source": "database", "path": [], "line": 0, "column": 0},
        "hint": "",
    },
)


def _phase(number: int, title: str) -> PhaseRun:
    gates = tuple(
        GateRun(name, tool, True, round(seconds * (0.7 + 0.1 * number), 3), facts=facts)
        for name, tool, seconds, facts in _GATES
        if number > 1 or tool != "postgres"
    )
    if number < 7:
        gates += (GateRun("unused", "knip", True, 0.0, "looked for when the app is whole"),)
    else:
        gates += (GateRun("unused", "knip", True, 1.1, facts={"findings": 0}),)
    folder = f"src/features/part-{number}"
    return PhaseRun(
        number,
        title,
        "proven",
        tuple(k for k, _, _, n, _ in _FEATURES if n == number) or ("foundation",),
        tuple(f"{folder}/{name}" for name in ("api.ts", "hooks.ts", "card.tsx", "page.tsx")),
        ("src/features/videos/card.tsx",) if number > 4 else (),
        ("README.md", "src/app/routes.tsx"),
        (f"2026010100000{number}_part.sql",) if number > 1 else (),
        ("src/features/feed/hooks.ts: an unused import was removed",) if number == 5 else (),
        gates,
    )


def _tables() -> tuple[TableShape, ...]:
    at = TableColumn("created_at", "timestamp with time zone")
    key = TableColumn("id", "uuid", key="primary")

    def to(name: str, *, required: bool = True) -> TableColumn:
        return TableColumn(name, "uuid", required, "foreign")

    return (
        TableShape(
            "profiles",
            "Profiles",
            (key, TableColumn("handle", "citext"), TableColumn("bio", "text", False), at),
            (Reference(("id",), "auth.users"),),
        ),
        TableShape(
            "videos",
            "Videos",
            (
                key,
                to("owner_id"),
                TableColumn("caption", "text"),
                to("sound_id", required=False),
                at,
            ),
            (
                Reference(("owner_id",), "profiles"),
                Reference(("sound_id",), "sounds", False),
            ),
        ),
        TableShape("sounds", "Videos", (key, TableColumn("title", "text"))),
        TableShape(
            "video_likes",
            "Likes",
            (to("video_id"), to("user_id"), at),
            (Reference(("video_id",), "videos"), Reference(("user_id",), "profiles")),
        ),
        TableShape(
            "comments",
            "Comments",
            (key, to("video_id"), to("author_id"), to("parent_id", required=False), at),
            (
                Reference(("video_id",), "videos"),
                Reference(("author_id",), "profiles"),
                Reference(("parent_id",), "comments", False),
            ),
        ),
        TableShape(
            "follows",
            "Follows",
            (to("follower_id"), to("followed_id"), TableColumn("state", "follow_state"), at),
            (Reference(("follower_id",), "profiles"), Reference(("followed_id",), "profiles")),
        ),
    )


def _matrix() -> tuple[Cell, ...]:
    personas = (
        "anonymous",
        "member",
        "owner",
        "follower",
        "blocked",
        "moderator",
        "admin",
        "service",
    )
    found = []
    for table in (t.name for t in _tables()):
        for rank, persona in enumerate(personas):
            for place, operation in enumerate(("select", "insert", "update", "delete")):
                mark = (len(table) + rank * 3 + place * 5) % 7
                allowed, denied = (4, 0) if mark > 4 else (0, 4) if mark < 3 else (2, 3)
                found.append(Cell(table, persona, operation, allowed, denied))
    return tuple(found)
