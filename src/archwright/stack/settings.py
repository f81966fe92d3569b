"""What a stack is told when it starts; frozen, and without secrets in its repr."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

TxEnd = Literal["commit", "commit-allow-override", "rollback", "rollback-allow-override"]
OpenApiMode = Literal["follow-privileges", "ignore-privileges", "disabled"]

# what a hosted project starts with; `alter role ... set` in a migration goes before these
_TIMEOUTS = MappingProxyType({"anon": "3s", "authenticated": "8s"})


@dataclass(frozen=True, slots=True)
class RestSettings:
    """The REST service's configuration, by PostgREST's names without their ``db-`` prefix.

    ``aggregates``, ``plan`` and ``tx_end`` are off as on the platform; a project turns them on
    with ``alter role authenticator set pgrst.db_aggregates_enabled = 'true'`` and its kin.
    """

    schemas: tuple[str, ...] = ("public",)
    extra_search_path: tuple[str, ...] = ("public", "extensions")
    max_rows: int | None = 1000
    aggregates: bool = False
    plan: bool = False
    tx_end: TxEnd = "commit"
    pre_request: str | None = None
    anon_role: str = "anon"
    openapi: OpenApiMode = "follow-privileges"
    safe_update: bool = True
    timeouts: Mapping[str, str] = field(default_factory=lambda: _TIMEOUTS)


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Which addresses must be confirmed before their user may sign in.

    Where both are, nobody is told that an address is taken. ``phone`` None is as ``email``.
    """

    email: bool = False
    phone: bool | None = None


_NO_HOOKS: Mapping[str, str] = MappingProxyType({})

PROVIDERS = (
    "apple azure bitbucket discord facebook figma github gitlab google kakao keycloak linkedin_oidc"
    " notion slack_oidc spotify twitch twitter workos zoom"
).split()


@dataclass(frozen=True, slots=True)
class Rates:
    """How many requests one address may make in five minutes; None means any number.

    Sign-ups without an account, letters and text messages count by the hour. The defaults stop
    nobody who tests an app but somebody who guesses codes; ``hosted`` has the platform's own.
    """

    sign_ins: int | None = None
    refreshes: int | None = None
    verifications: int | None = 600
    anonymous: int | None = None
    letters: int | None = None
    texts: int | None = None

    @classmethod
    def hosted(cls) -> Rates:
        """What a hosted project starts with."""
        return cls(sign_ins=30, refreshes=150, verifications=30, anonymous=30, letters=30, texts=30)


@dataclass(frozen=True, slots=True)
class AuthSettings:
    """The auth service's configuration; durations in seconds.

    ``redirects`` holds patterns (``*`` within a part, ``**`` across parts) of addresses beside
    the site's own that letters and providers may lead back to. ``email`` and ``phone`` let people
    sign in by address and telephone number, ``phone_factors`` prove a second step by one; text
    messages land in the mailbox. ``captcha`` says that the project wants one: no such request can
    be answered here. ``password_cost`` is bcrypt's; of each of ``password_characters`` a password
    must have one.
    A change of password asks for a code by letter (``reauthenticate``), for ``current_password``.
    Sessions end after ``session_seconds``, when they rest for ``idle_seconds``, and where
    ``single_session`` says so with the next sign-in. ``hooks`` maps names of ``[auth.hook.*]`` to
    addresses such as ``pg-functions://postgres/public/custom_access_token_hook``.
    """

    token_seconds: int = 3600
    sign_up: bool = True
    anonymous: bool = True
    email: bool = True
    phone: bool = True
    manual_linking: bool = True
    providers: tuple[str, ...] = tuple(PROVIDERS)
    password_length: int = 6
    password_characters: tuple[str, ...] = ()
    password_cost: int = 10
    both_confirm_email_change: bool = True
    reauthenticate: bool = False
    current_password: bool = False
    reuse_seconds: int = 10
    code_seconds: int = 3600
    flow_seconds: int = 300
    challenge_seconds: int = 300
    letters_apart: int = 1
    most_factors: int = 10
    phone_factors: bool = False
    session_seconds: int | None = None
    idle_seconds: int | None = None
    single_session: bool = False
    captcha: bool = False
    redirects: tuple[str, ...] = ()
    hooks: Mapping[str, str] = field(default_factory=lambda: _NO_HOOKS)
    rates: Rates = Rates()


@dataclass(frozen=True, slots=True)
class Limits:
    """Greatest request bodies in bytes: of uploads, and of all else."""

    body: int = 12 * 1024 * 1024
    upload: int = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RealtimeLimits:
    """How much one realtime client may ask for; sizes in bytes, times in seconds.

    ``queue_frames`` and ``queue_bytes`` bound what waits for one slow client: beyond either its
    connection ends. ``silence`` ends a connection that sends nothing, not even a heartbeat.
    """

    connections: int = 1000
    channels: int = 100
    joins_per_second: int = 100
    events_per_second: int = 500
    frames_per_second: int = 2000
    presence_per_second: int = 50
    payload: int = 3_000_000
    presence_payload: int = 100_000
    record: int = 1_000_000
    subscriptions: int = 100
    queue_frames: int = 4000
    queue_bytes: int = 16_000_000
    silence: float = 60.0
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class FunctionsSettings:
    """Where Edge Functions are, and what they may take; times in seconds, ``memory`` in MB.

    ``config`` is the project's ``supabase/config.toml``, ``secrets`` a file of ``NAME=value``
    lines, ``cache`` what becomes ``DENO_DIR``, ``deno`` the program (None: the installed one).
    A process ends after ``idle``, must come up within ``boot`` and answer within ``deadline``.
    """

    folder: Path
    config: Path | None = None
    secrets: Path | None = None
    cache: Path | None = None
    deno: Path | None = None
    database_url: str | None = field(default=None, repr=False)
    idle: float = 60.0
    boot: float = 20.0
    deadline: float = 150.0
    memory: int = 256


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the database is and how the services behave.

    ``service_url`` connects as a role that may do everything (auth, storage and realtime act
    for the project), ``caller_url`` as ``authenticator``, which can only become what callers
    are. ``connections`` bounds each of the two pools. ``state`` is the project's folder for
    what is no row: contents of objects, unfinished uploads; None means one that ends with us.
    ``specs`` opens what only tests may do: turn the clock.
    """

    service_url: str = field(repr=False)
    caller_url: str = field(repr=False)
    api_url: str = "http://127.0.0.1:54321"
    site_url: str = "http://127.0.0.1:5173"
    connections: int = 10
    state: Path | None = None
    functions: FunctionsSettings | None = None
    specs: bool = False
    rest: RestSettings = field(default_factory=RestSettings)
    auth: AuthSettings = field(default_factory=AuthSettings)
    confirmations: Confirmations = Confirmations()
    limits: Limits = Limits()
    realtime: RealtimeLimits = RealtimeLimits()
