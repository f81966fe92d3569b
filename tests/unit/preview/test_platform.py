from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview import platform as module
from archwright.preview.platform import Home, copied_state, keys_of, running, settings_for
from archwright.preview.project import Project, open_project, own_folder
from archwright.stack.server import listen
from subjects.project_app import notes_app


class Server:
    """A database server that is never asked anything but its addresses."""

    def url(self, name: str, *, superuser: bool = False) -> str:
        return f"postgresql://{'supabase_admin' if superuser else 'postgres'}@here/{name}"

    def caller_url(self, name: str) -> str:
        return f"postgresql://authenticator@here/{name}"


SERVER: Any = Server()
SITES = ("http://127.0.0.1:5173", "http://localhost:5173")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = open_project(notes_app(tmp_path))
    own_folder(made)
    return made


def test_the_stack_is_told_what_the_configuration_says(project: Project, tmp_path: Path) -> None:
    home = Home(tmp_path / "state", tmp_path / "deno")
    (project.root / "supabase/config.toml").write_text(
        '[api]\nschemas = ["public", "graphql_public"]\n'
        '[auth]\nadditional_redirect_urls = ["https://x.example/**"]\njwt_expiry = 60\n'
        "enable_signup = false\nenable_anonymous_sign_ins = true\n"
        "[auth.email]\nenable_confirmations = true\nsecure_password_change = true\n"
    )
    made = settings_for(project, SERVER, "app", "http://127.0.0.1:54321", SITES, home)
    assert made.service_url == "postgresql://supabase_admin@here/app"
    assert made.caller_url == "postgresql://authenticator@here/app"
    assert (made.api_url, made.site_url) == ("http://127.0.0.1:54321", SITES[0])
    assert made.auth.redirects == (*(f"{site}/**" for site in SITES), "https://x.example/**")
    assert (made.auth.token_seconds, made.auth.sign_up, made.auth.anonymous) == (60, False, True)
    assert made.auth.reauthenticate
    assert (made.confirmations.email, made.confirmations.phone) == (True, False)
    assert made.rest.schemas == ("public",)
    assert made.state == tmp_path / "state"
    functions = made.functions
    assert functions is not None
    assert functions.folder == project.root / "supabase/functions"
    assert functions.secrets == project.root / "supabase/functions/.env"
    assert functions.database_url == "postgresql://postgres@here/app"
    assert functions.cache == tmp_path / "deno"


def test_a_configuration_that_cannot_be_read_frees_the_port(project: Project) -> None:
    (project.root / "supabase/config.toml").write_text("[")
    listener = listen("127.0.0.1", 0)
    with (
        pytest.raises(DiagnosticError, match="AW-7101"),
        running(project, SERVER, "app", Home(project.own), listener=listener),
    ):
        pass
    assert listener.fileno() == -1


def test_the_keys_are_made_once(project: Project) -> None:
    assert keys_of(project) == keys_of(project)
    assert (project.own / "keys.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("links", [True, False])
def test_a_clone_has_the_contents(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError("another file system")

    if not links:
        monkeypatch.setattr("os.link", refuse)
    (tmp_path / "a/objects").mkdir(parents=True)
    (tmp_path / "a/objects/1").write_text("x")
    target = copied_state(tmp_path / "a", tmp_path / "b")
    assert (target / "objects/1").read_text() == "x"
    assert (target / "objects/1").samefile(tmp_path / "a/objects/1") is links


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("error ignored terminating <psycopg.AsyncPipeline [BAD] at 0x1>: pipeline aborted", False),
        ("error ignored terminating <psycopg.AsyncCopy at 0x1>: x", True),
        ("query cancellation failed: x", True),
    ],
)
def test_what_a_request_is_answered_with_is_not_logged_too(text: str, kept: bool) -> None:
    record = logging.LogRecord("psycopg", logging.WARNING, "", 1, "%s", (text,), None)
    assert module._told_already(record) is kept
