"""A running platform: reached as the app's client does, with what config.toml says."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.preview.database import migrated
from archwright.preview.platform import Home, Platform, copied_state, running
from archwright.preview.project import Project, open_project, own_folder
from subjects.project_app import notes_app

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give the app's folder."""
    made = open_project(notes_app(tmp_path_factory.mktemp("notes")))
    own_folder(made)
    return made


@pytest.fixture(scope="module")
def name(database: EmbeddedPostgres, project: Project) -> Iterator[str]:
    """Give its database."""
    with migrated(database, project) as made:
        yield made


@pytest.fixture(scope="module")
def platform(
    database: EmbeddedPostgres, name: str, project: Project, tmp_path_factory: Any
) -> Iterator[Platform]:
    """Give a platform that runs."""
    home = Home(tmp_path_factory.mktemp("state"))
    sites = ("http://127.0.0.1:5173", "http://localhost:5173")
    with running(project, database, name, home, site_urls=sites) as made:
        yield made


def ask(platform: Platform, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
    """Ask as a browser that holds the publishable key."""
    headers = {"apikey": platform.keys.publishable, "content-type": "application/json"}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(platform.url + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def sign_in(platform: Platform, email: str) -> Any:
    person = {"email": email, "password": "sample-password"}
    status, said = ask(platform, "/auth/v1/token?grant_type=password", person)
    assert status == 200, said
    return said


def test_a_seeded_person_signs_in_and_reads(platform: Platform) -> None:
    token = sign_in(platform, "lena@example.com")["access_token"]
    status, found = ask(platform, "/rest/v1/notes?select=body&order=body", token=token)
    assert (status, [row["body"] for row in found]) == (
        200,
        ["from lena@example.com", "from mara@example.com"],
    )
    assert ask(platform, "/rest/v1/notes?select=body")[0] == 401


def test_the_configuration_is_followed(platform: Platform) -> None:
    short = {"email": "new@example.com", "password": "too-short"}
    status, said = ask(platform, "/auth/v1/signup", short)
    assert (status, said["error_code"]) == (422, "weak_password")
    assert platform.settings.rest.max_rows == 50
    assert not platform.settings.specs
    assert ask(platform, "/specs/v1/clock")[0] == 404


def test_tokens_name_the_real_address(platform: Platform) -> None:
    assert platform.settings.api_url == platform.url
    status, keys = ask(platform, "/auth/v1/.well-known/jwks.json")
    assert (status, len(keys["keys"])) == (200, 1)


def test_keys_are_the_projects_and_private(platform: Platform, project: Project) -> None:
    file = project.own / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert platform.keys.publishable in file.read_text()
    assert platform.keys.publishable not in repr(platform)
    assert platform.keys.secret not in repr(platform)


def test_a_front_end_can_share_the_origin(
    database: EmbeddedPostgres, project: Project, tmp_path: Path
) -> None:
    def wrap(inner: ASGIApp) -> ASGIApp:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            if scope.get("path") == "/hello":
                await PlainTextResponse('"hello"')(scope, receive, send)
            else:
                await inner(scope, receive, send)

        return app

    with (
        migrated(database, project) as fresh,
        running(project, database, fresh, Home(tmp_path), specs=True, wrap=wrap) as made,
    ):
        assert ask(made, "/hello") == (200, "hello")
        assert sign_in(made, "mara@example.com")["user"]["email"] == "mara@example.com"
        assert made.settings.site_url == made.url
        assert ask(made, "/specs/v1/clock")[0] == 403


def test_a_clone_shares_contents(tmp_path: Path) -> None:
    (tmp_path / "a/objects/12").mkdir(parents=True)
    (tmp_path / "a/objects/12/file").write_text("x")
    target = copied_state(tmp_path / "a", tmp_path / "b")
    assert (target / "objects/12/file").read_text() == "x"
    (tmp_path / "a/objects/12/file").unlink()
    assert (target / "objects/12/file").read_text() == "x"
