"""The section ``[auth]`` of an app's config.toml, as the auth service is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from archwright.stack.settings import AuthSettings, Confirmations

_PARTS = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_LONGEST = 10 * 365 * 86400.0
_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_SYMBOLS = "!@#$%^&*()_+-=[]{};'\\:\"|<>?,./`~"
_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "": (),
    "letters_digits": (_LOWER + _UPPER, _DIGITS),
    "lower_upper_letters_digits": (_LOWER, _UPPER, _DIGITS),
    "lower_upper_letters_digits_symbols": (_LOWER, _UPPER, _DIGITS, _SYMBOLS),
}
Requirements = Literal[
    "", "letters_digits", "lower_upper_letters_digits", "lower_upper_letters_digits_symbols"
]


def seconds(text: str) -> float:
    """Return how long a duration such as ``1h30m`` or ``5s`` is; raises ValueError."""
    parts = _PARTS.findall(text)
    if text != "0" and (not parts or "".join(n + unit for n, unit in parts) != text):
        raise ValueError(f'"{text}" is no duration such as "24h" or "1m30s"')
    total = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if total > _LONGEST:
        raise ValueError(f"{text} is longer than ten years")
    return total


def _checked(text: str) -> str:
    seconds(text)
    return text


Duration = Annotated[str, AfterValidator(_checked)]


class Section(BaseModel):
    """A section of the file; keys that nothing here follows are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Email(Section):
    """``[auth.email]``; ``otp_expiry`` in seconds."""

    enable_signup: bool = True
    enable_confirmations: bool = False
    double_confirm_changes: bool = True
    secure_password_change: bool = False
    max_frequency: Duration = "1s"
    otp_expiry: Annotated[int, Field(ge=1, le=86400)] = 3600


class Sms(Section):
    """``[auth.sms]``."""

    enable_signup: bool = False
    enable_confirmations: bool = False


class Factor(Section):
    """``[auth.mfa.phone]``."""

    enroll_enabled: bool = False


class Mfa(Section):
    """``[auth.mfa]``."""

    max_enrolled_factors: Annotated[int, Field(ge=1, le=100)] = 10
    phone: Factor = Factor()


class Sessions(Section):
    """``[auth.sessions]``: how long they last, and how long they may rest."""

    timebox: Duration = "0"
    inactivity_timeout: Duration = "0"


class Switched(Section):
    """What can be on or off: ``[auth.external.*]``, ``[auth.hook.*]``, ``[auth.captcha]``."""

    enabled: bool = False
    uri: str = ""


class Auth(Section):
    """``[auth]``: times in seconds."""

    site_url: str = "http://127.0.0.1:3000"
    additional_redirect_urls: list[str] = []
    jwt_expiry: Annotated[int, Field(ge=1, le=604800)] = 3600
    enable_signup: bool = True
    enable_anonymous_sign_ins: bool = False
    enable_manual_linking: bool = False
    minimum_password_length: Annotated[int, Field(ge=6)] = 6
    password_requirements: Requirements = ""
    refresh_token_reuse_interval: Annotated[int, Field(ge=0, le=86400)] = 10
    email: Email = Email()
    sms: Sms = Sms()
    mfa: Mfa = Mfa()
    sessions: Sessions = Sessions()
    external: dict[str, Switched] = {}
    hook: dict[str, Switched] = {}
    captcha: Switched = Switched()


def auth_settings(auth: Auth, redirects: Sequence[str]) -> AuthSettings:
    """Return what the auth service is told; ``redirects`` are patterns of the front end's own.

    Where no provider is named, all can be clicked through. Rates are left alone: one machine is
    everybody here.
    """
    named = tuple(name for name, given in sorted(auth.external.items()) if given.enabled)
    return AuthSettings(
        token_seconds=auth.jwt_expiry,
        sign_up=auth.enable_signup,
        anonymous=auth.enable_anonymous_sign_ins,
        email=auth.email.enable_signup,
        phone=auth.sms.enable_signup,
        manual_linking=auth.enable_manual_linking,
        providers=named if auth.external else AuthSettings().providers,
        password_length=auth.minimum_password_length,
        password_characters=_REQUIREMENTS[auth.password_requirements],
        both_confirm_email_change=auth.email.double_confirm_changes,
        reauthenticate=auth.email.secure_password_change,
        reuse_seconds=auth.refresh_token_reuse_interval,
        code_seconds=auth.email.otp_expiry,
        letters_apart=round(seconds(auth.email.max_frequency)),
        most_factors=auth.mfa.max_enrolled_factors,
        phone_factors=auth.mfa.phone.enroll_enabled,
        session_seconds=round(seconds(auth.sessions.timebox)) or None,
        idle_seconds=round(seconds(auth.sessions.inactivity_timeout)) or None,
        captcha=auth.captcha.enabled,
        redirects=(*redirects, *auth.additional_redirect_urls),
        hooks={name: given.uri for name, given in sorted(auth.hook.items()) if given.enabled},
    )


def confirmations(auth: Auth) -> Confirmations:
    """Return which addresses must be confirmed before their user may sign in."""
    return Confirmations(email=auth.email.enable_confirmations, phone=auth.sms.enable_confirmations)
