"""``archwright dev``: what it shows, and how it ends."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from archwright.cli import dev as command
from archwright.cli import wiring
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.preview.people import Person
from subjects.command_line import Commands, Said
from subjects.project_app import notes_app

LOST = Diagnostic("AW-6104", "PostgreSQL was ended from outside")


@dataclass
class Preview:
    """An app that runs until its script is over."""

    script: list[Callable[[], None]]
    app: str = "http://127.0.0.1:5173"
    api: str = "http://127.0.0.1:54321"
    private: bool = True
    people: tuple[Person, ...] = (Person("admin", "mara@[x]example.com"),)
    server: Any = None

    def check(self) -> None:
        if not self.script:
            raise KeyboardInterrupt
        self.script.pop(0)()


@dataclass
class Scene:
    """The command with what it runs replaced."""

    archwright: Commands
    patch: pytest.MonkeyPatch
    seen: list[Any] = field(default_factory=list)

    def run(self, *args: str, script: Any = (), **facts: Any) -> Said:
        preview = Preview(list(script), **facts)

        @contextmanager
        def serve(project: Any, options: Any, machine: Any, screen: Any) -> Iterator[Preview]:
            self.seen = [project, options, screen]
            screen.line("vite", "page [reload]")
            machine("installing the toolchain", 1, 10)
            machine("waiting", 0, 0)
            try:
                yield preview
            finally:
                self.seen.append("ended")

        self.patch.setattr("archwright.preview.dev.serve", serve)
        return self.archwright("dev", *args)


@pytest.fixture
def scene(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> Scene:
    notes_app(archwright.root / "notes")
    monkeypatch.setattr(wiring, "machine", lambda progress: progress)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    return Scene(archwright, monkeypatch)


def test_the_banner_says_where_and_who(scene: Scene) -> None:
    said = scene.run("notes")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert "     vite | page [reload]" in lines
    assert "toolchain | installing the toolchain 10 %" in lines
    assert "  app        http://127.0.0.1:5173" in lines
    assert "  API        http://127.0.0.1:54321" in lines
    assert "  mailbox    http://127.0.0.1:54321/mailbox" in lines
    assert "  REST docs  http://127.0.0.1:54321/docs" in lines
    assert "  sign in as mara@[x]example.com (admin)" in lines
    assert "  password   sample-password" in lines
    assert "notes is running" in said.out
    assert "not for production" in said.out
    assert "Other machines" not in said.out
    assert "watched" not in said.out
    assert scene.seen[-1] == "ended"


def test_the_options_are_handed_on(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scene.archwright.root / "notes")
    said = scene.run(
        *("--reset", "--no-seed", "--port", "1", "--api-port", "2", "--host", "0.0.0.0", "--specs"),
        private=False,
        people=(),
    )
    project, options, *_ = scene.seen
    assert project.root == scene.archwright.root / "notes"
    assert (options.reset, options.rows, options.specs) == (True, False, True)
    assert (options.port, options.api_port, options.host) == (1, 2, "0.0.0.0")
    assert "Other machines can reach it" in said.out
    assert "password" not in said.out.replace("sign in and read", "")


def test_without_options_the_usual_ports_are_wished_for(scene: Scene) -> None:
    scene.run("notes")
    options = scene.seen[1]
    assert (options.port, options.api_port, options.host) == (0, 0, "127.0.0.1")
    assert (options.reset, options.rows, options.specs) == (False, True, False)
    assert scene.archwright("dev", "notes", "--port", "0").code == 2


def test_a_part_that_is_gone_ends_it_with_a_diagnostic(scene: Scene) -> None:
    def lost() -> None:
        raise DiagnosticError(LOST)

    said = scene.run("notes", script=[lambda: None, lost])
    assert said.code == 4
    assert "AW-6104" in said.err


def test_a_folder_that_is_none_is_named(scene: Scene) -> None:
    assert scene.archwright("dev", "nowhere").code == 4
    assert scene.archwright("dev", " ").code == 4


def test_with_watch_what_changes_is_followed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    class Follower:
        def __init__(self, *parts: object) -> None:
            steps.append("made")

        def step(self) -> None:
            steps.append("step")

        def close(self) -> None:
            steps.append("closed")

    monkeypatch.setattr("archwright.preview.following.Follower", Follower)
    said = scene.run("notes", "--watch", script=[lambda: None, lambda: None])
    assert steps == ["made", "step", "step", "closed"]
    assert "are watched" in said.out


def test_what_the_stack_logs_is_shown_with_its_source(scene: Scene) -> None:
    def logs() -> None:
        logging.getLogger("archwright.stack.functions.logs").info("hello: [x] %d", 3)
        logging.getLogger("archwright.stack.gateway").info("quiet")
        gateway = logging.getLogger("archwright.stack.gateway")
        gateway.error("%s failed", "GET /", exc_info=ValueError("why"))
        logging.getLogger("psycopg").warning("pipeline aborted")
        refused = "ASGI callable returned without completing handshake."
        logging.getLogger("uvicorn.error").error(refused)

    said = scene.run("notes", script=[logs])
    told = [line for line in said.out.splitlines() if line[:9].strip() in {"functions", "api"}]
    assert told == [
        "functions | hello: [x] 3",
        "      api | GET / failed",
        "      api | ValueError: why",
    ]
    kept = logging.getLogger("archwright.stack").handlers
    assert not any(isinstance(handler, command._Logs) for handler in kept)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_it_in_order_and_a_second_waits(number: signal.Signals) -> None:
    steps: list[str] = []
    # whoever runs the tests in the background may have them ignore Ctrl-C
    found = signal.signal(number, signal.default_int_handler)
    try:
        with command._until_asked():
            try:
                signal.raise_signal(number)
                steps.append("not reached")
            finally:
                signal.raise_signal(number)
                steps.append("tidied")
        assert steps == ["tidied"]
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, found)
