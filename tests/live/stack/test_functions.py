"""Edge Functions: started, renewed and stopped; who may call; what a bad one cannot do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.ports import Toolchain
from archwright.stack.functions.pool import MOST
from archwright.stack.settings import FunctionsSettings
from harness import run_node

from .conftest import World, serving
from .sample_functions import FUNCTIONS

pytestmark = pytest.mark.live

OPEN = ("open", "socket")
CONFIG = "".join(f"[functions.{name}]\nverify_jwt = false\n" for name in OPEN)
DEADLINE = 6.0
CONFIG += "[functions.off]\nenabled = false\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("supabase")
    for name, text in {**FUNCTIONS, "off": FUNCTIONS["open"]}.items():
        (folder / "functions" / name).mkdir(parents=True)
        (folder / "functions" / name / "index.ts").write_text(text)
    (folder / "functions/_shared").mkdir()
    (folder / "functions/_shared/greeting.ts").write_text("export const greeting = 'hello';")
    (folder / "functions/.env").write_text(
        "OWN='a secret' # told to nobody\nSUPABASE_URL=http://evil\n"
    )
    (folder / "config.toml").write_text(CONFIG)
    return folder


@pytest.fixture(scope="module")
def world(database: EmbeddedPostgres, project: Path) -> Iterator[World]:
    os.environ["ARCHWRIGHT_TEST_LEAK"] = "1"
    functions = FunctionsSettings(
        project / "functions",
        project / "config.toml",
        project / "functions/.env",
        deadline=DEADLINE,
        idle=600.0,
        boot=6.0,
        memory=64,
    )
    with (
        database.scratch() as name,
        serving(database, name, "/functions/v1/", functions=functions) as world,
    ):
        yield world
    del os.environ["ARCHWRIGHT_TEST_LEAK"]


def test_call(world: World) -> None:
    token = world.token()
    reply = world.ask("POST", "echo/deep/er?a=1", token=token, raw=b"hi", x_own="mine")
    assert reply.status == 201
    assert reply.json["body"] == "hi"
    assert reply.json["url"] == "http://127.0.0.1:54321/echo/deep/er?a=1"
    assert (reply.json["auth"], reply.json["own"]) == (f"Bearer {token}", "mine")
    origins = [text for name, text in reply.pairs if name == "access-control-allow-origin"]
    assert origins == ["https://one.example"]
    assert world.ask("DELETE", "echo", token=token).json["method"] == "DELETE"


def test_who_may_call(world: World) -> None:
    assert world.get("echo", key=" ").json == {
        "code": "UNAUTHORIZED_NO_AUTH_HEADER",
        "message": "Missing authorization header",
    }
    for sent, code in (
        ("Basic eA==", "INVALID_JWT_FORMAT"),
        ("Bearer nonsense", "INVALID_JWT_FORMAT"),
        ("Bearer a.b.c", "INVALID_JWT_FORMAT"),
        (f"Bearer {world.token()[:-4]}AAAA", "ASYMMETRIC_JWT"),
        (f"Bearer {world.keys.anon[:-4]}AAAA", "LEGACY_JWT"),
        ("Bearer eyJhbGciOiJub25lIn0.e30.", "UNSUPPORTED_TOKEN_ALGORITHM"),
    ):
        refused = world.get("echo", authorization=sent)
        assert (refused.status, refused.code) == (401, f"UNAUTHORIZED_{code}"), sent
        assert refused.headers["sb-error-code"] == refused.code
    assert world.get("echo", token=world.token(-3600, iat=1)).json["message"] == "Invalid JWT"
    auth = world.get("echo", key=world.keys.publishable).json["auth"]
    assert auth == f"Bearer {world.keys.anon}"
    assert (
        world.get("echo", key=world.keys.secret).json["auth"] == f"Bearer {world.keys.service_role}"
    )
    assert world.get("open", key=" ").text == "open to GET"
    assert (
        world.ask(
            "OPTIONS",
            "echo",
            key=" ",
            origin="https://two.example",
            access_control_request_method="POST",
        ).json["method"]
        == "OPTIONS"
    )
    for name in ("none", "off", "_shared", "..%2f..", "", ".env"):
        reply = world.get(name)
        assert (reply.status, reply.json["code"]) == (404, "NOT_FOUND"), name


def test_environment(world: World) -> None:
    found = world.get("env").json
    assert found["OWN"] == "a secret"
    assert found["SUPABASE_URL"] == "http://127.0.0.1:54321"
    assert found["SUPABASE_ANON_KEY"] == world.keys.anon
    assert found["SUPABASE_SERVICE_ROLE_KEY"] == world.keys.service_role
    assert "ARCHWRIGHT_TEST_LEAK" not in found
    assert world.get("reader").text == "NotCapable"


def test_streams(world: World) -> None:
    connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    connection.request("GET", "/functions/v1/stream", headers={"apikey": world.keys.secret})
    answer = connection.getresponse()
    first = answer.read1(100)
    assert first == b"data: 0\n\n"
    assert (first + answer.read()).count(b"data:") == 3
    connection.close()
    assert world.ask("POST", "size", raw=b"x" * 5_000_000).text == "5000000"


def test_change(world: World, project: Path) -> None:
    assert world.get("echo").json["greeting"] == "hello"
    shared = project / "functions/_shared/greeting.ts"
    shared.write_text("export const greeting = 'hello again';")
    assert world.get("echo").json["greeting"] == "hello again"


def test_forms_of_functions(world: World) -> None:
    assert world.get("fetcher/a").text == "default /fetcher/a"
    assert world.get("node").text == "node /node"
    assert world.get("temp").text == "kept"
    assert world.get("open").headers["x-sb-edge-region"] == "local"
    assert world.ask("PROPFIND", "open").status == 405
    thrown = world.get("throws")
    assert (thrown.status, thrown.headers["sb-error-code"]) == (500, "EDGE_FUNCTION_ERROR")


def test_background_tasks_outlive_the_answer(
    world: World, project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "archwright.stack.functions.logs"):
        assert world.get("background").text == "at once"
        # the process that runs the task is replaced meanwhile
        entry = project / "functions/background/index.ts"
        entry.write_text(FUNCTIONS["background"] + "// changed")
        assert world.get("background").text == "at once"
        for _ in range(100):
            if "done in the background" in caplog.text:
                break
            time.sleep(0.05)
    assert "background: ending: early_drop" in caplog.text
    assert "background: done in the background" in caplog.text


def test_websockets(world: World) -> None:
    address = f"{world.url.replace('http', 'ws', 1)}/functions/v1/socket"
    with connect(address, subprotocols=[Subprotocol("jwt-x"), Subprotocol("other")]) as socket:
        assert socket.subprotocol == "jwt-x"
        for data in ("text", b"\x00\xff", "x" * 100_000):
            socket.send(data)
            assert socket.recv(timeout=10) == data
        socket.send("bye")
        with pytest.raises(ConnectionClosed) as ended:
            socket.recv(timeout=10)
        assert ended.value.rcvd is not None
        assert (ended.value.rcvd.code, ended.value.rcvd.reason) == (4001, "so long")
    for place, status, said in (
        ("socket?refused", 403, b"not you"),
        ("none", 404, b"NOT_FOUND"),
        ("echo", 401, b"NO_AUTH_HEADER"),
    ):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"{address.removesuffix('socket')}{place}")
        assert refused.value.response.status_code == status
        assert said in (refused.value.response.body or b"")


def test_large_answers_and_bodies_that_nobody_reads(world: World) -> None:
    assert len(world.get("large").text) == 10_000_000
    assert world.ask("POST", "heedless", raw=b"x" * 10_000_000).text == "I read nothing"
    before = resident()
    connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    connection.request("GET", "/functions/v1/endless", headers={"apikey": world.keys.secret})
    answer = connection.getresponse()
    assert len(answer.read1(65536)) > 0
    # nothing is read any more: what comes waits in the function, not in the gateway
    time.sleep(1.0)
    assert resident() - before < 50
    connection.close()
    assert world.get("open").status == 200


def test_who_hangs_up_costs_nobody_else_the_process(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "archwright.stack.functions.logs"):
        connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
        headers = {"apikey": world.keys.secret}
        connection.request("POST", "/functions/v1/counter", b"wait", headers)
        for _ in range(750):
            if "call 1" in caplog.text:
                break
            time.sleep(0.02)
        connection.close()
    # a call that is waited for in vain ends the process; nobody waits for this one
    time.sleep(DEADLINE + 0.5)
    assert world.get("counter").text == "2"


@pytest.mark.parametrize("name", ["greedy", "buffers"])
def test_memory_is_bounded(world: World, name: str) -> None:
    reply = world.get(name)
    assert (reply.status, reply.code) == (546, "WORKER_RESOURCE_LIMIT"), reply.text
    assert world.get("open").status == 200


def test_only_so_many_run_at_once(world: World, project: Path) -> None:
    for number in range(MOST + 2):
        (project / f"functions/many{number}").mkdir()
        (project / f"functions/many{number}/index.ts").write_text(FUNCTIONS["open"])
        assert world.get(f"many{number}").status == 200
    running = [one for one in processes(project / "functions") if not one.startswith("/bin/sh")]
    assert 0 < len(running) <= MOST + 1


def test_bad_ones(world: World) -> None:
    for name in ("broken", "exits", "stuck"):
        reply = world.get(name)
        assert (reply.status, reply.json["code"]) == (503, "BOOT_ERROR"), name
    crash = world.get("crash")
    assert (crash.status, crash.json["code"]) == (500, "WORKER_ERROR")
    hang = world.get("hang")
    assert (hang.status, hang.json["code"]) == (504, "IDLE_TIMEOUT")
    assert world.get("open").status == 200


def test_a_flood_of_output(world: World) -> None:
    # who writes faster than is read waits for it, and nobody else does
    assert world.get("chatty").status in (200, 504)
    assert world.get("chatty").status in (200, 504)
    started = time.monotonic()
    for _ in range(5):
        assert world.get("open").text == "open to GET"
    assert time.monotonic() - started < 5
    assert resident() < 600


def test_nothing_is_left(database: EmbeddedPostgres, tmp_path: Path) -> None:
    (tmp_path / "functions/open").mkdir(parents=True)
    (tmp_path / "functions/open/index.ts").write_text(FUNCTIONS["open"])
    functions = FunctionsSettings(tmp_path / "functions", idle=0.2)
    with database.scratch() as name:
        with serving(database, name, "/functions/v1/", functions=functions) as world:
            assert world.get("open").status == 200
            assert processes(tmp_path / "functions/open")
            for _ in range(100):
                if not processes(tmp_path / "functions/open"):
                    break
                time.sleep(0.05)
            assert not processes(tmp_path / "functions/open"), "idle functions end"
            assert world.get("open").status == 200
        assert not processes(tmp_path / "functions/open")


def resident() -> float:
    """Return this process's memory in MB; the gateway runs in it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1_000_000


def processes(folder: Path) -> list[str]:
    """Return the command lines of functions below a folder that run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = place.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if text.startswith("/") and str(folder) in text and "deno run" in text:
            found.append(text)
    return found


def test_supabase_js(toolchain: Toolchain, world: World) -> None:
    env = {
        "VITE_SUPABASE_URL": world.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": world.keys.publishable,
        "TOKEN": world.token(),
    }
    script = Path(__file__).parent / "functions.mjs"
    results = run_node(toolchain, script.read_text(), env)
    failed = [f"{name}: {said}" for name, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) == 7
