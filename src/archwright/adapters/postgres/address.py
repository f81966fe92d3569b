"""The URL of somebody's database: read strictly, and never shown with its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from archwright.diagnostics import Diagnostic, DiagnosticError

PLACE = "the database"
_URL = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^\s:@/?#]*)(?::(?P<password>[^\s@/?#]*))?@)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])?(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/(?P<name>[^\s:@/?#]*))?(?:\?(?P<options>[^\s#]*))?"
)
_OPTIONS = {"sslmode", "sslrootcert", "connect_timeout", "application_name", "gssencmode"}
_OPTIONS |= {"channel_binding", "target_session_attrs", "pgbouncer", "supa", "options"}
_OURS = {"pgbouncer", "supa", "options", "connect_timeout"}
"""Options that others put into such URLs, and that we leave out."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and who calls; the password is in no representation of it."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False, default="")
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Render without user and password."""
        return f"{self.name or 'postgres'} at {self.host}:{self.port}"


def is_url(text: str) -> bool:
    """Tell whether a word is meant as the URL of a database."""
    return re.match(r"\s*postgres(ql)?:", text, re.IGNORECASE) is not None


def read_address(url: str) -> Address:
    """Read a URL. Raises ``DiagnosticError`` AW-6201, which shows nothing of the URL but names of

    options: what is misplaced in it may be a part of the password.
    """
    match = _URL.fullmatch(url.strip())
    if match is None:
        text = "the URL of the database cannot be read"
        hint = (
            "Write postgresql://user:password@host:5432/name, and in a password @ as %40, : as "
            "%3A, / as %2F, ? as %3F, # as %23, a space as %20."
        )
        raise DiagnosticError(Diagnostic("AW-6201", text, hint=hint))
    options = parse_qsl(match["options"] or "", keep_blank_values=True)
    unknown = sorted({key for key, _ in options} - _OPTIONS)
    port = int(match["port"] or 5432)
    if unknown or not 0 < port < 65536:
        text = "the URL of the database has an option that is not taken"
        text = text if unknown else "the URL of the database has a port that cannot be"
        hint = (
            f"Options that are: {', '.join(sorted(_OPTIONS))}." if unknown else "Write 1 to 65535."
        )
        raise DiagnosticError(Diagnostic("AW-6201", text, hint=hint))
    return Address(
        host=(match["host"] or "localhost").strip("[]"),
        port=port,
        name=unquote(match["name"] or ""),
        user=unquote(match["user"] or ""),
        password=unquote(match["password"] or ""),
        options=tuple((key, value) for key, value in options if key not in _OURS),
    )
