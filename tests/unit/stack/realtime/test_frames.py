"""Frames of both versions, there and back."""

from __future__ import annotations

import json

import pytest

from archwright.stack.realtime.frames import FrameError, Message, Packed, decode, encode


def push(*texts: str, body: bytes = b"{}", encoding: int = 1) -> bytes:
    """Write a client's broadcast: join_ref, ref, topic, event, metadata."""
    parts = [text.encode() for text in texts]
    return bytes((3, *map(len, parts), encoding)) + b"".join(parts) + body


def test_version_1_is_objects() -> None:
    text = '{"topic":"t","event":"e","payload":[1],"ref":"2","join_ref":"1"}'
    message = decode(text, "1.0.0")
    assert message == Message("t", "e", [1], "2", "1")
    assert json.loads(str(encode(message, "1.0.0"))) == json.loads(text)


def test_what_the_server_begins_names_no_join_in_version_1() -> None:
    wire = encode(Message("t", "e", {}), "1.0.0")
    assert wire == '{"topic":"t","event":"e","payload":{},"ref":null}'


def test_version_2_is_arrays() -> None:
    message = decode('["1","2","t","e",{"a":"ä"}]', "2.0.0")
    assert message == Message("t", "e", {"a": "ä"}, "2", "1")
    assert json.loads(str(encode(message, "2.0.0"))) == ["1", "2", "t", "e", {"a": "ä"}]


def test_numbers_are_references_too() -> None:
    assert decode('[1,null,"t","e",null]', "2.0.0") == Message("t", "e", None, None, "1")


def test_a_binary_broadcast_keeps_its_payload_as_it_came() -> None:
    message = decode(push("1", "2", "room", "ev", '{"persist":true}', body=b'{"a" : 1}'), "2.0.0")
    packed = Packed("ev", b'{"a" : 1}', True, {"persist": True})
    assert message == Message("room", "broadcast", packed, "2", "1")


def test_a_broadcast_goes_out_in_each_version() -> None:
    message = Message("room", "broadcast", Packed("ev", b'{"a":1}', True, {"id": "x"}))
    wire = encode(message, "2.0.0")
    assert wire == b"\x04\x04\x02\x0a\x01roomev" + b'{"id":"x"}' + b'{"a":1}'
    told = {"type": "broadcast", "event": "ev", "payload": {"a": 1}, "meta": {"id": "x"}}
    assert json.loads(str(encode(message, "1.0.0")))["payload"] == told


def test_bytes_cannot_go_out_as_text() -> None:
    message = Message("room", "broadcast", Packed("ev", b"\xff", False))
    assert encode(message, "1.0.0") is None
    assert encode(message, "2.0.0") == b"\x04\x04\x02\x00\x00roomev\xff"


@pytest.mark.parametrize("name", ["ä" * 200, "\ud800"])
def test_names_that_no_binary_frame_can_hold_go_out_as_text(name: str) -> None:
    wire = encode(Message(name, "broadcast", Packed("ev", b"1", True)), "2.0.0")
    assert json.loads(str(wire))[4]["payload"] == 1


@pytest.mark.parametrize(
    "data",
    [
        push("", "", "t", "e", "", body=b"{"),
        push("", "", "t", "e", "[]"),
        push("", "", "t", "e", "", encoding=2),
        push("1", "2", "t", "e", "")[:9],
        b"\x03\x00\x00\x01\x00\x00\x00\xff",
        b"\x04" + push("", "", "t", "e", "")[1:],
        b"",
    ],
)
def test_broken_binary_frames(data: bytes) -> None:
    with pytest.raises(FrameError):
        decode(data, "2.0.0")


def test_version_1_has_no_binary_frames() -> None:
    with pytest.raises(FrameError):
        decode(push("", "", "t", "e", ""), "1.0.0")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "{}",
        '["1","2","t","e"]',
        '["1","2",3,"e",{}]',
        '["1","2","t","e",NaN]',
        '["1","2","t","e",1e999]',
        '[true,"2","t","e",1]',
        "[" * 100_000,
        '["1","2","t","e",' + "1" * 5000 + "]",
    ],
)
def test_broken_text_frames(text: str) -> None:
    with pytest.raises(FrameError):
        decode(text, "2.0.0")


def test_broken_objects() -> None:
    for text in ("[]", "{}", '{"topic":"t"}', '{"topic":"t","event":"e","ref":{}}'):
        with pytest.raises(FrameError):
            decode(text, "1.0.0")
