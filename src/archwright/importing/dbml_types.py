"""The types that DBML files use, which are those of all databases together."""

from __future__ import annotations

import re

from archwright.importing.source import Kind

_KINDS: dict[Kind, str] = {
    "text": """text varchar char character string citext tinytext mediumtext longtext nvarchar nchar
        bpchar email url character_varying""",
    "integer": """int integer int4 smallint int2 tinyint mediumint serial smallserial serial4
        year""",
    "bigint": "bigint int8 long bigserial serial8",
    "decimal": """decimal numeric number float double real float4 float8 money double_precision""",
    "boolean": "bool boolean bit",
    "date": "date",
    "time": "time time_without_time_zone timetz",
    "datetime": """datetime timestamp timestamptz timestamp_with_time_zone
        timestamp_without_time_zone datetime2""",
    "uuid": "uuid guid uniqueidentifier",
    "json": "json jsonb",
    "unknown": """bytea blob binary varbinary tinyblob mediumblob longblob image geometry geography
        point polygon line interval inet cidr macaddr xml tsvector hstore vector ltree""",
}
TYPES: dict[str, Kind] = {name: kind for kind, said in _KINDS.items() for name in said.split()}


def type_words(said: str) -> tuple[str, list[str], str]:
    """Return a quoted type's name, its digits and what follows: ``"numeric(8, 2)[]"``."""
    match = re.fullmatch(r"([^()\[\]]+)(?:\(([\d\s,]*)\))?\s*([^()\[\]]*)(\[\])?", said)
    if match is None:
        return said.lower(), [], ""
    words = f"{match[1]} {match[3]}".lower().split()
    digits = [d.strip() for d in (match[2] or "").split(",") if d.strip()]
    return "_".join(words).rpartition(".")[2], digits, match[4] or ""
