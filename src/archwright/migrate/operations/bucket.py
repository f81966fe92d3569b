"""Storage buckets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Bucket, Schema
from archwright.schema.sql_text import literal


@dataclass(frozen=True, slots=True)
class PutBucket(Operation):
    """Create a bucket or set its limits; ``widens`` where a private one becomes public."""

    bucket: Bucket
    widens: bool = False

    def describe(self) -> str:
        """Say what is set."""
        return f"set up the storage bucket {self.bucket.name}"

    def sql(self) -> str:
        """Return an upsert."""
        return render.bucket(self.bucket)

    def after(self, schema: Schema) -> Schema:
        """Put the bucket in the place of the one with its name, or at the end."""
        rest = tuple(b for b in schema.buckets if b.name != self.bucket.name)
        return replace(schema, buckets=(*rest, self.bucket))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Put the old limits back, or delete the new bucket."""
        was = next((b for b in before.buckets if b.name == self.bucket.name), None)
        if was is None:
            return Reverse((DropBucket(self.bucket.name),))
        return Reverse((PutBucket(was, widens=was.public and not self.bucket.public),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Files become readable by everyone who has their address."""
        reason = "The bucket becomes public: who has a file's address can read it."
        found = FoundHazard(Hazard.ACCESS_WIDENED, f"bucket {self.bucket.name}", reason)
        return (found,) if self.widens else ()


@dataclass(frozen=True, slots=True)
class DropBucket(Operation):
    """Delete a bucket and the records of its files."""

    name: str

    def describe(self) -> str:
        """Say what is deleted."""
        return f"delete the storage bucket {self.name} and its files"

    def sql(self) -> str:
        """Return deletes; Supabase refuses them on storage tables unless the setting allows it."""
        bucket = literal(self.name)
        return (
            "set storage.allow_delete_query = 'true';\n"
            f"delete from storage.objects where bucket_id = {bucket};\n"
            f"delete from storage.buckets where id = {bucket};\n"
            "reset storage.allow_delete_query;"
        )

    def after(self, schema: Schema) -> Schema:
        """Remove the bucket."""
        return replace(schema, buckets=tuple(b for b in schema.buckets if b.name != self.name))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it empty."""
        was = next(b for b in before.buckets if b.name == self.name)
        return Reverse((PutBucket(was),), f"the files in the bucket {self.name}")

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """The files are lost."""
        reason = "The files in the bucket are deleted."
        return (FoundHazard(Hazard.DATA_LOSS, f"bucket {self.name}", reason),)
