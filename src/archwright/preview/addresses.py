"""Ports of this machine: the one that was asked for, else the usual one, else the next free."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.stack.server import listen

API_PORT, FRONT_PORT = 54321, 5173
_NEXT = 50
"""How many ports after the usual one are tried before any that is free."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A port to listen on: the one asked for (0 for none), else ``usual`` or one after it."""

    asked: int
    usual: int
    option: str


def open_port(host: str, wish: Wish) -> socket.socket:
    """Return a listening socket; raises AW-6108 where the asked port or the host cannot be used."""
    ports = [wish.asked] if wish.asked else [*range(wish.usual, wish.usual + _NEXT), 0]
    last: OSError | None = None
    for port in ports:
        try:
            return listen(host, port)
        except OSError as error:
            last = error
    assert last is not None
    if wish.asked:
        text = f"port {wish.asked} of {host} cannot be used: {last.strerror or last}"
        hint = f"Leave {wish.option} out, and a free port is found; or stop what listens there."
    else:
        text = f"nothing can listen at {host}: {last.strerror or last}"
        hint = "Give --host an address of this machine: 127.0.0.1, or 0.0.0.0 for all."
    raise DiagnosticError(Diagnostic("AW-6108", text, hint=hint))


def free_port(host: str, wish: Wish) -> int:
    """Return a port that is free now, as `open_port` finds it."""
    with open_port(host, wish) as probe:
        port: int = probe.getsockname()[1]
        return port


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches what listens at ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def shown_host(host: str) -> str:
    """Return the name that URLs have for what listens at ``host``.

    For all addresses of the machine it is the one by which others reach it.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:
        return _outward()
    return f"[{host}]" if address.version == 6 else host


def _outward() -> str:
    """Return this machine's address in its network; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        found: str = probe.getsockname()[0]
        if found != "0.0.0.0":  # noqa: S104 - compared, not bound
            return found
    return "127.0.0.1"
