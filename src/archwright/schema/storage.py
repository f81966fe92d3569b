"""Policies of storage buckets: the first folder of an object's path is its owner's id."""

from __future__ import annotations

from archwright.plan.restrict import Restricted
from archwright.schema.model import Policy, Ref
from archwright.schema.sql_text import literal

OBJECTS = Ref("storage", "objects")
_OWN = "(storage.foldername(name))[1] = (select auth.uid())::text"


def bucket_policies(app: Restricted) -> tuple[Policy, ...]:
    """Return the policies on ``storage.objects`` of every built bucket."""
    made: list[Policy] = []
    for instance in app.instances:
        for bucket, spec in sorted(instance.manifest.buckets.items()):
            if not app.has_part(instance, spec.part):
                continue
            here = f"bucket_id = {literal(bucket)}"
            own = f"{here} and {_OWN}"
            signed = ("authenticated",)
            reading = {"owner": own, "member": here, "public": here}[spec.read]
            readers = ("anon", "authenticated") if spec.read == "public" else signed
            made += [
                Policy(f"{bucket}_select", OBJECTS, "select", readers, using=reading),
                Policy(f"{bucket}_insert", OBJECTS, "insert", signed, check=own),
                Policy(f"{bucket}_update", OBJECTS, "update", signed, using=own, check=own),
                Policy(f"{bucket}_delete", OBJECTS, "delete", signed, using=own),
            ]
    return tuple(made)
