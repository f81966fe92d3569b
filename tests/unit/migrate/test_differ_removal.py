"""What is taken away, and before what else."""

from __future__ import annotations

from archwright.migrate.diff import diff
from archwright.schema.model import Column, Policy, Ref, Schema, Table

BEDS, LINKS, SEEDS = (Ref("public", name) for name in ("beds", "bed_links", "seeds"))
KEY = Column("id", "uuid")
LOOKS = "exists (select 1 from public.beds b where b.id = bed_id and b.owner_id = auth.uid())"


def schema(*tables: Table) -> Schema:
    refs = {t.ref for t in tables}
    policies = (
        Policy("members may select", LINKS, "select", ("authenticated",), LOOKS),
        Policy("members may select", SEEDS, "select", ("authenticated",), "true"),
    )
    return Schema(tables=tables, policies=tuple(p for p in policies if p.table in refs))


def table(ref: Ref, *columns: str) -> Table:
    return Table(ref, (KEY, *(Column(c, "uuid") for c in columns)), ("id",))


def said(old: Schema, new: Schema) -> list[str]:
    return [operation.describe() for operation in diff(old, new)]


def test_a_rule_goes_before_the_column_that_it_looks_at_though_its_table_goes_as_well() -> None:
    old = schema(table(BEDS, "owner_id"), table(LINKS, "bed_id"), table(SEEDS))
    steps = said(old, schema(table(BEDS)))
    policy = next(n for n, text in enumerate(steps) if "policy" in text and "bed_links" in text)
    column = next(n for n, text in enumerate(steps) if "owner_id" in text)
    assert policy < column


def test_a_rule_goes_before_the_table_that_it_looks_at() -> None:
    old = schema(table(BEDS, "owner_id"), table(LINKS, "bed_id"))
    steps = said(old, schema())
    policy = next(n for n, text in enumerate(steps) if "policy" in text and "bed_links" in text)
    assert policy < min(n for n, text in enumerate(steps) if "drop the table" in text)


def test_a_rule_that_looks_at_nothing_else_goes_with_its_table() -> None:
    old = schema(table(BEDS, "owner_id"), table(SEEDS))
    assert not [text for text in said(old, schema()) if "policy" in text]
