from __future__ import annotations

from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview.config import Config, read_config, size

_BUCKET_SIZE = ("storage", "buckets", "a", "file_size_limit")


def config(root: Path, text: str) -> Config:
    (root / "supabase").mkdir(exist_ok=True)
    (root / "supabase/config.toml").write_text(text)
    return read_config(root)


def test_without_a_file_all_is_as_the_cli_has_it(tmp_path: Path) -> None:
    found = read_config(tmp_path)
    assert found == Config()
    assert (found.api.max_rows, found.auth.minimum_password_length) == (1000, 6)
    assert found.db.seed.sql_paths == ["./seed.sql"]
    assert not found.auth.enable_anonymous_sign_ins


def test_what_the_stack_follows_is_read_and_the_rest_is_left(tmp_path: Path) -> None:
    found = config(
        tmp_path,
        'project_id = "x"\n[api]\nport = 1\nmax_rows = 7\nschemas = ["public", "shop"]\n'
        "[auth]\nenable_signup = false\n[auth.email]\nenable_confirmations = true\n",
    )
    assert (found.api.max_rows, found.api.schemas) == (7, ["public", "shop"])
    assert not found.auth.enable_signup
    assert found.auth.email.enable_confirmations


def test_sizes_are_counted_as_the_cli_counts_them(tmp_path: Path) -> None:
    found = config(
        tmp_path,
        '[storage]\nfile_size_limit = "5MB"\n[storage.buckets.clips]\npublic = true\n'
        'file_size_limit = "1.5 KiB"\nallowed_mime_types = ["video/mp4"]\n'
        "[storage.buckets.rest]\nfile_size_limit = 7\n",
    )
    assert size(found.storage.file_size_limit) == 5 * 1024 * 1024
    clips, rest = found.storage.buckets["clips"], found.storage.buckets["rest"]
    assert clips.file_size_limit is not None
    assert rest.file_size_limit is not None
    assert (size(clips.file_size_limit), size(rest.file_size_limit)) == (1536, 7)
    assert (clips.public, clips.allowed_mime_types, rest.public) == (True, ["video/mp4"], False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[storage.buckets.a]\nfile_size_limit = -1\n", _BUCKET_SIZE),
        ('[storage.buckets.a]\nfile_size_limit = "9999999TiB"\n', _BUCKET_SIZE),
        ('[storage.buckets."a/b"]\n', ("storage", "buckets", "a/b", "[key]")),
        ('[storage.buckets."a\\u0000"]\n', ("storage", "buckets", "a\x00", "[key]")),
        ('[storage]\nfile_size_limit = "much"\n', ("storage", "file_size_limit")),
        ('[auth.sessions]\ntimebox = "1d"\n', ("auth", "sessions", "timebox")),
        ('[auth]\npassword_requirements = "good"\n', ("auth", "password_requirements")),
        ("[api\n", ()),
        ('[api]\nmax_rows = "many"\n', ("api", "max_rows")),
        ("[auth]\njwt_expiry = 0\n", ("auth", "jwt_expiry")),
        ('[db.seed]\nsql_paths = "seed.sql"\n', ("db", "seed", "sql_paths")),
        ("auth = 3\n", ("auth",)),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, text: str, place: tuple[str, ...]
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        config(tmp_path, text)
    (found,) = caught.value.diagnostics
    assert (found.code, found.place.source) == ("AW-7101", "supabase/config.toml")
    assert found.place.path == place


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "supabase").mkdir()
    (tmp_path / "supabase/config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DiagnosticError, match="AW-7101"):
        read_config(tmp_path)
