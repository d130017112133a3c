"""A client of the APIs through the one origin, as a browser or another system would use them: many callers at once."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import aiohttp

from sevenx.demo.papers import MEDIA_TYPE as PDF
from sevenx.demo.papers import Paper
from sevenx.demo.sheets import MEDIA_TYPE as EXCEL
from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.tokens import token

_TOKEN_SECONDS = 600.0
"""A token is asked for anew after this; it is good for 15 minutes."""
_AGAIN = (502, 503, 504)
_CONNECTIONS = 24


class Refused(LocalError):
    """An answer that the script did not expect."""

    def __init__(self, method: str, path: str, status: int, text: str, problem: dict[str, Any]) -> None:
        super().__init__(f"{method} {path}: {status} {text[:2000]}")
        self.status, self.problem = status, problem


@dataclass(frozen=True)
class Command:
    """A command as it was given."""

    subject: str
    key: str
    path: str
    body: Mapping[str, Any]


class Gateway:
    """Connections to the gateway; used as an asynchronous context manager.

    Commands get keys of their own, so that one that is sent again because a part was away is carried out once.
    """

    def __init__(
        self,
        home: Home,
        name: str = "demo",
        patience: float = 30.0,
        again: Container[int] = _AGAIN,
        answered: Callable[[Command, Any], None] = lambda _command, _answer: None,
    ) -> None:
        """`name` begins the keys; `patience` is for how many seconds a part that is away is waited for, and `again` are
        the answers that say so; `answered` is told of each command that was accepted, with the answer."""
        self._home, self._name, self._patience, self._again = home, name, patience, again
        self._answered = answered
        self._tokens: dict[str, tuple[str, float]] = {}
        self._asking = defaultdict[str, asyncio.Lock](asyncio.Lock)
        self.commands = 0
        """How many were given."""
        self.commanded: set[str] = set()
        """Areas that were given commands; whoever waits for them to settle takes them out."""

    async def __aenter__(self) -> Gateway:
        self._client = aiohttp.ClientSession(
            base_url=self._home.gateway_url,
            timeout=aiohttp.ClientTimeout(total=60),
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        await self._client.close()

    def as_(self, subject: str) -> Caller:
        """Somebody who calls: a person's id, or an office such as `operator`."""
        known = subject if "-" in subject else f"{self._home.district}-{subject.replace('_', '-')}"
        return Caller(self, known)

    async def _token(self, subject: str) -> str:
        """A fresh enough token."""
        async with self._asking[subject]:
            found = self._tokens.get(subject)
            if found is None or time.monotonic() - found[1] > _TOKEN_SECONDS:
                found = (await self._new_token(subject), time.monotonic())
                self._tokens[subject] = found
        return found[0]

    async def _new_token(self, subject: str) -> str:
        """From the issuer, which is waited for like any other part."""
        until = time.monotonic() + self._patience
        while True:
            try:
                return await asyncio.to_thread(token, self._home, subject)
            except LocalError:
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(0.1)

    async def command(self, subject: str, path: str, body: Any) -> Any:
        """Give a command, with a key of its own."""
        return await self._given(subject, path, body or {}, {}, json=body)

    async def upload(self, subject: str, path: str, content: bytes, media_type: str, **query: str) -> Any:
        """Give a command whose body are a file's bytes."""
        more = {"Content-Type": media_type}
        return await self._given(subject, path, {}, more, data=content, params=query)

    async def _given(
        self, subject: str, path: str, body: Mapping[str, Any], more: Mapping[str, str], **options: Any
    ) -> Any:
        self.commands += 1
        key = f"{self._name}-{self.commands:06d}"
        self.commanded.add(path.split("/")[1])
        answer = await self.send(subject, "POST", path, {"Idempotency-Key": key, **more}, **options)
        self._answered(Command(subject, key, path, body), answer)
        return answer

    async def send(
        self, subject: str, method: str, path: str, more: Mapping[str, str] | None = None, **options: Any
    ) -> Any:
        """The JSON of the answer; Refused for anything but a success. A part that is away is waited for. `more` are
        further headers."""
        headers = {"Authorization": f"Bearer {await self._token(subject)}", **(more or {})}
        until = time.monotonic() + self._patience
        while True:
            try:
                async with self._client.request(method, f"/api{path}", headers=headers, **options) as answer:
                    if answer.ok:
                        return await answer.json()
                    if answer.status not in self._again or time.monotonic() > until:
                        raise await _refused(method, path, answer)
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError):
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(0.1)


async def _refused(method: str, path: str, answer: aiohttp.ClientResponse) -> Refused:
    text = await answer.text()
    problem = await answer.json(content_type=None) if "json" in answer.content_type else {}
    return Refused(method, path, answer.status, text, problem)


@dataclass(frozen=True)
class Caller:
    """One person or office at the gateway."""

    gateway: Gateway
    subject: str

    async def get(self, path: str, **query: Any) -> Any:
        return await self.gateway.send(self.subject, "GET", path, params=query)

    async def post(self, path: str, body: Any = None) -> Any:
        """Give a command."""
        return await self.gateway.command(self.subject, path, body)

    async def store(self, paper: Paper, subject: str, kind: str) -> Any:
        """Send the bytes of a paper in for a lead, project or procedure; `kind` is what it is there."""
        query = {"for": subject, "name": paper.name, "paper": kind}
        return await self.gateway.upload(self.subject, "/projects/documents", paper.content, PDF, **query)

    async def bring(self, path: str, content: bytes, name: str) -> Any:
        """Send an Excel sheet in, under the name of its file."""
        return await self.gateway.upload(self.subject, path, content, EXCEL, name=name)

    async def ask(self, path: str, body: Any = None) -> Any:
        """Post what is no command."""
        return await self.gateway.send(self.subject, "POST", path, json=body)

    async def refused(self, path: str, body: Any = None) -> dict[str, Any]:
        """Post what the rules must refuse; the problem document. RuntimeError when it was accepted."""
        try:
            await self.post(path, body)
        except Refused as refusal:
            return refusal.problem
        raise RuntimeError(f"{path} should have been refused")
