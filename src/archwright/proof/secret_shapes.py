"""Finds text that has the shape of a secret, and hides it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHAPES = (
    ("Supabase secret key", r"sb_secret_[A-Za-z0-9_-]{16,}"),
    ("Stripe live key", r"[sr]k_live_[A-Za-z0-9]{16,}"),
    ("webhook signing secret", r"whsec_[A-Za-z0-9+/=_-]{16,}"),
    ("AWS access key", r"\bAKIA[A-Z0-9]{16}\b"),
    ("GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    ("private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("database password", r"(?<=://)[A-Za-z0-9_.-]+:[^\s:/@'\"`$<>{}\[\]]{16,}(?=@)"),
    ("service-role JWT", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}"),
)
_ANY = re.compile("|".join(f"(?P<s{rank}>{shape})" for rank, (_, shape) in enumerate(_SHAPES)))


@dataclass(frozen=True, slots=True)
class SecretShape:
    """What ``text[start:end]`` looks like, with its line from 1."""

    kind: str
    start: int
    end: int
    line: int


def secret_shapes(text: str) -> Iterator[SecretShape]:
    """Yield everything that looks like a secret; a prefix alone, as in a comment, does not."""
    for match in _ANY.finditer(text):
        kind = _SHAPES[int(str(match.lastgroup)[1:])][0]
        if kind != "service-role JWT" or _role(match.group()) == "service_role":
            line = text.count("\n", 0, match.start()) + 1
            yield SecretShape(kind, match.start(), match.end(), line)


def masked(text: str) -> str:
    """Return the text with every secret shape replaced; safe to show and to store."""
    for shape in reversed(list(secret_shapes(text))):
        text = f"{text[: shape.start]}[hidden: {shape.kind}]{text[shape.end :]}"
    return text


def _role(token: str) -> str:
    """Return the role that a JSON web token claims, "" where it cannot be read."""
    body = token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, binascii.Error):
        return ""
    return str(claims.get("role", "")) if isinstance(claims, dict) else ""
