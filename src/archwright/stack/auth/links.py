"""Addresses: where links may lead back to, and what is put into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

from archwright.stack.auth.faults import AuthFault, OAuthFault
from archwright.stack.settings import Settings

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OAUTH = {400: "invalid_request", 401: "unauthorized_client", 403: "access_denied"}


def back_address(settings: Settings, wishes: Iterable[str | None]) -> str:
    """Return the first of the wished addresses that is allowed, else the site's own."""
    for wish in wishes:
        if wish and allowed(wish, settings):
            return wish
    return settings.site_url


def allowed(address: str, settings: Settings) -> bool:
    """Tell whether a link may lead there: the site's host, this machine's, or as configured.

    This machine's names are as good as each other, and any port of it, while the site itself
    is served from here.
    """
    # browsers read a backslash as a slash, and skip tabs and line ends
    if re.search(r"[\s\\\x00-\x1f]", address):
        return False
    if any(re.fullmatch(_pattern(item), address) for item in settings.auth.redirects):
        return True
    try:
        parts, site = urlsplit(address), urlsplit(settings.site_url)
        host, home = parts.hostname, site.hostname
        _ = parts.port  # a port that is no number is a ValueError
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    return host == home or {host, home} <= _LOOPBACK


def own_address(settings: Settings, scheme: str, host: str | None) -> str:
    """Return this service's address as the client knows it.

    A ``Host`` header is believed only where it names this machine: letters must not lead away.
    """
    try:
        name = urlsplit(f"//{host}").hostname if host else None
    except ValueError:
        name = None
    base = f"{scheme}://{host}" if name in _LOOPBACK else settings.api_url
    return f"{base}/auth/v1"


def with_query(address: str, values: Mapping[str, str]) -> str:
    """Add values to an address's query."""
    parts = urlsplit(address)
    query = "&".join(item for item in (parts.query, urlencode(values)) if item)
    return urlunsplit(parts._replace(query=query))


def with_fragment(address: str, values: Mapping[str, str]) -> str:
    """Set an address's fragment to values."""
    return urlunsplit(urlsplit(address)._replace(fragment=urlencode(values)))


def with_fault(address: str, fault: AuthFault, *, query: bool) -> str:
    """Tell a refusal in an address: in the fragment, and in the query for the PKCE flow."""
    if isinstance(fault, OAuthFault):
        values = {"error": fault.code, "error_description": fault.message}
    else:
        kind = _OAUTH.get(fault.status, "server_error" if fault.status >= 500 else "")
        named = {"error": kind} if kind else {}
        values = {**named, "error_code": fault.code, "error_description": fault.message}
    address = urlunsplit(urlsplit(address)._replace(fragment=""))
    if query:
        address = with_query(address, values)
    return with_fragment(address, {**values, "sb": ""})


def _pattern(glob: str) -> str:
    parts = re.split(r"(\*\*|\*)", glob)
    return "".join({"**": ".*", "*": r"[^./]*"}.get(part, re.escape(part)) for part in parts)
