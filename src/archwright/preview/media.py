"""Puts sample files into the local stack's storage, where rows of the seed name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import psycopg
from psycopg import sql

from archwright.blueprint.codec import load
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.catalog.samples import Sample, samples_of
from archwright.diagnostics import Diagnostic
from archwright.stack.storage.blobs import Blobs
from archwright.stack.storage.receiving import Facts
from archwright.stack.storage.records import moment

Connection = psycopg.Connection[tuple[Any, ...]]

_CACHE = "max-age=3600"


def place(connection: Connection, state: Path, samples: Iterable[Sample]) -> int:
    """Store the samples that rows name, and commit; return how many are in place now.

    ``connection`` may write past row-level security; ``state`` is ``Settings.state``. A second
    call changes nothing: what members replaced, moved or deleted since stays as they left it.
    Versions follow from the contents, so that a clone of the database needs only its own folder.
    """
    blobs = Blobs(state / "storage")
    placed = 0
    with connection.transaction():
        buckets = {row[0] for row in connection.execute("select id from storage.buckets")}
        for sample in samples:
            if sample.bucket in buckets and _named(connection, sample):
                content = sample.file.read_bytes()
                version = _version(sample, content)
                if _record(connection, sample, content, version) == version:
                    _lay(blobs, version, content)
                    placed += 1
    connection.commit()
    return placed


def place_media(app: Path, database_url: str, state: Path) -> list[Diagnostic]:
    """Store the samples of an app's folder, by what its blueprint.yaml says; see ``place``.

    ``database_url`` is the superuser's. An app without a Blueprint has no samples; one that
    cannot be read places none and returns what is wrong with it.
    """
    file = app / "blueprint.yaml"
    if not file.is_file():
        return []
    # what is no text is told as a mistake in the Blueprint, like any other
    text = file.read_bytes().decode("utf-8", "replace")
    blueprint, problems = load(text, "blueprint.yaml")
    if blueprint is None:
        return problems
    samples = samples_of(expand(blueprint, load_catalog()[0])[0])
    with psycopg.connect(database_url) as connection:
        place(connection, state, samples)
    return []


def _version(sample: Sample, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    return str(uuid5(NAMESPACE_URL, f"sample:{sample.bucket}/{sample.path}#{digest}"))


def _named(connection: Connection, sample: Sample) -> bool:
    """Tell whether a row names the sample; a table that is not built yet names nothing."""
    for name in sample.named_in:
        table, _, column = name.partition(".")
        known = connection.execute(
            "select 1 from information_schema.columns"
            " where table_schema = 'public' and table_name = %s and column_name = %s",
            (table, column),
        )
        if known.fetchone() is None:
            continue
        query = sql.SQL("select 1 from public.{} where {} = %s limit 1").format(
            sql.Identifier(table), sql.Identifier(column)
        )
        if connection.execute(query, (sample.path,)).fetchone():
            return True
    return False


def _record(connection: Connection, sample: Sample, content: bytes, version: str) -> str | None:
    """Write the object's row where there is none; return the version that the row has."""
    owner = sample.path.partition("/")[0]
    now = connection.execute("select now()").fetchone()
    assert now is not None
    etag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    metadata = Facts(sample.media, _CACHE).metadata(
        len(content), etag, moment(now[0].astimezone(UTC)) or ""
    )
    connection.execute(
        "insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (bucket_id, name) do nothing",
        (sample.bucket, sample.path, owner, owner, version, json.dumps(metadata)),
    )
    found = connection.execute(
        "select version from storage.objects where bucket_id = %s and name = %s",
        (sample.bucket, sample.path),
    ).fetchone()
    return found[0] if found else None


def _lay(blobs: Blobs, version: str, content: bytes) -> None:
    """Write a content that is not there yet; nobody ever sees half of it."""
    target = blobs.path(version)
    if target.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = target.with_name(f"{version}.new")
    fresh.write_bytes(content)
    fresh.replace(target)
