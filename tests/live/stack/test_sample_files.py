"""The flagship's sample rows with their files: clips that play for whoever may see them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.codec import dump
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.catalog.samples import Sample, samples_of
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.emit.restricted import restricted_blueprint
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.preview.media import place, place_media
from archwright.schema.model import Schema
from archwright.stack.gateway import gateway
from archwright.stack.keys import Keys, make_keys
from archwright.stack.server import Served
from archwright.stack.settings import Settings
from archwright.stack.stack import make_stack

pytestmark = pytest.mark.live

MARA, YUKI, RUNA, LENA = (f"00000000-0000-4000-8000-{n:012}" for n in (1, 5, 6, 8))
LAKE, GARDEN, DRAFT = f"{MARA}/clip-01.mp4", f"{RUNA}/clip-10.mp4", f"{YUKI}/clip-12.mp4"
STORED = "select bucket_id, name, version, owner_id, metadata from storage.objects order by 1, 2"


@cache
def flagship() -> Compiled:
    """Compile the short-video platform once."""
    catalog, problems = load_catalog()
    assert problems == []
    made = understand("Build a TikTok clone", from_catalog(catalog), None).blueprint
    assert made is not None
    plan, _ = make_plan(materialise(made, catalog), catalog)
    assert plan is not None
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    return compiled


def samples() -> tuple[Sample, ...]:
    return samples_of(flagship().app.expansion)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Platform:
    """A running gateway over the seeded database."""

    url: str
    keys: Keys
    database: EmbeddedPostgres
    name: str

    def ask(
        self, method: str, path: str, who: str | None = None, body: object = None, **more: str
    ) -> Answer:
        headers = {"apikey": self.keys.publishable, **more}
        if who is not None:
            now = int(time.time())
            claims = {"sub": who, "role": "authenticated", "aud": "authenticated"}
            token = self.keys.sign({**claims, "iat": now, "exp": now + 600})
            headers["authorization"] = f"Bearer {token}"
        if body is not None:
            headers["content-type"] = "application/json"
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, f"/storage/v1/{path}", sent, headers)
            answer = connection.getresponse()
            named = {name.lower(): text for name, text in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def migrated(database: EmbeddedPostgres) -> Iterator[str]:
    """A database with the flagship's schema and no rows."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            for file in to_files(diff(Schema(), flagship().architecture.schema), 1):
                connection.execute(file.sql.encode())
                connection.commit()
        yield name


@pytest.fixture(scope="module")
def seeded(database: EmbeddedPostgres, migrated: str) -> Iterator[str]:
    """The same with the sample rows, put in as a project's owner."""
    with database.scratch(migrated) as name:
        with database.connect(name) as connection:
            rows = next(d.text for d in flagship().drafts if d.path == "supabase/seed.sql")
            connection.execute(rows.encode())
        yield name


@pytest.fixture(scope="module")
def platform(
    database: EmbeddedPostgres, seeded: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    state = tmp_path_factory.mktemp("state")
    with database.scratch(seeded) as name:
        with database.connect(name, superuser=True) as connection:
            assert place(connection, state, samples()) == len(samples())
        caller = database.url(name).replace("//postgres:", "//authenticator:")
        owner = database.url(name, superuser=True)
        keys = make_keys()
        stack = make_stack(Settings(owner, caller, connections=4, state=state), keys)
        with Served(gateway(stack)) as served:
            yield Platform(served.url, keys, database, name)


def content(path: str) -> bytes:
    return next(s.file.read_bytes() for s in samples() if s.path == path)


def test_anybody_plays_a_public_clip_from_any_place(platform: Platform) -> None:
    clip = content(LAKE)
    whole = platform.ask("GET", f"object/videos/{LAKE}")
    assert (whole.status, whole.headers["content-type"]) == (200, "video/mp4")
    assert whole.body == clip
    part = platform.ask("GET", f"object/videos/{LAKE}", range="bytes=1000-1999")
    assert part.status == 206
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(clip)}"
    assert part.body == clip[1000:2000]
    past = platform.ask("GET", f"object/videos/{LAKE}", range=f"bytes={len(clip)}-")
    assert past.status == 416


def test_a_signed_address_plays_without_a_key(platform: Platform) -> None:
    signed = platform.ask("POST", f"object/sign/videos/{LAKE}", LENA, {"expiresIn": 60})
    assert signed.status == 200
    address = json.loads(signed.body)["signedURL"].lstrip("/")
    part = platform.ask("GET", address, apikey="", range="bytes=0-99")
    assert (part.status, part.body) == (206, content(LAKE)[:100])


@pytest.mark.parametrize("who", [None, MARA, LENA])
def test_a_private_clip_is_refused(platform: Platform, who: str | None) -> None:
    for method, path, body in (
        ("GET", f"object/videos/{DRAFT}", None),
        ("GET", f"object/thumbnails/{DRAFT.replace('mp4', 'webp')}", None),
        ("POST", f"object/sign/videos/{DRAFT}", {"expiresIn": 60}),
        ("GET", f"object/public/videos/{DRAFT}", None),
    ):
        refused = platform.ask(method, path, who, body)
        assert refused.status in (400, 404), path
        assert b"ftyp" not in refused.body


def test_its_author_plays_it(platform: Platform) -> None:
    assert platform.ask("GET", f"object/videos/{DRAFT}", YUKI).body == content(DRAFT)


@pytest.mark.parametrize(("who", "status"), [(MARA, 200), (RUNA, 200), (LENA, 400), (None, 400)])
def test_a_private_profile_shows_its_clip_to_accepted_followers(
    platform: Platform, who: str | None, status: int
) -> None:
    assert platform.ask("GET", f"object/videos/{GARDEN}", who).status == status


def test_everybody_sees_the_portraits(platform: Platform) -> None:
    seen = platform.ask("GET", f"object/public/avatars/{MARA}/portrait.webp", apikey="")
    assert (seen.status, seen.headers["content-type"]) == (200, "image/webp")
    assert seen.body == content(f"{MARA}/portrait.webp")


def test_every_file_that_a_sample_row_names_is_there(platform: Platform) -> None:
    named = (
        "select 'videos', video_path from public.videos where video_path is not null"
        " union all select 'thumbnails', thumbnail_path from public.videos"
        " where thumbnail_path is not null"
        " union all select 'avatars', avatar_path from public.profiles"
        " where avatar_path is not null order by 1, 2"
    )
    with platform.database.connect(platform.name) as connection:
        rows = connection.execute(named).fetchall()
        stored = connection.execute(STORED).fetchall()
    assert sorted((row[0], row[1]) for row in stored) == sorted(rows)
    assert len(rows) == 12 + 12 + 8
    for bucket, name, _, owner, metadata in stored:
        assert owner == name.split("/")[0]
        assert metadata["size"] == metadata["contentLength"] == len(content(name)), name
        assert metadata["mimetype"] == ("video/mp4" if bucket == "videos" else "image/webp")


def test_a_second_time_changes_nothing_and_mends_what_was_lost(
    database: EmbeddedPostgres, seeded: str, tmp_path: Path
) -> None:
    with database.scratch(seeded) as name, database.connect(name, superuser=True) as connection:
        assert place(connection, tmp_path, samples()) == len(samples())
        before = connection.execute(STORED).fetchall()
        files = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}
        assert len(files) == len(samples())
        assert place(connection, tmp_path, samples()) == len(samples())
        assert connection.execute(STORED).fetchall() == before
        assert {p: p.stat().st_mtime_ns for p in files} == files
        # another folder, as a worker with a clone of the database has one
        assert place(connection, tmp_path / "worker", samples()) == len(samples())
        assert len([p for p in (tmp_path / "worker").rglob("*") if p.is_file()]) == len(files)


def test_what_members_did_since_stays(
    database: EmbeddedPostgres, seeded: str, tmp_path: Path
) -> None:
    with database.scratch(seeded) as name, database.connect(name, superuser=True) as connection:
        place(connection, tmp_path, samples())
        other = "00000000-0000-4000-8000-0000000000ff"
        connection.execute(
            "update storage.objects set version = %s where bucket_id = 'avatars' and name like %s",
            (other, f"{MARA}/%"),
        )
        connection.execute("set storage.allow_delete_query = 'true'")
        connection.execute("delete from public.videos where video_path = %s", (LAKE,))
        connection.execute("delete from storage.objects where name = %s", (LAKE,))
        assert place(connection, tmp_path, samples()) == len(samples()) - 3
        rows = connection.execute(STORED).fetchall()
        assert LAKE not in {row[1] for row in rows}
        assert next(r[2] for r in rows if r[1] == f"{MARA}/portrait.webp") == other


def test_without_sample_rows_nothing_is_placed(
    database: EmbeddedPostgres, migrated: str, tmp_path: Path
) -> None:
    with database.scratch(migrated) as name, database.connect(name, superuser=True) as connection:
        assert place(connection, tmp_path, samples()) == 0
        assert connection.execute(STORED).fetchall() == []


def test_before_the_tables_are_built_nothing_is_placed(
    database: EmbeddedPostgres, tmp_path: Path
) -> None:
    with database.scratch() as name, database.connect(name, superuser=True) as connection:
        assert place(connection, tmp_path, samples()) == 0
        connection.execute("insert into storage.buckets (id, name) values ('videos', 'videos')")
        assert place(connection, tmp_path, samples()) == 0


def test_an_app_folder_gets_what_its_blueprint_says(
    database: EmbeddedPostgres, seeded: str, tmp_path: Path
) -> None:
    app, state = tmp_path / "app", tmp_path / "state"
    app.mkdir()
    with database.scratch(seeded) as name:
        url = database.url(name, superuser=True)
        assert place_media(app, url, state) == []
        file = app / "blueprint.yaml"
        file.write_text("app: 5\n")
        assert [d.place.source for d in place_media(app, url, state)] != []
        file.write_bytes(b"\x89PNG\xff\xfe\0")
        assert [d.place.source for d in place_media(app, url, state)] != []
        assert not state.exists()
        file.write_text(dump(restricted_blueprint(flagship().app)))
        assert place_media(app, url, state) == []
        with database.connect(name) as connection:
            assert len(connection.execute(STORED).fetchall()) == len(samples())
