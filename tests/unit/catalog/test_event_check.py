"""News that goes with its row: only where one row says it, and the listener can forget."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.load import load_catalog
from subjects.tiny import catalog, head, one, told

TABLE = """
[tables.waves]
comment = "Who waves to whom"
{rows}

[tables.waves.columns]
id = "uuid = gen_random_uuid()"
from_id = "uuid -> profiles cascade"
to_id = "uuid -> profiles cascade"
thing_id = "uuid -> things cascade"

[events.waved]
on = "insert waves"
actor = "from_id"
{event}
taken_back = true
"""
TO, ABOUT = 'to = "to_id"', 'about = "thing_id"\nto = "thing_id.owner"'


@pytest.mark.parametrize(
    ("rows", "event"),
    [
        ('key = ["from_id", "to_id"]', TO),
        ('unique = [["to_id", "from_id"]]', TO),
        ('key = ["thing_id", "from_id"]', ABOUT),
        ('key = ["thing_id"]', ABOUT),
    ],
)
def test_a_row_of_its_own_can_be_taken_back(tmp_path: Path, rows: str, event: str) -> None:
    _, problems = one(tmp_path, {"pack.toml": head("mine") + TABLE.format(rows=rows, event=event)})
    assert problems == []


@pytest.mark.parametrize(
    ("rows", "event", "told_of"),
    [
        ("", TO, "from_id, to_id"),
        ('unique = [["thing_id", "from_id"]]', TO, "from_id, to_id"),
        ('key = ["from_id", "to_id", "thing_id"]', ABOUT, "from_id, thing_id"),
    ],
)
def test_one_of_several_rows_cannot(tmp_path: Path, rows: str, event: str, told_of: str) -> None:
    pack, problems = one(
        tmp_path, {"pack.toml": head("mine") + TABLE.format(rows=rows, event=event)}
    )
    assert pack is None
    assert told(problems) == [("AW-3019", "packs/mine/pack.toml (events.waved.taken_back)")]
    assert problems[0].message == f"nothing in waves is unique within {told_of}"


def test_a_table_of_another_pack_is_not_known(tmp_path: Path) -> None:
    event = '[events.e]\non = "insert nods"\nactor = "a"\nto = "b"\ntaken_back = true\n'
    shared = head("mine", 'instance = "shared"\nattaches = "likeable"')
    _, problems = one(tmp_path, {"pack.toml": shared, "each.toml": event})
    assert told(problems) == [("AW-3019", "packs/mine/each.toml (events.e.taken_back)")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("private", []),
        ("command", [("AW-3019", "packs/mine/pack.toml (fanout.tell.take_back)")]),
        ("", [("AW-3019", "packs/mine/pack.toml (fanout.tell.take_back)")]),
    ],
)
def test_the_listener_names_a_private_function(
    tmp_path: Path, kind: str, expected: list[tuple[str, str]]
) -> None:
    manifest = head("mine") + '[fanout.tell]\nevents = ["*"]\ninto = "news"\ntake_back = "forget"\n'
    files = {"pack.toml": manifest}
    if kind:
        files["pack.toml"] += f'[functions.forget]\nfile = "sql/forget.sql"\nkind = "{kind}"\n'
        files["sql/forget.sql"] = "create function private.forget() returns void"
    _, problems = one(tmp_path, files)
    assert told(problems) == expected


def test_the_built_in_packs_take_back_what_is_undone() -> None:
    packs, _ = load_catalog()
    found = {
        name
        for pack in packs.features
        for name, spec in pack.manifest.events.items()
        if spec.taken_back
    }
    follows = {"followed", "follow_requested", "follow_accepted"}
    assert found == {"thing_liked", "thing_reposted", *follows}
    assert not any(e.taken_back for p in catalog().features for e in p.manifest.events.values())
