"""What an app's ``supabase/config.toml`` says, as far as the local stack follows it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.preview.config_auth import Auth, Section
from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.names import check_bucket_name

FILE = "supabase/config.toml"
_HINT = "Mend the file; the Supabase CLI reads it too."


_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?", re.IGNORECASE)


def size(given: str | int) -> int:
    """Return how many bytes a size such as ``50MiB`` or ``100KB`` is; raises ValueError."""
    found = given
    if isinstance(found, str):
        match = _SIZE.fullmatch(found)
        if match is None:
            raise ValueError(f'"{given}" is no size such as "50MiB"')
        # as the Supabase CLI counts: MB and MiB are the same
        found = int(float(match[1]) * 1024 ** " kmgt".index(match[2].lower() or " "))
    if not 0 <= found < 2**63:
        raise ValueError(f"{given} bytes are not a size that a file can have")
    return found


def _checked(given: str | int) -> str | int:
    size(given)
    return given


def _bucket_name(text: str) -> str:
    try:
        return check_bucket_name(text)
    except StorageError as error:
        raise ValueError("a bucket cannot be called so") from error


Size = Annotated[str | int, AfterValidator(_checked)]
BucketName = Annotated[str, AfterValidator(_bucket_name)]


class Api(Section):
    """``[api]``: the schemas that are exposed, and the most rows of one answer.

    ``auto_expose_new_tables`` grants new tables to all who call, as old projects have it.
    """

    schemas: list[str] = Field(default=["public", "graphql_public"])
    extra_search_path: list[str] = Field(default=["public", "extensions"])
    max_rows: Annotated[int, Field(ge=1)] = 1000
    auto_expose_new_tables: bool = False


class Seed(Section):
    """``[db.seed]``: which files are run once, as patterns from the folder ``supabase``."""

    enabled: bool = True
    sql_paths: list[str] = Field(default=["./seed.sql"])


class Db(Section):
    """``[db]``."""

    seed: Seed = Seed()


class Bucket(Section):
    """``[storage.buckets.*]``."""

    public: bool = False
    file_size_limit: Size | None = None
    allowed_mime_types: list[str] | None = None


class Storage(Section):
    """``[storage]``: the greatest upload, and buckets that are there from the start."""

    file_size_limit: Size = "50MiB"
    buckets: dict[BucketName, Bucket] = Field(default={})


class Config(Section):
    """The file; what it leaves out is as the Supabase CLI has it."""

    api: Api = Api()
    db: Db = Db()
    auth: Auth = Auth()
    storage: Storage = Storage()


def read_config(root: Path) -> Config:
    """Read the app's config.toml, defaults where there is none.

    Raises ``DiagnosticError`` AW-7101 where it cannot be read or says something impossible.
    """
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, ValueError) as error:
        raise _refused(f"config.toml cannot be read: {error}") from error
    try:
        return Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _refused(f"config.toml is no TOML: {error}") from error
    except ValidationError as error:
        raise DiagnosticError(
            *(
                Diagnostic("AW-7101", e["msg"], Place(FILE, tuple(str(p) for p in e["loc"])), _HINT)
                for e in error.errors()
            )
        ) from error


def _refused(text: str) -> DiagnosticError:
    return DiagnosticError(Diagnostic("AW-7101", text, Place(FILE), _HINT))
