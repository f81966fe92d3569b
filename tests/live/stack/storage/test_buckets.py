"""Buckets: made, changed, emptied, deleted; what is not offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import World
from .conftest import Bucket, contents, put, refused

pytestmark = pytest.mark.live


def test_buckets(store: World) -> None:
    options = {"public": True, "file_size_limit": "1MB", "allowed_mime_types": ["image/*"]}
    assert store.ask("POST", "bucket", {"name": "one", **options}).json == {"name": "one"}
    found = store.get("bucket/one").json
    assert (found["id"], found["public"], found["file_size_limit"]) == ("one", True, 10**6)
    assert found["allowed_mime_types"] == ["image/*"]
    assert refused(store.ask("POST", "bucket", {"name": "one"})) == (
        400,
        "409",
        "BucketAlreadyExists",
    )
    update = store.ask("PUT", "bucket/one", {"public": False, "file_size_limit": None})
    assert update.json == {"message": "Successfully updated"}
    found = store.get("bucket/one").json
    assert (found["public"], found["file_size_limit"], found["allowed_mime_types"]) == (
        False,
        None,
        ["image/*"],
    )
    store.ask("POST", "bucket", {"name": "two"})
    listed = store.get("bucket?sortColumn=name&sortOrder=desc&search=o&limit=2").json
    assert [item["name"] for item in listed] == ["two", "one"]
    assert store.ask("DELETE", "bucket/two").json == {"message": "Successfully deleted"}
    assert refused(store.get("bucket/two")) == (400, "404", "NoSuchBucket")
    for body in (
        {},
        {"name": "a/b"},
        {"name": ""},
        {"name": "x", "public": "yes"},
        {"name": "x" * 101},
    ):
        assert refused(store.ask("POST", "bucket", body))[1] == "400", body
    bad = {"name": "x", "file_size_limit": "many"}
    assert "20GB" in store.ask("POST", "bucket", bad).json["message"]
    too_much = {"name": "x", "file_size_limit": "1GB"}
    assert refused(store.ask("POST", "bucket", too_much)) == (400, "413", "EntityTooLarge")


def test_bucket_policies(store: World) -> None:
    store.ask("POST", "bucket", {"name": "hidden"})
    token = store.token()
    assert store.get("bucket", token=token).json == []
    assert refused(store.get("bucket/hidden", token=token))[2] == "NoSuchBucket"
    assert refused(store.ask("POST", "bucket", {"name": "mine"}, token=token))[2] == "AccessDenied"
    assert (
        refused(store.ask("PUT", "bucket/hidden", {"public": True}, token=token))[2]
        == "NoSuchBucket"
    )
    assert refused(store.ask("DELETE", "bucket/hidden", token=token))[2] == "NoSuchBucket"
    assert store.get("bucket/hidden").status == 200


def test_empty_and_delete(store: World, bucket: Bucket, folder: Path) -> None:
    name, before = bucket(), contents(folder)
    for number in range(5):
        put(store, f"{name}/{number}", b"x")
    assert refused(store.ask("DELETE", f"bucket/{name}")) == (400, "409", "ResourceNotEmpty")
    assert store.ask("POST", f"bucket/{name}/empty").status == 200
    assert contents(folder) == before
    assert store.ask("DELETE", f"bucket/{name}").status == 200


def test_not_offered(store: World, bucket: Bucket) -> None:
    name = bucket()
    for method, path, body in (
        ("POST", "bucket", {"name": "v", "versioning_status": "ENABLED"}),
        ("POST", "bucket", {"name": "v", "type": "ANALYTICS"}),
        ("GET", f"bucket/{name}/lifecycle", None),
        ("DELETE", f"object/{name}", {"prefixes": [{"path": "a", "versionId": "x"}]}),
    ):
        assert refused(store.ask(method, path, body))[2] == "FeatureNotEnabled"
    assert store.ask("DELETE", f"cdn/{name}/x").json == {"message": "success"}
    assert refused(store.ask("DELETE", f"cdn/{name}/x", token=store.token()))[2] == "AccessDenied"
