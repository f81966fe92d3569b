from __future__ import annotations

import socket

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview.addresses import Wish, free_port, is_loopback, open_port, shown_host

HOST = "127.0.0.1"


def port_of(found: socket.socket) -> int:
    with found:
        number: int = found.getsockname()[1]
        return number


def test_the_asked_port_is_used_or_named() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DiagnosticError, match=rf"AW-6108.*port {port}(.|\n)*--port"):
            open_port(HOST, Wish(port, 5173, "--port"))
    assert port_of(open_port(HOST, Wish(port, 5173, "--port"))) == port


def test_a_usual_port_that_is_taken_gives_way_to_the_next() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        wish = Wish(0, port, "--port")
        with open_port(HOST, wish) as found:
            assert port < found.getsockname()[1] <= port + 50
            assert free_port(HOST, wish) not in {port, found.getsockname()[1]}


def test_a_host_that_is_not_ours_is_named() -> None:
    with pytest.raises(DiagnosticError, match=r"AW-6108.*203\.0\.113\.7(.|\n)*--host"):
        open_port("203.0.113.7", Wish(0, 0, "--port"))
    with pytest.raises(DiagnosticError, match="AW-6108"):
        open_port("no such host", Wish(0, 0, "--port"))


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.0.0.9", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.4", False),
        ("machine.example", False),
    ],
)
def test_who_can_reach_it(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


def test_addresses_are_written_as_in_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_host("192.168.1.4") == "192.168.1.4"
    assert shown_host("::1") == "[::1]"
    assert shown_host("machine.example") == "machine.example"

    def unreachable(self: socket.socket, address: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert shown_host("0.0.0.0") == "127.0.0.1"
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: None)
    monkeypatch.setattr(socket.socket, "getsockname", lambda self: ("10.1.2.3", 5))
    assert shown_host("::") == "10.1.2.3"
