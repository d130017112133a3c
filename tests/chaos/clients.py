"""Clients of the gateway that never give up on a command, and the ledger of all they were answered."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from sevenx.kernel.envelope import command_id

_PATIENCE = 90.0
"""Seconds for which one command is sent again, always with its own key."""
_TIMEOUT = 8.0
"""Seconds for one answer; after that the same command is sent beside one that may still be under way."""


class Unanswered(AssertionError):
    """A command got no final answer."""


@dataclass(frozen=True)
class Given:
    """A command that was acknowledged."""

    subject: str
    key: str
    path: str
    body: Mapping[str, Any]
    position: str
    id: str
    events: tuple[str, ...]

    @property
    def area(self) -> str:
        return self.path.split("/")[1]

    @property
    def command(self) -> bytes:
        """`Meta.command` of the events that it caused."""
        return command_id(self.subject, self.key)


@dataclass
class Ledger:
    """All that clients were promised."""

    given: list[Given] = field(default_factory=list)
    unnamed: set[tuple[str, bytes]] = field(default_factory=set)
    """Area and identity of commands whose answers name no events: imports, which touch many streams."""
    trouble: Counter[str] = field(default_factory=Counter)
    """What came instead of an answer, and how often."""
    repeated: int = 0
    """Acknowledged commands that were sent once more."""

    _waiting: list[tuple[int, asyncio.Event]] = field(default_factory=list)

    def enter(self, given: Given) -> None:
        self.given.append(given)
        for count, event in self._waiting:
            if len(self.given) >= count:
                event.set()

    async def reached(self, count: int) -> None:
        """Return when so many commands are acknowledged."""
        event = asyncio.Event()
        if len(self.given) < count:
            self._waiting.append((count, event))
            await event.wait()

    def of(self, path_ends: str) -> list[Given]:
        """The commands to paths with this end."""
        return [one for one in self.given if one.path.endswith(path_ends)]


class Tokens:
    """Bearer tokens by subject, asked for once and again when they have expired: a long run outlives them."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        self._ask, self._known = ask, dict[str, str]()

    async def of(self, subject: str) -> str:
        if subject not in self._known:
            self._known[subject] = await asyncio.to_thread(self._ask, subject)
        return self._known[subject]

    def expired(self, subject: str, one: str) -> None:
        """This one is no longer taken; another client may have renewed it already."""
        if self._known.get(subject) == one:
            del self._known[subject]


class Client:
    """One person or system with connections of its own; its randomness is its seed's."""

    def __init__(self, name: str, url: str, tokens: Tokens, ledger: Ledger, seed: int) -> None:
        """`tokens`: of the subjects in whose name it may act."""
        self.name, self.chance = name, random.Random(f"{seed} {name}")
        self._tokens, self._ledger, self._keys = tokens, ledger, 0
        self._http = httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, trust_env=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def give(self, subject: str, path: str, body: Mapping[str, Any]) -> str:
        """Give a command until it is answered; the id of the stream. Now and then it is given once more after that,
        and must be answered as before. Raises Unanswered for a refusal, or after _PATIENCE seconds."""
        self._keys += 1
        key = f"{self.name}-{self._keys:06d}"
        answer = await self._until_answered(subject, path, body, key)
        given = Given(subject, key, path, body, answer["position"], answer["id"], tuple(answer["events"]))
        self._ledger.enter(given)
        if given.events and self.chance.random() < 0.15:
            again = await self._until_answered(subject, path, body, key)
            assert (again["position"], tuple(again["events"])) == (given.position, given.events), (given, again)
            assert again["replayed"], again
            self._ledger.repeated += 1
        return given.id

    async def _until_answered(self, subject: str, path: str, body: Mapping[str, Any], key: str) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while True:
            trouble = ""
            bearer = await self._tokens.of(subject)
            headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": key}
            try:
                answer = await self._http.post(f"/api{path}", json=body, headers=headers)
                if answer.is_success:
                    found: dict[str, Any] = answer.json()
                    return found
                trouble = f"{answer.status_code} {_code(answer)}"
                if _code(answer) == "token-expired":
                    self._tokens.expired(subject, bearer)
                elif answer.status_code < 500 and _code(answer) != "concurrent-change":
                    raise Unanswered(f"{key}: POST {path} as {subject}: {answer.status_code} {answer.text}")
            except (httpx.TransportError, ValueError) as error:
                trouble = type(error).__name__
            self._ledger.trouble[trouble] += 1
            if time.monotonic() > until:
                raise Unanswered(f"{key}: POST {path}: no answer in {_PATIENCE:.0f} s, at last {trouble}")
            await asyncio.sleep(0.05 + 0.2 * self.chance.random())


def _code(answer: httpx.Response) -> str:
    """The last part of a problem document's type."""
    if "json" not in answer.headers.get("content-type", ""):
        return ""
    return str(answer.json().get("type", "")).rpartition(":")[2]
