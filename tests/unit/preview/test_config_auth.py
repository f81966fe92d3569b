from __future__ import annotations

import pytest

from archwright.preview.config_auth import Auth, auth_settings, confirmations, seconds
from archwright.stack.settings import AuthSettings


def test_without_a_word_all_is_as_the_service_has_it() -> None:
    made, own = auth_settings(Auth(), ["http://x/**"]), AuthSettings()
    assert made.redirects == ("http://x/**",)
    assert made.providers == own.providers
    assert (made.password_length, made.password_characters) == (6, ())
    assert (made.session_seconds, made.idle_seconds, made.hooks) == (None, None, {})
    assert (made.phone, made.anonymous, made.captcha) == (False, False, False)
    assert not confirmations(Auth()).email


def test_what_the_project_says_is_what_the_service_is_told() -> None:
    said = Auth.model_validate(
        {
            "additional_redirect_urls": ["https://a.example/**"],
            "password_requirements": "lower_upper_letters_digits_symbols",
            "refresh_token_reuse_interval": 3,
            "email": {"max_frequency": "1m30s", "otp_expiry": 60, "enable_confirmations": True},
            "sms": {"enable_signup": True, "enable_confirmations": True},
            "mfa": {"max_enrolled_factors": 2, "phone": {"enroll_enabled": True}},
            "sessions": {"timebox": "24h", "inactivity_timeout": "8h"},
            "external": {"github": {"enabled": True}, "apple": {"enabled": False}},
            "hook": {
                "custom_access_token": {"enabled": True, "uri": "pg-functions://postgres/public/x"},
                "send_sms": {"enabled": False, "uri": "pg-functions://postgres/public/y"},
            },
            "captcha": {"enabled": True},
        }
    )
    made = auth_settings(said, ())
    assert made.redirects == ("https://a.example/**",)
    assert made.providers == ("github",)
    assert len(made.password_characters) == 4
    assert (made.reuse_seconds, made.letters_apart, made.code_seconds) == (3, 90, 60)
    assert (made.phone, made.most_factors, made.phone_factors) == (True, 2, True)
    assert (made.session_seconds, made.idle_seconds) == (86400, 28800)
    assert made.hooks == {"custom_access_token": "pg-functions://postgres/public/x"}
    assert made.captcha
    assert (confirmations(said).email, confirmations(said).phone) == (True, True)


@pytest.mark.parametrize(
    ("text", "found"), [("0", 0), ("5s", 5), ("1h30m", 5400), ("250ms", 0.25), ("1.5m", 90)]
)
def test_durations_are_read(text: str, found: float) -> None:
    assert seconds(text) == found


def test_what_is_longer_than_anybody_waits_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than ten years"):
        seconds("9999999999h")


@pytest.mark.parametrize("text", ["", "5", "1d", "s", "1h 30m", "-5s", "5s!"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no duration"):
        seconds(text)
