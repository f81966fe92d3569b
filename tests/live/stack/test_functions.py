"""Edge Functions: started, renewed and stopped; who may call; what a bad one cannot do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.ports import Toolchain
from archwright.stack.settings import FunctionsSettings
from harness import run_node

from .conftest import World, serving

pytestmark = pytest.mark.live

FUNCTIONS = {
    "echo": """
        import { greeting } from '../_shared/greeting.ts';
        Deno.serve(async (req) => Response.json({
          greeting, method: req.method, url: req.url, body: await req.text(),
          auth: req.headers.get('authorization'), own: req.headers.get('x-own'),
        }, { status: 201, headers: { 'access-control-allow-origin': 'https://one.example' } }));
    """,
    "env": "Deno.serve(() => Response.json(Deno.env.toObject()));",
    "open": "Deno.serve((req) => new Response('open to ' + req.method));",
    "stream": """
        Deno.serve(() => new Response(new ReadableStream({
          async start(out) {
            for (let i = 0; i < 3; i++) {
              out.enqueue(new TextEncoder().encode(`data: ${i}\\n\\n`));
              await new Promise((done) => setTimeout(done, 300));
            }
            out.close();
          },
        }), { headers: { 'content-type': 'text/event-stream' } }));
    """,
    "size": """
        Deno.serve(async (req) => {
          let size = 0;
          for await (const chunk of req.body ?? []) size += chunk.length;
          return new Response(String(size));
        });
    """,
    "broken": "this is not JavaScript",
    "crash": "Deno.serve(() => { setTimeout(() => Deno.exit(1), 0); return new Promise(() => {}); });",
    "hang": "Deno.serve(() => { while (true) {} });",
    "chatty": """
        setInterval(() => { for (let i = 0; i < 500; i++) console.log('x'.repeat(3000)); }, 1);
        Deno.serve(() => new Response('still here'));
    """,
    "reader": """
        Deno.serve(async () => {
          try { return new Response(await Deno.readTextFile('/etc/passwd')); }
          catch (error) { return new Response(error.name); }
        });
    """,
}
CONFIG = "[functions.open]\nverify_jwt = false\n[functions.off]\nenabled = false\n"


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
        deadline=3.0,
        idle=600.0,
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
        "code": "UNAUTHORIZED",
        "message": "Missing authorization header",
    }
    assert world.get("echo", token="a.b.c").status == 401
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


def test_bad_ones(world: World) -> None:
    broken = world.get("broken")
    assert (broken.status, broken.json["code"]) == (503, "BOOT_ERROR")
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
    resident = Path("/proc/self/statm").read_text().split()[1]
    assert int(resident) * 4096 < 600 * 1024 * 1024


def test_nothing_is_left(database: EmbeddedPostgres, tmp_path: Path) -> None:
    (tmp_path / "functions/open").mkdir(parents=True)
    (tmp_path / "functions/open/index.ts").write_text(FUNCTIONS["open"])
    functions = FunctionsSettings(tmp_path / "functions", idle=0.2)
    with database.scratch() as name:
        with serving(database, name, "/functions/v1/", functions=functions) as world:
            assert world.get("open").status == 200
            assert processes(tmp_path)
            for _ in range(100):
                if not processes(tmp_path):
                    break
                time.sleep(0.05)
            assert not processes(tmp_path), "idle functions end"
            assert world.get("open").status == 200
        assert not processes(tmp_path)


def processes(project: Path) -> list[str]:
    """Return the command lines of running functions of the second stack."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = place.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if text.startswith("/") and str(project / "functions/open") in text and "deno run" in text:
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
    assert len(results) == 5
