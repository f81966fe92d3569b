"""Policies of buckets: whose files they are, and who else may read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from archwright.blueprint.access_scope import PredicateRule, Scope, TableAccess
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.catalog.manifest import BucketSpec
from archwright.plan.restrict import Restricted, whole
from archwright.schema.model import Argument, Column, Function, Ref, Table
from archwright.schema.storage import bucket_policies, unknown_places, unknown_readers

OWN = "bucket_id = 'files' and (storage.foldername(name))[1] = (select auth.uid())::text"
STANDING = f"{OWN} and (select private.has_account())"
READER = Function(
    Ref("private", "may_read"),
    (Argument("p_path", "text"),),
    "boolean",
    returns_set=False,
    sql="create or replace function ...",
    callers=("anon", "authenticated"),
)


def app_with(bucket: BucketSpec) -> Restricted:
    """Return an app whose one bucket is ``files``."""
    catalog, _ = load_catalog()
    blueprint = Blueprint(app=App(name="Files", slug="files"), features=(FeatureUse(use="auth"),))
    expansion, _ = expand(blueprint, catalog)
    instances = tuple(
        replace(i, manifest=i.manifest.model_copy(update={"buckets": {"files": bucket}}))
        if i.key == "auth"
        else i
        for i in expansion.instances
    )
    return whole(blueprint, replace(expansion, instances=instances))


def reading(bucket: BucketSpec) -> tuple[tuple[str, ...], str | None]:
    """Return who may read, and which objects."""
    found = {p.name: p for p in bucket_policies(app_with(bucket), Scope({}))}
    return found["files_select"].roles, found["files_select"].using


@pytest.mark.parametrize(
    ("read", "roles", "using"),
    [
        ("owner", ("authenticated",), OWN),
        ("member", ("authenticated",), "bucket_id = 'files'"),
        ("public", ("anon", "authenticated"), "bucket_id = 'files'"),
    ],
)
def test_who_reads(read: str, roles: tuple[str, ...], using: str) -> None:
    bucket = BucketSpec.model_validate({"limit": 10, "types": ["image/png"], "read": read})
    assert reading(bucket) == (roles, using)


def test_a_function_opens_single_objects() -> None:
    bucket = BucketSpec(
        limit=10, types=("image/png",), read_if="may_read", named_in=("files.path",)
    )
    own = OWN.removeprefix("bucket_id = 'files' and ")
    assert reading(bucket) == (
        ("anon", "authenticated"),
        f"bucket_id = 'files' and ({own} or private.may_read(name))",
    )


def test_writing_stays_in_ones_own_folder() -> None:
    bucket = BucketSpec(limit=10, types=("image/png",), replaceable=True)
    found = {p.name: p for p in bucket_policies(app_with(bucket), Scope({}))}
    for name in ("files_insert", "files_update", "files_delete"):
        policy = found[name]
        allowed = OWN if name == "files_delete" else STANDING
        assert policy.roles == ("authenticated",)
        assert {policy.using, policy.check} - {None} == {allowed}


def test_what_a_row_names_stays_what_it_is_unless_the_bucket_says_otherwise() -> None:
    bucket = BucketSpec(
        limit=10,
        types=("image/png",),
        read_if="may_read",
        named_in=("files.path", "files.later", "later.path"),
    )
    scope = Scope({"files": TableAccess("files", {"id": "uuid", "path": "text"})})
    found = {p.name: p for p in bucket_policies(app_with(bucket), scope)}
    assert sorted(found) == ["files_delete", "files_insert", "files_select"]
    named = "select 1 from public.files v where v.path = objects.name"
    assert found["files_insert"].check == f"{STANDING} and not exists ({named})"
    again = bucket.model_copy(update={"replaceable": True})
    found = {p.name: p for p in bucket_policies(app_with(again), scope)}
    assert found["files_insert"].check == found["files_update"].check == STANDING


def test_uploads_are_withheld_and_removal_is_not() -> None:
    bucket = BucketSpec(limit=10, types=("image/png",), replaceable=True)
    rules = {
        "banned": PredicateRule("banned", withholds=frozenset({"uploads"})),
        "calm": PredicateRule("calm"),
        "late": PredicateRule("late", withholds=frozenset({"roles"})),
    }
    found = {p.name: p for p in bucket_policies(app_with(bucket), Scope({}, predicates=rules))}
    allowed = f"{STANDING} and not (select private.banned())"
    assert found["files_insert"].check == allowed
    assert (found["files_update"].using, found["files_update"].check) == (allowed, allowed)
    assert found["files_delete"].using == found["files_select"].using == OWN


@pytest.mark.parametrize(
    ("function", "known"),
    [
        (READER, True),
        (replace(READER, ref=Ref("private", "another")), False),
        (replace(READER, ref=Ref("public", "may_read")), False),
        (replace(READER, arguments=(Argument("p_id", "uuid"),)), False),
        (replace(READER, returns="text"), False),
        (replace(READER, callers=("authenticated",)), False),
    ],
)
def test_the_function_must_be_there(function: Function, known: bool) -> None:
    bucket = BucketSpec(
        limit=10, types=("image/png",), read_if="may_read", named_in=("files.path",)
    )
    problems = unknown_readers(app_with(bucket), [function])
    assert [p.code for p in problems] == ([] if known else ["AW-3102"])
    assert (
        unknown_readers(app_with(bucket.model_copy(update={"read_if": None, "named_in": ()})), [])
        == []
    )


def test_a_place_where_files_are_named_is_a_column() -> None:
    bucket = BucketSpec(limit=10, types=("image/png",), read_if="may_read", named_in=("t.path",))
    table = Table(Ref("public", "t"), (Column("path", "text"),), ("path",))
    assert unknown_places(app_with(bucket), [table]) == []
    bare = Table(Ref("public", "t"), (Column("id", "text"),), ("id",))
    found = unknown_places(app_with(bucket), [bare])
    assert [(d.code, d.message) for d in found] == [
        ("AW-3102", "bucket files: there is no column t.path")
    ]
    later = bucket.model_copy(update={"named_in": ("terms_acceptances.path",)})
    assert unknown_places(app_with(later), []) == []  # a table of a part that is not built yet


@pytest.mark.parametrize(
    "given",
    [
        {"read_if": "may_read"},
        {"named_in": ["files.path"]},
        {"read_if": "may_read", "named_in": ["files.path"], "read": "public"},
        {"read_if": "may_read", "named_in": ["path"]},
    ],
)
def test_what_opens_a_file_is_said_twice(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        BucketSpec.model_validate({"limit": 10, "types": ["image/png"], **given})
