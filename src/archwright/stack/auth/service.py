"""The auth service's routes: who may call each, and how requests become handlers' work."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal

import psycopg
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from archwright.stack.auth import (
    about,
    absent,
    admin,
    callers,
    factors,
    grants,
    hooks,
    identities,
    invitations,
    links,
    oauth,
    profile,
    provider,
    recovery,
    signup,
    verify,
)
from archwright.stack.auth.asked import Asked, read_body
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import VERSION_HEADER, AuthFault, fault_answer, invalid
from archwright.stack.auth.rates import Meters
from archwright.stack.auth.store import opened
from archwright.stack.identity import bearer
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)

Handler = Callable[[Desk, Asked], Awaitable[Response]]
Guard = Literal["open", "key", "user", "admin"]
"""Anybody; anybody with the project's key; signed-in people; servers."""

_ROUTES: tuple[tuple[str, str, Guard, Handler], ...] = (
    ("GET", "/.well-known/jwks.json", "open", about.jwks),
    ("GET", "/.well-known/openid-configuration", "open", about.discovery),
    ("GET", "/health", "key", about.health),
    ("GET", "/settings", "key", about.settings),
    ("POST", "/signup", "key", signup.sign_up),
    ("POST", "/token", "key", grants.token),
    ("POST", "/otp", "key", recovery.one_time),
    ("POST", "/magiclink", "key", recovery.one_time),
    ("POST", "/recover", "key", recovery.recover),
    ("POST", "/resend", "key", recovery.resend),
    ("GET", "/verify", "open", verify.by_link),
    ("POST", "/verify", "key", verify.by_hand),
    ("GET", "/authorize", "open", oauth.authorize),
    ("GET", "/callback", "open", oauth.callback),
    ("POST", "/provider/token", "key", provider.id_token),
    ("GET", "/user", "user", profile.show),
    ("PUT", "/user", "user", profile.update),
    ("GET", "/reauthenticate", "user", profile.reauthenticate),
    ("POST", "/logout", "user", profile.sign_out),
    ("GET", "/user/identities/authorize", "user", oauth.link_authorize),
    ("DELETE", "/user/identities/{identity}", "user", identities.unlink),
    ("POST", "/factors", "user", factors.enroll),
    ("POST", "/factors/{factor}/challenge", "user", factors.challenge),
    ("POST", "/factors/{factor}/verify", "user", factors.verify),
    ("DELETE", "/factors/{factor}", "user", factors.unenroll),
    ("POST", "/invite", "admin", invitations.invite),
    ("POST", "/admin/generate_link", "admin", invitations.generate_link),
    ("GET", "/admin/users", "admin", admin.list_users),
    ("POST", "/admin/users", "admin", admin.create_user),
    ("GET", "/admin/users/{user}", "admin", admin.get_user),
    ("PUT", "/admin/users/{user}", "admin", admin.update_user),
    ("DELETE", "/admin/users/{user}", "admin", admin.delete_user),
    ("GET", "/admin/users/{user}/factors", "admin", admin.list_factors),
    ("PUT", "/admin/users/{user}/factors/{factor}", "admin", admin.update_factor),
    ("DELETE", "/admin/users/{user}/factors/{factor}", "admin", admin.delete_factor),
    ("GET", "/admin/audit", "admin", admin.read_log),
)
_ABSENT: tuple[tuple[str, Guard, Handler], ...] = (
    ("/sso", "key", absent.saml),
    ("/admin/sso/{rest:path}", "admin", absent.saml),
    ("/factors/recovery-codes/verify", "user", absent.recovery_by_code),
    ("/factors/recovery-codes", "user", absent.recovery_codes),
    ("/factors/recovery-codes/regenerate", "user", absent.recovery_codes),
    ("/passkeys", "key", absent.passkeys),
    ("/passkeys/{rest:path}", "key", absent.passkeys),
    ("/admin/users/{user}/passkeys", "admin", absent.passkeys),
    ("/admin/users/{user}/passkeys/{passkey}", "admin", absent.passkeys),
    ("/admin/custom-providers", "admin", absent.custom_providers),
    ("/admin/custom-providers/{provider}", "admin", absent.custom_providers),
    ("/user/oauth/grants", "user", absent.oauth_server),
    ("/oauth/{rest:path}", "key", absent.oauth_server),
    ("/admin/oauth/{rest:path}", "admin", absent.oauth_server),
)
_ALL = ["GET", "POST", "PUT", "PATCH", "DELETE"]
# where a challenge of a captcha would have been asked for
_GUARDED_BY_CAPTCHA = ("/signup", "/token", "/otp", "/magiclink", "/recover", "/resend")
# mail programs look at links before people do, which must not use them up
_NOT_LOOKED_AT = ("/verify", "/authorize", "/callback", "/reauthenticate")
_UNREAD = frozenset(path for path, _, __ in _ABSENT)
_EMPTY_ALLOWED = ("/logout", "/factors/{factor}/challenge")
_NO_CAPTCHA = AuthFault(
    400, "captcha_failed", "captcha protection: request disallowed (the local stack has none)"
)


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """One route's work as Starlette calls it."""

    desk: Desk
    path: str
    guard: Guard
    handler: Handler

    async def __call__(self, request: Request) -> Response:
        """Answer; every refusal in the service's own words."""
        if request.method == "HEAD" and self.path in _NOT_LOOKED_AT:
            return Response(status_code=405, headers={"allow": "GET"})
        try:
            asked = await _read(self.desk, request, self.path)
            asked = await self._admitted(request, asked)
            return await self.handler(self.desk, asked)
        except AuthFault as fault:
            return fault_answer(fault, request.headers.get(VERSION_HEADER))
        except psycopg.Error as error:
            _LOG.warning("%s %s: %s", request.method, self.path, error.diag.message_primary)
            broken = AuthFault(500, "unexpected_failure", "Database error updating user")
            return fault_answer(broken, request.headers.get(VERSION_HEADER))

    async def _admitted(self, request: Request, asked: Asked) -> Asked:
        if self.guard == "open":
            return asked
        told = bearer(request.headers)
        identity = callers.identity_of(self.desk, request.headers, request.query_params)
        asked = replace(asked, identity=identity)
        if self.guard == "admin":
            callers.administrator(identity, told=bool(told))
        if self.guard == "user":
            if not told:
                raise callers.no_token()
            async with opened(self.desk.stack) as store:
                user, session = await callers.signed_in(store, identity)
            return replace(asked, user=user, session=session)
        return asked


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/auth/v1``."""
    chosen = stack.settings.auth
    desk = Desk(stack, chosen, Meters(chosen.rates, stack.clock))
    for name in sorted(set(chosen.hooks) - set(hooks.ASKED)):
        _LOG.warning("the hook %s is not asked by the local stack", name)

    async def provider_page(request: Request) -> Response:
        return await provider.page(desk, request, _base(stack, request))

    async def unknown(request: Request) -> Response:
        fault = AuthFault(404, "not_found", f"{request.method} {request.url.path} is not offered")
        return fault_answer(fault, request.headers.get(VERSION_HEADER))

    known = [
        Route(path, _endpoint(_Endpoint(desk, path, guard, handler)), methods=_ALL)
        for path, guard, handler in _ABSENT
    ]
    known += [
        Route(path, _endpoint(_Endpoint(desk, path, guard, handler)), methods=[method])
        for method, path, guard, handler in _ROUTES
    ]
    return [
        *known,
        Route("/provider", provider_page, methods=["GET", "POST"]),
        Route("/{path:path}", unknown, methods=_ALL),
    ]


def _endpoint(work: _Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await work(request)

    return answer


async def _read(desk: Desk, request: Request, path: str) -> Asked:
    data: dict[str, object] = {}
    if request.method in ("POST", "PUT", "DELETE") and path not in _UNREAD:
        raw = await request.body()
        if raw or not (request.method == "DELETE" or path in _EMPTY_ALLOWED):
            data = read_body(raw)
    if desk.settings.captcha and path in _GUARDED_BY_CAPTCHA:
        raise _NO_CAPTCHA
    query = dict(request.query_params)
    if any("\x00" in item for pair in query.items() for item in pair):
        raise invalid("the address holds a NUL character")
    wished = data.get("redirect_to")
    settings = desk.stack.settings
    wishes = (
        query.get("redirect_to"),
        wished if isinstance(wished, str) else None,
        request.headers.get("redirect_to"),
        request.headers.get("referer"),
    )
    return Asked(
        method=request.method,
        data=data,
        query=query,
        parts={key: str(value) for key, value in request.path_params.items()},
        base=_base(desk.stack, request),
        back=links.back_address(settings, wishes),
        ip=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""),
    )


def _base(stack: Stack, request: Request) -> str:
    host = request.headers.get("host")
    return links.own_address(stack.settings, request.url.scheme, host)
