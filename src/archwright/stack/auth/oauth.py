"""Signing in by a provider: off to its page, and back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import psycopg
from starlette.responses import JSONResponse, RedirectResponse, Response

from archwright.stack.auth import externals, flows, links, sealed, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.externals import Person
from archwright.stack.auth.faults import AuthFault, OAuthFault, invalid
from archwright.stack.auth.store import Row, opened
from archwright.stack.settings import PROVIDERS


async def authorize(desk: Desk, asked: Asked) -> Response:
    """GET /authorize: redirects to the provider's page."""
    return RedirectResponse(await _departure(desk, asked, ""), 302)


async def link_authorize(desk: Desk, asked: Asked) -> Response:
    """GET /user/identities/authorize: the same, to add a way in to the signed-in user."""
    if not desk.settings.manual_linking:
        raise AuthFault(404, "manual_linking_disabled", "Manual linking is disabled")
    address = await _departure(desk, asked, str(asked.person.id))
    if asked.query.get("skip_http_redirect") == "true":
        return JSONResponse({"url": address})
    return RedirectResponse(address, 302)


async def callback(desk: Desk, asked: Asked) -> Response:
    """GET /callback: takes what the provider says and leads back to the app."""
    state = sealed.unseal(desk, "oauth-state", asked.query.get("state", ""))
    if state is None:
        fault = AuthFault(400, "bad_oauth_state", "OAuth state is invalid or has expired")
        return RedirectResponse(
            links.with_fault(desk.stack.settings.site_url, fault, query=True), 303
        )
    try:
        desk.meters.count("verifications", asked.ip)
        if error := asked.query.get("error"):
            raise OAuthFault(error, asked.query.get("error_description", ""))
        told = sealed.unseal(desk, "provider-code", asked.query.get("code", ""))
        if told is None or told["provider"] != state["provider"]:
            raise AuthFault(400, "bad_oauth_callback", "OAuth callback without a valid code")
        return await _arrival(desk, asked, state, told)
    except AuthFault as fault:
        return RedirectResponse(links.with_fault(state["back"], fault, query=True), 303)
    except psycopg.Error:
        broken = AuthFault(500, "unexpected_failure", "Database error saving new user")
        return RedirectResponse(links.with_fault(state["back"], broken, query=True), 303)


def known_provider(desk: Desk, provider: str) -> str:
    """Return a provider that is switched on; raises ``AuthFault``."""
    if provider in PROVIDERS and provider not in desk.settings.providers:
        raise invalid("Unsupported provider: provider is not enabled")
    if provider not in desk.settings.providers:
        raise invalid(f"Unsupported provider: Provider {provider} could not be found")
    return provider


async def _departure(desk: Desk, asked: Asked, target: str) -> str:
    query = asked.query
    provider = known_provider(desk, query.get("provider", ""))
    challenge = flows.read_challenge(
        query.get("code_challenge", ""), query.get("code_challenge_method", "")
    )
    async with opened(desk.stack) as store:
        flow_id = await flows.begin(store, challenge, provider, "oauth", None)
    state = {"provider": provider, "flow": str(flow_id), "back": asked.back, "target": target}
    more = {name: query[name] for name in ("login_hint",) if name in query}
    sealed_state = sealed.seal(desk, "oauth-state", state)
    return links.with_query(f"{asked.base}/provider", {**more, "state": sealed_state})


async def _arrival(
    desk: Desk, asked: Asked, state: Mapping[str, str], told: Mapping[str, str]
) -> Response:
    person = Person(
        state["provider"],
        told["subject"],
        told["email"],
        told["name"],
        f"{desk.issuer}/provider",
    )
    async with opened(desk.stack) as store:
        flow = await flows.take(store, state["flow"])
        if state["target"]:
            target = await users.by_id(store, state["target"], lock=True)
            if target is None:
                raise AuthFault(403, "user_not_found", "User from sub claim does not exist")
            user = await externals.link(store, asked, target, person)
        else:
            user = await externals.account_of(desk, store, asked, person)
        tokens = {f"provider_{name}token": secrets.token_urlsafe(24) for name in ("", "refresh_")}
        if flow["code_challenge"]:
            await store.run(
                "update auth.flow_state set user_id = %s, provider_access_token = %s,"
                " provider_refresh_token = %s, updated_at = %s where id = %s",
                *(user.id, tokens["provider_token"], tokens["provider_refresh_token"]),
                *(store.now, flow["id"]),
            )
            return _back_with_code(state, flow)
        await store.run("delete from auth.flow_state where id = %s", flow["id"])
        answer = await desk.sign_in(store, user, "oauth", asked)
    names = ("access_token", "expires_at", "expires_in", "refresh_token", "token_type")
    values = {**{name: str(answer[name]) for name in names}, **tokens}
    return RedirectResponse(links.with_fragment(state["back"], values), 302)


def _back_with_code(state: Mapping[str, str], flow: Row) -> Response:
    return RedirectResponse(links.with_query(state["back"], {"code": flow["auth_code"]}), 302)
