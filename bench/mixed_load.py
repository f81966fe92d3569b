"""The load of a soak: people who use all services of one gateway, and what they find wrong."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from archwright.stack.keys import Keys

PASSWORD = "a good password"


@dataclass
class Person:
    """Somebody who is signed in."""

    client: httpx.AsyncClient
    email: str
    id: str = ""
    token: str = ""
    refresh: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Who asks."""
        return {"authorization": f"Bearer {self.token}"}


@dataclass
class Soak:
    """What runs, what was counted, and what went wrong."""

    url: str
    keys: Keys
    done: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    heard: Counter[int] = field(default_factory=Counter)
    stopped: bool = False

    def expect(self, what: str, answer: httpx.Response, *allowed: int) -> httpx.Response:
        """Count a request, and whether its status was expected."""
        self.done[what] += 1
        if answer.status_code not in (allowed or (200, 201, 204)):
            self.wrong[f"{what}: {answer.status_code} {answer.text[:120]}"] += 1
        return answer

    def check(self, what: str, holds: bool) -> None:
        """Count what does not hold."""
        if not holds:
            self.wrong[what] += 1


async def signed_up(soak: Soak, client: httpx.AsyncClient) -> Person:
    """Make an account and sign in to it."""
    one = Person(client, f"{secrets.token_hex(8)}@example.com")
    body = {"email": one.email, "password": PASSWORD}
    take(one, soak.expect("sign up", await client.post("/auth/v1/signup", json=body)))
    return one


def take(one: Person, answer: httpx.Response) -> None:
    """Be who the answer says."""
    session = answer.json()
    one.token, one.refresh = session["access_token"], session["refresh_token"]
    one.id = session["user"]["id"]


async def sign_in_again(soak: Soak, one: Person) -> None:
    """Refresh, look at oneself, sign out here, and sign in."""
    auth, client = "/auth/v1", one.client
    refreshed = await client.post(
        f"{auth}/token?grant_type=refresh_token", json={"refresh_token": one.refresh}
    )
    take(one, soak.expect("refresh", refreshed))
    soak.expect("user", await client.get(f"{auth}/user", headers=one.headers))
    soak.expect("sign out", await client.post(f"{auth}/logout?scope=local", headers=one.headers))
    body = {"email": one.email, "password": PASSWORD}
    signed = await client.post(f"{auth}/token?grant_type=password", json=body)
    take(one, soak.expect("sign in", signed))


async def write_and_read(soak: Soak, one: Person) -> None:
    """Write a post, comment on it, read the feed, change it; now and then remove the oldest."""
    rest, client = "/rest/v1", one.client
    wanted = {**one.headers, "prefer": "return=representation"}
    hidden = {"body": "for myself", "hidden": True}
    made = soak.expect("insert", await client.post(f"{rest}/posts", json=hidden, headers=wanted))
    number = made.json()[0]["id"]
    comment = {"post_id": number, "body": "a comment"}
    soak.expect("insert", await client.post(f"{rest}/comments", json=comment, headers=wanted))
    feed = f"{rest}/posts?select=id,author_id,hidden,comments(id,body)&order=id.desc&limit=20"
    rows = soak.expect("feed", await client.get(feed, headers=one.headers)).json()
    soak.check(
        "a row of others came", all(not r["hidden"] or r["author_id"] == one.id for r in rows)
    )
    place = f"{rest}/posts?id=eq.{number}"
    changed = {"body": "changed", "hidden": True}
    soak.expect("update", await client.patch(place, json=changed, headers=one.headers))
    soak.expect("bad filter", await client.get(f"{rest}/posts?id=eq.x", headers=one.headers), 400)
    soak.expect("delete", await client.delete(place, headers=one.headers))


async def keep_files(soak: Soak, one: Person) -> None:
    """Upload, sign, download, look that nothing was lost, and remove."""
    storage, client = "/storage/v1/object", one.client
    name, data = f"files/{one.id}/{secrets.token_hex(6)}.bin", secrets.token_bytes(200_000)
    kind = {**one.headers, "content-type": "application/octet-stream"}
    soak.expect("upload", await client.post(f"{storage}/{name}", content=data, headers=kind))
    own = await client.get(f"{storage}/authenticated/{name}", headers=one.headers)
    soak.check("a file came back otherwise", soak.expect("download", own).content == data)
    asked = await client.post(f"{storage}/sign/{name}", json={"expiresIn": 60}, headers=one.headers)
    signed = soak.expect("sign", asked).json()["signedURL"]
    soak.expect("signed download", await client.get(f"/storage/v1{signed}"))
    soak.expect("remove", await client.delete(f"{storage}/{name}", headers=one.headers))


async def call(soak: Soak, one: Person) -> None:
    """Call two functions."""
    for name in ("one", "two"):
        place, body = f"/functions/v1/{name}", {"n": 1}
        answer = await one.client.post(place, json=body, headers=one.headers)
        soak.check("a function miscounted", soak.expect("function", answer).json() == {"n": 2})


async def joined(soak: Soak, one: Person, topic: str) -> ClientConnection:
    """Join a private channel that also listens to posts."""
    address = soak.url.replace("http", "ws", 1) + "/realtime/v1/websocket"
    socket = await connect(f"{address}?vsn=2.0.0&apikey={soak.keys.publishable}", compression=None)
    change = {"event": "INSERT", "schema": "public", "table": "posts", "filter": "hidden=is.false"}
    config = {"private": True, "broadcast": {"self": True}, "postgres_changes": [change]}
    payload = {"config": config, "access_token": one.token}
    await socket.send(json.dumps(["1", "1", f"realtime:{topic}", "phx_join", payload]))
    while True:
        frame = json.loads(await asyncio.wait_for(socket.recv(), 20))
        if frame[3] == "system":
            soak.check(f"subscribing: {frame[4]['message']}", frame[4]["status"] == "ok")
            return socket


async def listen(soak: Soak, one: Person, number: int, ready: asyncio.Event) -> None:
    """Stay, and count what arrives: broadcasts and rows."""
    async with await joined(soak, one, "all") as socket:
        ready.set()

        async def beat() -> None:
            while True:
                await socket.send(json.dumps([None, "9", "phoenix", "heartbeat", {}]))
                await asyncio.sleep(20)

        beating = asyncio.create_task(beat())
        try:
            async for raw in socket:
                event = "broadcast" if isinstance(raw, bytes) else json.loads(raw)[3]
                if event in ("broadcast", "postgres_changes"):
                    soak.heard[number] += 1
        finally:
            beating.cancel()
        soak.check(f"a listener was closed: {socket.close_code}", soak.stopped)


async def speak(soak: Soak, one: Person) -> None:
    """Broadcast over HTTP, and write a post that all may see: each listener hears both."""
    place = "/realtime/v1/api/broadcast/all/events/said?private=true"
    answer = await one.client.post(place, json={"n": soak.sent}, headers=one.headers)
    soak.expect("broadcast", answer, 202)
    body = {"body": "for all", "hidden": False}
    answer = await one.client.post("/rest/v1/posts", json=body, headers=one.headers)
    soak.expect("insert", answer)
    soak.sent += 2


async def come_and_go(soak: Soak, one: Person) -> None:
    """Join, be told something, and leave, politely or not."""
    topic = f"room-{secrets.token_hex(3)}"
    socket = await joined(soak, one, topic)
    said = {"type": "broadcast", "event": "x", "payload": {}}
    await socket.send(json.dumps(["1", "2", f"realtime:{topic}", "broadcast", said]))
    while json.loads(await asyncio.wait_for(socket.recv(), 20))[3] != "broadcast":
        pass
    soak.done["join"] += 1
    if secrets.randbelow(2):
        await socket.close()
    else:
        socket.transport.abort()


async def over_and_over(soak: Soak, what: Any, one: Person, pause: float) -> None:
    """Do something again and again; what fails is counted and does not stop the rest."""
    while not soak.stopped:
        try:
            await what(soak, one)
        except Exception as error:
            soak.wrong[f"{what.__name__}: {type(error).__name__} {str(error)[:120]}"] += 1
        await asyncio.sleep(pause)
