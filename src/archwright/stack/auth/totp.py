"""Codes of authenticator apps (RFC 6238), and the picture that such an app scans."""

from __future__ import annotations

import base64
import hmac

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

_SECONDS = 30


def code(secret: str, moment: int) -> str:
    """Return the code of a Base32 secret at a time in seconds since 1970."""
    key = base64.b32decode(secret)
    # SHA-1 is what authenticator apps know
    made = TOTP(key, 6, SHA1(), _SECONDS, enforce_key_length=False)  # noqa: S303
    return made.generate(moment).decode()


def holds(secret: str, shown: str, moment: int) -> bool:
    """Tell whether a code is right now, or was or will be within one step."""
    wanted = [code(secret, moment + shift) for shift in (-_SECONDS, 0, _SECONDS)]
    # all three are compared, so that the time tells nothing
    return any([hmac.compare_digest(item.encode(), shown.encode()) for item in wanted])


def picture(text: str) -> str:
    """Draw a QR code as SVG; without "#", so that it may stand in a data address."""
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=4))
    size = len(rows)
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size * 4}" height="{size * 4}"'
        f' viewBox="0 0 {size} {size}"><path fill="white" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="black" d="{path}"/></svg>'
    )
