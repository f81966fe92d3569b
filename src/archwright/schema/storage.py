"""Policies of storage buckets: the first folder of an object's path is its owner's id."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.blueprint.access_scope import Scope
from archwright.catalog.manifest import BucketSpec
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted
from archwright.schema.model import Function, Policy, Ref, Table
from archwright.schema.sql_text import ident, literal

OBJECTS = Ref("storage", "objects")
_OWN = "(storage.foldername(name))[1] = (select auth.uid())::text"
# Rows hang on their account by foreign keys, files do not: nobody could remove them later.
_STANDING = " and (select private.has_account())"


def bucket_policies(app: Restricted, scope: Scope) -> tuple[Policy, ...]:
    """Return the policies on ``storage.objects`` of every built bucket.

    Whoever uploads are withheld from still reads and removes files of their own. A file is put
    once: only a bucket that says so lets its owner put another in the place of one that is seen.
    """
    made: list[Policy] = []
    withheld = scope.withholding("uploads")
    # Without a row in it, a predicate is asked once a statement and not once a row.
    unless = "".join(f" and not (select private.{ident(name)}())" for name in withheld)
    for instance in app.instances:
        for bucket, spec in sorted(instance.manifest.buckets.items()):
            if not app.has_part(instance, spec.part):
                continue
            here = f"bucket_id = {literal(bucket)}"
            own = f"{here} and {_OWN}"
            signed = ("authenticated",)
            reading = {"owner": own, "member": here, "public": here}[spec.read]
            readers = ("anon", "authenticated") if spec.read == "public" else signed
            if spec.read_if is not None:
                # The function runs as the caller: a file is seen by whoever sees its row.
                reading = f"{here} and ({_OWN} or private.{ident(spec.read_if)}(name))"
                readers = ("anon", "authenticated")
            put = own + _STANDING + unless
            new = put if spec.replaceable else put + _unnamed(spec, scope)
            made += [
                Policy(f"{bucket}_select", OBJECTS, "select", readers, using=reading),
                Policy(f"{bucket}_insert", OBJECTS, "insert", signed, check=new),
                Policy(f"{bucket}_delete", OBJECTS, "delete", signed, using=own),
            ]
            if spec.replaceable:
                made.append(
                    Policy(f"{bucket}_update", OBJECTS, "update", signed, using=put, check=put)
                )
    return tuple(made)


def _unnamed(spec: BucketSpec, scope: Scope) -> str:
    """Return the condition that no row names the object yet.

    Else one could be removed and another put in its place. Rows are seen as the caller sees them.
    """
    places = (named.split(".") for named in spec.named_in)
    built = [(t, c) for t, c in places if t in scope.tables and c in scope.tables[t].columns]
    return "".join(
        f" and not exists (select 1 from {ident(scope.tables[table].schema)}.{ident(table)} v"
        f" where v.{ident(column)} = objects.name)"
        for table, column in built
    )


def unknown_places(app: Restricted, tables: Iterable[Table]) -> list[Diagnostic]:
    """Report each ``named_in`` that is no column of a table, once its table is built."""
    columns = {t.ref.name: {c.name for c in t.columns} for t in tables}
    later = {t for i in app.expansion.instances for t in i.manifest.tables} - set(columns)
    found: list[Diagnostic] = []
    for instance in app.instances:
        for bucket, spec in sorted(instance.manifest.buckets.items()):
            for named in spec.named_in if app.has_part(instance, spec.part) else ():
                table, _, column = named.partition(".")
                if table not in later and column not in columns.get(table, ()):
                    place = instance.place("buckets", bucket, "named_in")
                    text = f"bucket {bucket}: there is no column {named}"
                    found.append(Diagnostic("AW-3102", text, place))
    return found


def unknown_readers(app: Restricted, functions: Iterable[Function]) -> list[Diagnostic]:
    """Report each ``read_if`` that names no ``private`` function (text) returns boolean."""
    known = {
        f.ref.name
        for f in functions
        if f.ref.schema == "private"
        and [a.type for a in f.arguments] == ["text"]
        and f.returns == "boolean"
        and {"anon", "authenticated"} <= set(f.callers)
    }
    found: list[Diagnostic] = []
    for instance in app.instances:
        for bucket, spec in sorted(instance.manifest.buckets.items()):
            if spec.read_if is None or spec.read_if in known:
                continue
            if app.has_part(instance, spec.part):
                place = instance.place("buckets", bucket, "read_if")
                text = f"bucket {bucket} asks private.{spec.read_if}(text), which is not there"
                hint = "Declare it as a private function for anon and authenticated."
                found.append(Diagnostic("AW-3102", text, place, hint))
    return found
