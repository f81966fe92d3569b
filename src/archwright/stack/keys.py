"""The keys of one project: made once, kept with mode 0600, never logged."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

_TEN_YEARS = 10 * 365 * 24 * 3600
_LEGACY_ISSUED = 1_700_000_000
"""When the legacy keys say that they were issued: some past time, the same for all."""


@dataclass(frozen=True)
class Keys:
    """Signing key (ES256, PEM), its id, API keys and the legacy shared secret (HS256)."""

    private_pem: str = field(repr=False)
    key_id: str
    publishable: str = field(repr=False)
    secret: str = field(repr=False)
    legacy_secret: str = field(repr=False)

    @cached_property
    def _private(self) -> ec.EllipticCurvePrivateKey:
        key = load_pem_private_key(self.private_pem.encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    @cached_property
    def public(self) -> ec.EllipticCurvePublicKey:
        """The key that access tokens are checked with."""
        return self._private.public_key()

    @cached_property
    def anon(self) -> str:
        """The legacy API key of visitors: a token with the role ``anon``."""
        return self._legacy("anon")

    @cached_property
    def service_role(self) -> str:
        """The legacy API key of servers: a token with the role ``service_role``."""
        return self._legacy("service_role")

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Sign claims as an access token; times are the caller's to set."""
        return jwt.encode(
            dict(claims), self._private, algorithm="ES256", headers={"kid": self.key_id}
        )

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """Return the public keys as a JSON Web Key Set."""
        key = jwt.algorithms.ECAlgorithm.to_jwk(self.public, as_dict=True)
        more = {"kid": self.key_id, "alg": "ES256", "use": "sig", "key_ops": ["verify"]}
        return {"keys": [{**key, **more, "ext": True}]}

    def _legacy(self, role: str) -> str:
        times = {"iat": _LEGACY_ISSUED, "exp": _LEGACY_ISSUED + _TEN_YEARS}
        claims = {"iss": "supabase", "ref": "local", "role": role, **times}
        return jwt.encode(claims, self.legacy_secret, algorithm="HS256")


def make_keys() -> Keys:
    """Make the keys of a new project."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Keys(
        private_pem=pem.decode(),
        key_id=secrets.token_hex(8),
        publishable=f"sb_publishable_{secrets.token_urlsafe(24)}",
        secret=f"sb_secret_{secrets.token_urlsafe(24)}",
        legacy_secret=secrets.token_urlsafe(48),
    )


def project_keys(file: Path) -> Keys:
    """Read a project's keys from ``file``, or make them and write it with mode 0600.

    Two starts at once end with the same keys: the first writer wins.
    """
    try:
        return _read(file)
    except FileNotFoundError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(asdict(make_keys()), stream)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _read(file)


def _read(file: Path) -> Keys:
    return Keys(**json.loads(file.read_text(encoding="utf-8")))
