"""``archwright dev`` on a small app: what runs, what people change, and that nothing is left."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from subjects.project_app import notes_app, write
from subjects.running_dev import Dev, left_running, until

pytestmark = pytest.mark.live

MORE = """
create table public.pins (note_id bigint primary key references public.notes (id));
alter table public.pins enable row level security;
create policy pins_read on public.pins for select to authenticated using (true);
grant select on public.pins to authenticated;
"""
HELLO = """
Deno.serve(() => { console.log('somebody says hello'); return new Response('"hello"'); });
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Give the app's folder."""
    return notes_app(tmp_path / "notes")


def notes(dev: Dev) -> list[str]:
    status, found = dev.ask(
        "/rest/v1/notes?select=body&order=id", token=dev.token("lena@example.com")
    )
    assert status == 200, found
    return [row["body"] for row in found]


def test_an_app_runs_and_is_worked_on(app: Path) -> None:
    write(app, {".env.local": "VITE_SUPABASE_URL=http://elsewhere.example\nVITE_MINE=1\n"})
    write(app, {"supabase/functions/hello/index.ts": HELLO})
    with Dev(app, "--watch") as dev:
        dev.started()
        assert dev.url("app").startswith("http://127.0.0.1:")
        assert "mara@example.com (admin)" in dev.said
        assert "lena@example.com (member)" in dev.said
        assert "applied 20260101000001_notes.sql to 20260101000002_roles.sql" in dev.said
        # the page, with the address of this platform whatever .env.local says
        assert '<script type="module" src="/src/main.js">' in dev.page("/")
        script = dev.page("/src/main.js")
        assert dev.url("API") in script
        assert "elsewhere.example" not in script
        assert (app / ".env.local").read_text().startswith("VITE_SUPABASE_URL=http://elsewhere")
        # the API, the mailbox and the description of the REST service
        assert notes(dev) == ["from lena@example.com", "from mara@example.com"]
        assert dev.ask("/mailbox.json") == (200, [])
        assert dev.ask("/docs")[1]["swagger"] == "2.0"
        # hot reload
        dev.page("/src/heading.js")
        client = dev.page("/@vite/client")
        token = re.search(r'const wsToken = "([^"]+)"', client)
        assert token
        address = dev.url("app").replace("http", "ws", 1) + f"/?token={token[1]}"
        hmr, origin = [Subprotocol("vite-hmr")], Origin(dev.url("app"))
        with connect(address, subprotocols=hmr, origin=origin) as hot:
            assert json.loads(hot.recv(20))["type"] == "connected"
            write(app, {"src/heading.js": "export const heading = 'All notes';\n"})
            assert json.loads(hot.recv(20))["type"] in {"update", "full-reload"}
        # a new migration is applied, and the REST service knows
        assert dev.ask("/rest/v1/pins")[0] == 404
        write(app, {"supabase/migrations/20260101000003_pins.sql": MORE})
        dev.hears("applied 20260101000003_pins.sql")
        until(lambda: dev.ask("/rest/v1/pins", token=dev.token("lena@example.com"))[0] == 200)
        # one that is wrong is told, and the app goes on
        write(app, {"supabase/migrations/20260101000004_odd.sql": "create tabel x ();"})
        dev.hears("AW-7103")
        write(app, {"supabase/migrations/20260101000004_odd.sql": "create table x ();"})
        dev.hears("applied 20260101000004_odd.sql")
        # so is a Blueprint that cannot be built
        write(app, {"blueprint.yaml": "app: [\n"})
        dev.hears("not built; the app goes on as it was")
        assert len(notes(dev)) == 2
        # what functions say
        assert dev.ask("/functions/v1/hello", token=dev.key)[0] in {200, 401}
        assert dev.ask("/functions/v1/hello", token=dev.token("lena@example.com"))[0] == 200
        dev.hears("functions | hello: somebody says hello")
        assert dev.end(signal.SIGINT) == 0
        assert "Traceback" not in dev.said
        assert dev.key not in dev.said
    until(lambda: not left_running(app))


def test_what_was_added_stays_and_a_reset_makes_it_anew(app: Path) -> None:
    with Dev(app) as dev:
        dev.started()
        token = dev.token("lena@example.com")
        assert dev.ask("/rest/v1/notes", {"body": "mine"}, token)[0] == 201
        assert dev.end(signal.SIGTERM) == 0
    write(app, {"supabase/migrations/20260101000003_pins.sql": MORE})
    with Dev(app) as dev:
        dev.started()
        assert "applied 20260101000003_pins.sql" in dev.said
        assert len(notes(dev)) == 3
        assert dev.ask("/rest/v1/pins", token=token)[0] == 200  # also: the keys are the same
    write(app, {"supabase/migrations/20260101000003_pins.sql": MORE + "select 1;"})
    with Dev(app) as dev:
        assert dev.code() == 4
        assert "AW-7102" in dev.said
        assert "--reset" in dev.said
    with Dev(app, "--reset") as dev:
        dev.started()
        assert len(notes(dev)) == 2
    with Dev(app, "--reset", "--no-seed") as dev:
        dev.started()
        assert "sign in as" not in dev.said
    until(lambda: not left_running(app))


def test_ports_that_are_taken_are_gone_around_or_named(app: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for option in ("--port", "--api-port"):
            with Dev(app, option, str(port)) as dev:
                assert dev.code() == 4
                assert "AW-6108" in dev.said
                assert f"port {port}" in dev.said
    with socket.socket() as usual, socket.socket() as usual_api:
        for held, number in ((usual, 5173), (usual_api, 54321)):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                held.bind(("127.0.0.1", number))
                held.listen()
            except OSError:
                pass  # somebody else's: taken all the same
        with Dev(app) as dev:
            dev.started()
            assert not dev.url("app").endswith(":5173")
            assert not dev.url("API").endswith(":54321")
            assert notes(dev)
            with Dev(app) as second:
                assert second.code() == 4
                assert "AW-7106" in second.said
                assert dev.url("app") in second.said
            assert notes(dev)
    with Dev(app, "--host", "203.0.113.7") as dev:
        assert dev.code() == 4
        assert "AW-6108" in dev.said


def test_one_that_was_killed_leaves_nothing_that_is_in_the_way(app: Path) -> None:
    with Dev(app) as dev:
        dev.started()
        token = dev.token("lena@example.com")
        assert dev.ask("/rest/v1/notes", {"body": "kept"}, token)[0] == 201
        dev.end(signal.SIGKILL)
    with Dev(app) as dev:
        dev.started()
        assert notes(dev)[-1] == "kept"
        # the server alone, with its supervisor: an orphan that no pipe ends
        pid = int((app / ".archwright/dev/database/data/postmaster.pid").read_text().split()[0])
        parent = Path(f"/proc/{pid}/status").read_text().split("PPid:\t")[1].split("\n")[0]
        subprocess.run(["kill", "-STOP", parent], check=True)
        dev.end(signal.SIGKILL)
        assert left_running(app)
    with Dev(app) as dev:
        dev.started()
        assert notes(dev)[-1] == "kept"
        subprocess.run(["kill", "-KILL", parent], check=False)
        assert dev.end(signal.SIGINT) == 0
    until(lambda: not left_running(app))


def test_a_part_that_ends_by_itself_is_told(app: Path) -> None:
    with Dev(app) as dev:
        dev.started()
        pid = (app / ".archwright/dev/database/data/postmaster.pid").read_text().split()[0]
        subprocess.run(["kill", "-KILL", pid], check=True)
        assert dev.code() == 4
        assert "AW-6104" in dev.said
    until(lambda: not left_running(app))
    write(app, {"vite.config.js": "export default {\n"})
    with Dev(app) as dev:
        assert dev.code() == 4
        assert "AW-6109" in dev.said
    until(lambda: not left_running(app))


def test_a_folder_without_an_app_is_named(tmp_path: Path) -> None:
    with Dev(tmp_path) as dev:
        assert dev.code() == 4
        assert "AW-7008" in dev.said
    assert list(tmp_path.iterdir()) == []
