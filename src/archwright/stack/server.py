"""Serves a gateway from a thread of its own: for tests, benchmarks and tools."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from archwright.stack.sockets import HTTP, WEBSOCKETS

_PATIENCE = 30.0


def listen(host: str, port: int) -> socket.socket:
    """Bind a socket to serve on, port 0 for any that is free; raises OSError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


class Served:
    """A gateway on a port of this machine, up inside ``with``."""

    def __init__(
        self, app: ASGIApp, *, port: int = 0, listener: socket.socket | None = None
    ) -> None:
        """Take the application and a bound socket, or a port of the loopback address.

        Port 0 means any that is free. The socket is closed with the gateway.
        """
        self._app = app
        self._port = port
        self._listener = listener
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    def __enter__(self) -> Self:
        """Start; return once requests are answered."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving and close all connections."""
        self.stop()

    def start(self) -> None:
        """Serve; raises RuntimeError where the gateway does not come up."""
        listener = self._listener or listen("127.0.0.1", self._port)
        # asyncio does this itself only for sockets that name their protocol; without it each
        # answer waits 40 ms for the client's acknowledgement
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            # what is logged goes where the process says, not to uvicorn's own handlers
            log_config=None,
            log_level="error",
            lifespan="on",
            access_log=False,
            # browsers keep connections longer than uvicorn's 5 s, and a POST is not sent twice
            timeout_keep_alive=75,
            timeout_graceful_shutdown=5,
            **HTTP,
            **WEBSOCKETS,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        self._server, self._thread = server, thread
        thread.start()
        deadline = time.monotonic() + _PATIENCE
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                listener.close()
                raise RuntimeError("the gateway did not start")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """Stop; harmless when it is stopped already."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(timeout=_PATIENCE)
        self._server = self._thread = None
