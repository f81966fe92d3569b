"""What a stack is told."""

from __future__ import annotations

from archwright.stack.settings import Settings


def test_passwords_are_not_shown() -> None:
    settings = Settings("postgresql://a:hidden@x/y", "postgresql://b:secret@x/y")
    assert "hidden" not in repr(settings)
    assert "secret" not in repr(settings)
    assert settings.rest.timeouts == {"anon": "3s", "authenticated": "8s"}
