"""Frames of the WebSocket: serializer 1.0.0 (objects) and 2.0.0 (arrays and binary frames)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Version = Literal["1.0.0", "2.0.0"]
Wire = str | bytes

_PUSH = 3
_BROADCAST = 4
_BINARY, _JSON = 0, 1
_SHORT = 255


class FrameError(ValueError):
    """What came is no frame of the protocol."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A broadcast as a binary frame carries it: its payload stays bytes, JSON or not."""

    event: str
    body: bytes
    is_json: bool
    meta: Mapping[str, Any] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        """Return the payload of a text frame; raises ``FrameError`` where it cannot be one."""
        if not self.is_json:
            raise FrameError("binary payloads have no text form")
        told = {"type": "broadcast", "event": self.event, "payload": parse_json(self.body)}
        return {**told, "meta": dict(self.meta)} if self.meta else told


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a channel, either way; ``payload`` is JSON, or ``Packed``."""

    topic: str
    event: str
    payload: Any
    ref: str | None = None
    join_ref: str | None = None


def decode(data: Wire, version: Version) -> Message:
    """Read a frame from a client; raises ``FrameError``."""
    if isinstance(data, bytes):
        if version == "1.0.0":
            raise FrameError("binary frames need protocol 2.0.0")
        return _unpack(data)
    value = parse_json(data)
    if version == "2.0.0":
        if not isinstance(value, list) or len(value) != 5:
            raise FrameError("a frame is an array of five")
        join_ref, ref, topic, event, payload = value
    else:
        if not isinstance(value, dict):
            raise FrameError("a frame is an object")
        join_ref, ref, topic, event, payload = (
            value.get(name) for name in ("join_ref", "ref", "topic", "event", "payload")
        )
    if not isinstance(topic, str) or not isinstance(event, str):
        raise FrameError("topic and event are texts")
    return Message(topic, event, payload, _reference(ref), _reference(join_ref))


def encode(message: Message, version: Version) -> Wire | None:
    """Write a frame for a client; None where its version has no form for the payload."""
    payload = message.payload
    if isinstance(payload, Packed):
        packed = _pack(message.topic, payload) if version == "2.0.0" else None
        if packed is not None:
            return packed
        try:
            payload = payload.payload()
        except FrameError:
            return None
    return text_frame(message, _dump(payload), version)


def text_frame(message: Message, payload: str, version: Version) -> str:
    """Write a frame around a payload that is JSON text already."""
    topic, event = json.dumps(message.topic), json.dumps(message.event)
    ref, join_ref = json.dumps(message.ref), json.dumps(message.join_ref)
    if version == "2.0.0":
        return f"[{join_ref},{ref},{topic},{event},{payload}]"
    tail = f',"join_ref":{join_ref}' if message.join_ref is not None else ""
    return f'{{"topic":{topic},"event":{event},"payload":{payload},"ref":{ref}{tail}}}'


def parse_json(text: str | bytes) -> Any:
    """Read JSON strictly: no NaN, nothing too deep or too large; raises ``FrameError``."""
    try:
        return json.loads(text, parse_constant=_refused, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise FrameError("not JSON") from error


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _refused(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _reference(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise FrameError("references are texts")


def _unpack(data: bytes) -> Message:
    """Read a client's broadcast: kind, five lengths, encoding, the five texts, payload."""
    if len(data) < 7 or data[0] != _PUSH:
        raise FrameError("unknown kind of binary frame")
    if data[6] not in (_BINARY, _JSON):
        raise FrameError("unknown encoding")
    texts, at = [], 7
    for length in data[1:6]:
        piece = data[at : at + length]
        if len(piece) != length:
            raise FrameError("the frame ends early")
        try:
            texts.append(piece.decode())
        except UnicodeDecodeError as error:
            raise FrameError("not UTF-8") from error
        at += length
    join_ref, ref, topic, event, about = texts
    meta = parse_json(about) if about else {}
    if not isinstance(meta, dict):
        raise FrameError("metadata is an object")
    is_json = data[6] == _JSON
    body = data[at:]
    if is_json:
        # checked here, because it is passed on to others as it is
        parse_json(body)
    packed = Packed(event, body, is_json, meta)
    return Message(topic, "broadcast", packed, ref or None, join_ref or None)


def _pack(topic: str, packed: Packed) -> bytes | None:
    """Write a broadcast; None where one of its parts is too long for the frame."""
    meta = _dump(dict(packed.meta)).encode() if packed.meta else b""
    try:
        parts = (topic.encode(), packed.event.encode(), meta)
    except UnicodeEncodeError:
        return None
    if any(len(part) > _SHORT for part in parts):
        return None
    encoding = _JSON if packed.is_json else _BINARY
    return bytes((_BROADCAST, *map(len, parts), encoding)) + b"".join(parts) + packed.body
