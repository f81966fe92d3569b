from datetime import UTC, datetime
from typing import Any

import pytest

from archwright.blueprint.access import Scope, TableAccess, parse
from archwright.blueprint.access_scope import OPERATIONS, PredicateRule
from archwright.diagnostics import Place
from archwright.proof.access.buckets import (
    ELSEWHERE,
    BucketRule,
    StoredFile,
    may_read_file,
    may_write_file,
    owns,
    stored_files,
)
from archwright.proof.access.cast import Cast, Player
from archwright.proof.oracle import Persona, World

ANN, BOB = Persona("ann"), Persona("bob")
GUEST, SERVICE = Persona(), Persona(service=True)
RULE, _ = parse("owner or open = true", Place())
assert RULE is not None
CLIPS = TableAccess(
    "clips", {"id": "text", "by": "uuid", "open": "boolean", "path": "text"}, "by", select=RULE
)
ROWS: dict[Any, dict[str, Any]] = {
    1: {"id": "1", "by": "ann", "open": True, "path": "ann/shown"},
    2: {"id": "2", "by": "ann", "open": False, "path": "ann/kept"},
    3: {"id": "3", "by": "ann", "open": True, "path": None},
}
WORLD = World(Scope({"clips": CLIPS}), {"clips": ROWS}, datetime(2026, 1, 1, tzinfo=UTC))


def rule(
    read: str = "owner", *named: tuple[str, str], replaceable: bool = True
) -> dict[str, BucketRule]:
    return {"files": BucketRule("files", read, named, "clips", Place(), replaceable)}


def file(path: str, bucket: str = "files") -> StoredFile:
    return StoredFile(bucket, path, "")


@pytest.mark.parametrize(
    ("path", "mine"),
    [("ann/x", True), ("ann/deep/x", True), ("annx/x", False), ("ann", False), ("x/ann/y", False)],
)
def test_the_first_folder_is_the_owners(path: str, mine: bool) -> None:
    assert owns(ANN, path) is mine
    assert not owns(GUEST, path)
    for operation in OPERATIONS[1:]:
        assert may_write_file(rule(), WORLD, ANN, "files", path, operation) is mine
        assert may_write_file(rule(), WORLD, SERVICE, "files", path, operation)
        assert not may_write_file(rule(), WORLD, ANN, ELSEWHERE, path, operation)


def test_whoever_uploads_are_withheld_from_can_remove_only() -> None:
    banned = {"banned": PredicateRule("banned", withholds=frozenset({"uploads"}))}
    scope = Scope({"clips": CLIPS}, predicates=banned)
    world = World(scope, {}, WORLD.now, {"banned": lambda persona, _: persona == ANN})
    found = {
        (persona.user, operation): may_write_file(
            rule(), world, persona, "files", f"{persona.user}/x", operation
        )
        for persona in (ANN, BOB)
        for operation in OPERATIONS[1:]
    }
    assert [key for key, may in found.items() if not may] == [("ann", "insert"), ("ann", "update")]


@pytest.mark.parametrize(
    ("path", "kept", "replaced"),
    [
        ("ann/loose", ["insert", "delete"], ["insert", "update", "delete"]),
        ("ann/kept", ["delete"], ["insert", "update", "delete"]),
    ],
)
def test_a_file_stays_what_it_is_while_a_row_names_it(
    path: str, kept: list[str], replaced: list[str]
) -> None:
    for replaceable, expected in ((False, kept), (True, replaced)):
        rules = rule("owner", ("clips", "path"), replaceable=replaceable)
        asked = OPERATIONS[1:]
        found = [o for o in asked if may_write_file(rules, WORLD, ANN, "files", path, o)]
        assert found == expected


@pytest.mark.parametrize(
    ("read", "readers"),
    [("owner", [ANN]), ("member", [ANN, BOB]), ("public", [ANN, BOB, GUEST])],
)
def test_who_reads_a_file(read: str, readers: list[Persona]) -> None:
    asked = [ANN, BOB, GUEST]
    found = [p for p in asked if may_read_file(rule(read), WORLD, p, file("ann/loose"))]
    assert found == readers
    assert may_read_file(rule(read), WORLD, SERVICE, file("ann/loose"))
    assert not may_read_file(rule(read), WORLD, ANN, file("ann/loose", ELSEWHERE))


def test_a_row_that_names_a_file_opens_it_to_those_who_see_the_row() -> None:
    rules = rule("owner", ("clips", "path"))
    for path, expected in (("ann/shown", True), ("ann/kept", False), ("ann/loose", False)):
        assert may_read_file(rules, WORLD, BOB, file(path)) is expected
        assert may_read_file(rules, WORLD, ANN, file(path))


def test_files_of_every_bucket_and_of_none() -> None:
    cast = Cast((Player("bob", BOB),), ("ann",), (), (), {"ann": "owner", "bob": "member"})
    words = {"clips": ["one", "two", "three"]}
    found = {
        f.key: f.about for f in stored_files(rule("owner", ("clips", "path")), WORLD, cast, words)
    }
    assert found["files/ann/kept"] == "named by a row of clips with two"
    assert found["files/bobx/loose"] == "beside those of member, named nowhere"
    assert sum(key.startswith(ELSEWHERE) for key in found) == 5
    assert len(found) == 5 + 5 + 2
