"""The keys of a project."""

from __future__ import annotations

import stat
from pathlib import Path

import jwt
import pytest

from archwright.stack.keys import Keys, make_keys, project_keys


def test_kept_for_the_owner_alone_and_the_same_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "keys.json"
    first = project_keys(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert project_keys(file) == first
    assert list(file.parent.iterdir()) == [file]


def test_two_starts_at_once_end_with_the_same_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.json"
    made: list[Keys] = []

    def make() -> Keys:
        # the other start comes first, while ours is still making its keys
        if not made:
            made.append(make_keys())
            made.append(project_keys(file))
        return made[0]

    monkeypatch.setattr("archwright.stack.keys.make_keys", make)
    assert project_keys(file) == project_keys(file)
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_secret_is_shown() -> None:
    keys = make_keys()
    for secret in (keys.private_pem, keys.secret, keys.publishable, keys.legacy_secret):
        assert secret not in repr(keys)


def test_tokens_are_checked_with_the_published_key() -> None:
    keys = make_keys()
    token = keys.sign({"sub": "me"})
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": keys.key_id, "typ": "JWT"}
    jwks = keys.jwks()
    assert "d" not in jwks["keys"][0]
    public = jwt.PyJWKSet.from_dict(jwks)[keys.key_id]
    assert jwt.decode(token, public, algorithms=["ES256"]) == {"sub": "me"}


def test_every_project_has_its_own() -> None:
    one, two = make_keys(), make_keys()
    assert one.publishable.startswith("sb_publishable_")
    assert one.secret.startswith("sb_secret_")
    mine = {one.publishable, one.secret, one.legacy_secret, one.anon, one.service_role}
    theirs = {two.publishable, two.secret, two.legacy_secret, two.anon, two.service_role}
    assert len(mine) == 5
    assert not mine & theirs
