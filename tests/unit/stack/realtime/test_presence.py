"""Presence: several members under one key, and what the others are told."""

from __future__ import annotations

from archwright.stack.realtime.presence import Presence


def test_members_share_a_key() -> None:
    here = Presence()
    first = here.track("a", "ann", {"at": 1})
    here.track("b", "ann", {"at": 2})
    (meta,) = first["joins"]["ann"]["metas"]
    assert first["leaves"] == {}
    assert [one["at"] for one in here.state()["ann"]["metas"]] == [1, 2]
    assert here.untrack("a") == {"joins": {}, "leaves": {"ann": {"metas": [meta]}}}
    assert [one["at"] for one in here.state()["ann"]["metas"]] == [2]
    assert len(here) == 1


def test_a_new_payload_replaces_the_old_one() -> None:
    here = Presence()
    before = here.track("a", "ann", {"at": 1})["joins"]["ann"]["metas"][0]
    told = here.track("a", "ann", {"at": 2})
    (meta,) = told["joins"]["ann"]["metas"]
    assert told["leaves"] == {"ann": {"metas": [before]}}
    assert meta["phx_ref_prev"] == before["phx_ref"] != meta["phx_ref"]
    assert here.payload("a") == {"at": 2}


def test_who_is_not_there() -> None:
    here = Presence()
    assert here.untrack("a") is None
    assert here.payload("a") is None
    here.track("a", "ann", {})
    here.untrack("a")
    assert here.state() == {}
