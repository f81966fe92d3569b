"""Ctrl-C waits for a step that must not be cut in two, and is never lost."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from archwright.build.interrupts import uninterrupted


def interrupted_twice(number: int, done: list[int]) -> None:
    with uninterrupted():
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        done.append(1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_delivered_afterwards(number: int) -> None:
    def handler(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(number, handler)
    done: list[int] = []
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted_twice(number, done)
        assert done == [1]
        assert signal.getsignal(number) is handler
    finally:
        signal.signal(number, before)


def test_what_fails_inside_is_raised_and_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(RuntimeError), uninterrupted():
        raise RuntimeError
    assert signal.getsignal(signal.SIGINT) is before


def test_elsewhere_than_in_the_main_thread_it_does_nothing() -> None:
    done: list[int] = []

    def work() -> None:
        with uninterrupted():
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
