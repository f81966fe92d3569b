"""Values that go through the browser and come back: signed, short-lived, for one purpose."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.stack.auth.desk import Desk
from archwright.stack.identity import TokenRefused, verify

_SECONDS = 300


def seal(desk: Desk, purpose: str, values: Mapping[str, str]) -> str:
    """Sign values for a purpose; they hold for five minutes and are no access token."""
    now = desk.stack.clock.seconds()
    # a role that no database knows: shown as a bearer token, it opens nothing
    claims = {"aud": f"archwright:{purpose}", "role": "nobody", "iat": now, "exp": now + _SECONDS}
    return desk.stack.keys.sign({**claims, "values": dict(values)})


def unseal(desk: Desk, purpose: str, text: str) -> dict[str, str] | None:
    """Return values that were signed for a purpose; None where they do not hold."""
    now = desk.stack.clock.seconds()
    try:
        claims = verify(text, desk.stack.keys, now)
    except TokenRefused:
        return None
    if claims.get("aud") != f"archwright:{purpose}" or claims["exp"] <= now:
        return None
    return {str(key): str(value) for key, value in claims["values"].items()}
