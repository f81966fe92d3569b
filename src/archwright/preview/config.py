"""What an app's ``supabase/config.toml`` says, as far as the local stack follows it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from archwright.diagnostics import Diagnostic, DiagnosticError, Place

FILE = "supabase/config.toml"
_HINT = "Mend the file; the Supabase CLI reads it too."


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Api(_Section):
    """``[api]``: the schemas that are exposed, and the most rows of one answer."""

    schemas: list[str] = ["public", "graphql_public"]
    extra_search_path: list[str] = ["public", "extensions"]
    max_rows: Annotated[int, Field(ge=1)] = 1000


class Seed(_Section):
    """``[db.seed]``: which files are run once, as patterns from the folder ``supabase``."""

    enabled: bool = True
    sql_paths: list[str] = ["./seed.sql"]


class Db(_Section):
    """``[db]``."""

    seed: Seed = Seed()


class Email(_Section):
    """``[auth.email]``."""

    enable_confirmations: bool = False
    double_confirm_changes: bool = True
    secure_password_change: bool = False


class Sms(_Section):
    """``[auth.sms]``."""

    enable_confirmations: bool = False


class Auth(_Section):
    """``[auth]``: times in seconds."""

    site_url: str = "http://127.0.0.1:3000"
    additional_redirect_urls: list[str] = []
    jwt_expiry: Annotated[int, Field(ge=1, le=604800)] = 3600
    enable_signup: bool = True
    enable_anonymous_sign_ins: bool = False
    enable_manual_linking: bool = False
    minimum_password_length: Annotated[int, Field(ge=6)] = 6
    email: Email = Email()
    sms: Sms = Sms()


class Config(_Section):
    """The file; what it leaves out is as the Supabase CLI has it."""

    api: Api = Api()
    db: Db = Db()
    auth: Auth = Auth()


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
