"""Whatever comes, the realtime parsers answer or refuse, and what they write can be read."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from archwright.stack.realtime.filters import FilterError, parse_filter
from archwright.stack.realtime.frames import FrameError, Message, Packed, Version, decode, encode
from archwright.stack.realtime.join import JoinError, read_join
from archwright.stack.realtime.json_values import ArrayError, json_text, parse_array
from archwright.stack.realtime.pgoutput import StreamError
from archwright.stack.realtime.pgoutput import decode as decode_change

VERSIONS = st.sampled_from(["1.0.0", "2.0.0"])
TEXTS = st.text(max_size=40)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
REFERENCES = st.none() | st.text(max_size=5)


@given(st.text() | st.binary(), VERSIONS)
def test_any_frame_is_read_or_refused(data: str | bytes, version: Version) -> None:
    with contextlib.suppress(FrameError):
        decode(data, version)


@given(st.binary(max_size=80))
@example(b"\xff" * 6)
def test_any_binary_broadcast_is_read_or_refused(rest: bytes) -> None:
    with contextlib.suppress(FrameError):
        message = decode(b"\x03" + rest, "2.0.0")
        assert isinstance(message.payload, Packed)
        if message.payload.is_json:
            json.loads(message.payload.body)


@given(TEXTS, TEXTS, JSON, REFERENCES, REFERENCES, VERSIONS)
def test_messages_come_back_as_they_were(
    topic: str, event: str, payload: Any, ref: str | None, join_ref: str | None, version: Version
) -> None:
    message = Message(topic, event, payload, ref, join_ref)
    wire = encode(message, version)
    assert wire is not None
    assert decode(wire, version) == message


@given(st.binary(max_size=120))
def test_any_replication_message_is_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(StreamError):
        decode_change(data)


@given(st.sampled_from([b"B", b"C", b"R", b"I", b"U", b"D"]), st.binary(max_size=120))
def test_replication_messages_of_known_kinds_too(kind: bytes, rest: bytes) -> None:
    with contextlib.suppress(StreamError):
        decode_change(kind + rest)


@given(st.text(alphabet='abc=.,()"\\ intoqs'))
def test_any_filter_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(FilterError):
        parse_filter(text)


@given(st.lists(st.text(max_size=10), min_size=1, max_size=8))
def test_lists_come_out_of_filters_as_the_clients_put_them_in(values: list[str]) -> None:
    quoted = ['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]
    (condition,) = parse_filter(f"c=in.({','.join(quoted)})")
    assert condition.values == tuple(values)


@given(JSON)
def test_any_join_is_read_or_refused(payload: Any) -> None:
    with contextlib.suppress(JoinError):
        read_join({"config": payload}, 5)
    with contextlib.suppress(JoinError):
        read_join({"config": {"postgres_changes": payload, "broadcast": payload}}, 5)


@given(st.text(alphabet='{}",\\ aN[]=:1'))
def test_any_array_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ArrayError):
        parse_array(text)
    json.loads(json_text(text, "text", True))


@given(st.lists(st.none() | st.text(max_size=10), max_size=8))
def test_arrays_come_back_as_they_were(values: list[str | None]) -> None:
    def write(value: str | None) -> str:
        if value is None:
            return "NULL"
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    assert parse_array("{" + ",".join(map(write, values)) + "}") == values
