"""What a function says: drained all the time, kept within bounds, told at a measured pace."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

_LOG = logging.getLogger(__name__)
_KEPT_LINES = 200
_LINE = 2000
_CHUNK = 64 * 1024
_PACE = 4 * 1024 * 1024
"""Bytes a second that are read; who writes more waits."""
_TOLD = 200
"""Lines that are passed on to the stack's log in each second."""


class Tail:
    """The last lines of one process."""

    def __init__(self, name: str) -> None:
        """Take the function's name, for the log."""
        self._name = name
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._rest = b""
        self._second = 0
        self._told = 0
        self._hidden = 0

    def lines(self) -> list[str]:
        """Return what is kept, oldest first."""
        return list(self._lines)

    async def follow(self, stream: asyncio.StreamReader) -> None:
        """Read a process's output until it ends."""
        loop = asyncio.get_running_loop()
        start, read = loop.time(), 0
        while chunk := await stream.read(_CHUNK):
            self._take(chunk, int(loop.time()))
            read += len(chunk)
            ahead = read / _PACE - (loop.time() - start)
            if ahead > 0:
                await asyncio.sleep(min(ahead, 1.0))
            elif ahead < -1:
                start, read = loop.time(), 0
        self._take(b"\n" if self._rest else b"", int(loop.time()))

    def _take(self, chunk: bytes, second: int) -> None:
        if second != self._second:
            if self._hidden:
                _LOG.warning("%s: %d more lines", self._name, self._hidden)
            self._second, self._told, self._hidden = second, 0, 0
        *lines, rest = (self._rest + chunk).split(b"\n")
        self._rest = rest[:_LINE]
        # of a flood only the end could be kept anyway
        dropped = max(0, len(lines) - _KEPT_LINES)
        self._hidden += dropped
        for line in lines[dropped:]:
            text = line[:_LINE].decode("utf-8", "replace").rstrip("\r")
            self._lines.append(text)
            if self._told < _TOLD:
                self._told += 1
                _LOG.info("%s: %s", self._name, text)
            else:
                self._hidden += 1
