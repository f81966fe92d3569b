"""Keeps Ctrl-C, SIGTERM and SIGHUP waiting while a step that must not be cut in two is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Do the block to its end; a signal that came meanwhile is delivered afterwards.

    Only the main thread gets signals, so elsewhere there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[tuple[int, FrameType | None]] = []

    def hold(number: int, frame: FrameType | None) -> None:
        waiting.append((number, frame))

    before = {number: signal.signal(number, hold) for number in SIGNALS}
    try:
        yield
    finally:
        for held, handler in before.items():
            signal.signal(held, handler)
    for number, _ in waiting[:1]:
        signal.raise_signal(number)
