"""The desk at which commands are given: by a request, by a reaction, by the clock."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from sevenx.kernel.auth import Principal, Rule, Scopes, authorize
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import Recorded, reaction_id, uuid7
from sevenx.kernel.errors import Problem
from sevenx.kernel.handler import CommandHandler, Context, Outcome, Work
from sevenx.kernel.telemetry import COMMAND_SECONDS, COMMANDS, current_traceparent

log = logging.getLogger(__name__)

_NEXT = """
INSERT INTO ops.counters (name, next)
VALUES (%(name)s, (SELECT coalesce(max(substring(stream FROM '[0-9]+$')::bigint), 0) + 1 + %(count)s FROM log.events
                   WHERE stream LIKE %(name)s || '-%%' AND version = 1))
ON CONFLICT (name) DO UPDATE SET next = counters.next + %(count)s
RETURNING next - %(count)s
"""

ScopesOf = Scopes | Callable[[Any], Scopes]
"""The ids that a command concerns by name, or a function of the stream's state that tells them."""


class Answer(BaseModel):
    """What a command answers."""

    position: str = Field(
        description="Where the stream now stands, `area/stream@version`", examples=["projects/410804-P-2026-0001@3"]
    )
    after: list[str] = Field(
        description="A GET with each of these as `?after=` waits until it shows all that the command did, in every "
        "stream; one for each partition that it wrote to",
        examples=[["projects/410804-P-2026-0001@3"]],
    )
    id: str = Field(description="The stream: the id of the thing", examples=["410804-P-2026-0001"])
    events: list[str] = Field(description="Names of the events caused; none when nothing had to change")
    replayed: bool = Field(False, description="True when this command was carried out before under the same key")


class CommandDesk:
    """Takes the commands of one request: checks who may give them and stamps them with its key."""

    def __init__(
        self,
        handler: CommandHandler,
        pool: AsyncConnectionPool,
        permissions: Mapping[type, tuple[Rule, ...]],
        principal: Principal,
        now: Callable[[], datetime],
        command: bytes,
        request: str,
        expected: str = "",
    ) -> None:
        """`expected` is the position on which the client decided; empty: whatever stands there."""
        self._handler, self._pool, self._permissions, self.principal = handler, pool, permissions, principal
        self.now = now
        """Business time, UTC."""
        self._command, self._request, self._expected = command, request, expected

    def today(self) -> date:
        """The business date in China."""
        return self.now().astimezone(SHANGHAI).date()

    def of_body(self, request: str) -> CommandDesk:
        """The desk of the same request once its body is known: `request` is what the key stands for."""
        return CommandDesk(
            self._handler,
            self._pool,
            self._permissions,
            self.principal,
            self.now,
            self._command,
            request,
            self._expected,
        )

    def check_permission(self, command: type, scopes: Scopes) -> None:
        """Problem 403 unless such a command may be given, for a route that asks before it reads a long body."""
        authorize(self.principal, self._permissions.get(command, ()), scopes, command.__name__)

    async def next_id(self, letter: str, year: int | None = None) -> str:
        """A new readable id, `410804-P-2026-0001`; numbers begin anew each year and may have gaps."""
        return (await self.next_ids(letter, year, 1))[0]

    async def next_ids(self, letter: str, year: int | None, count: int) -> list[str]:
        """So many new ids, in one statement."""
        name = f"{self.principal.district}-{letter}" + (f"-{year}" if year else "")
        async with self._pool.connection() as connection:
            cursor = await connection.execute(_NEXT, {"name": name, "count": count})
            row = await cursor.fetchone()
        if row is None:
            raise RuntimeError(f"counter {name} gave no number")
        return [f"{name}-{number:04d}" for number in range(row[0], row[0] + count)]

    async def state(self, decider: Decider[Any], stream: str) -> Any:
        """The stream's current state, for a route that needs a fact of it."""
        state, _ = await self._handler.state(decider, stream)
        return state

    async def states(self, wanted: Sequence[tuple[Decider[Any], str]]) -> dict[str, Any]:
        """The current states of many streams, read in one query."""
        return await self._handler.states(wanted)

    async def streams(self, letter: str) -> list[str]:
        """The ids of all streams of a kind in the log, in order."""
        return await self._handler.streams(f"{self.principal.district}-{letter}-")

    async def history(self, streams: Sequence[str]) -> dict[str, list[Recorded]]:
        """Every event of some streams, for a route that must know what was said and when."""
        return await self._handler.history(streams)

    async def caused_with(self, event: Recorded) -> list[Recorded]:
        """All events of the command that caused an event, in order, also those of other streams."""
        return await self._handler.caused(event.meta.command)

    async def earlier(self) -> tuple[Answer, list[Recorded]] | None:
        """What this request's command answered and caused when it was given before, for a route that must not decide
        anew what a command is; None when it caused nothing so far. Problem 409 for the same key with another body."""
        found = await self._handler.earlier(self._context())
        return None if found is None else (_answer(found[0]), found[1])

    async def give(self, decider: Decider[Any], stream: str, command: Any, scopes: ScopesOf | None = None) -> Answer:
        """Carry out one command; see CommandHandler.handle for the problems it raises."""
        return await self.give_all([(decider, stream, command)], scopes)

    async def give_all(
        self,
        commands: Sequence[tuple[Decider[Any], str, Any]],
        scopes: ScopesOf | None = None,
        occurred_at: datetime | None = None,
    ) -> Answer:
        """Carry out several commands, all or nothing. The answer speaks of the first one's stream.

        `occurred_at` is given only where a log is founded in simulated time, which begins then.
        """
        return await self.give_each([(*one, scopes) for one in commands], occurred_at)

    async def give_each(
        self,
        commands: Sequence[tuple[Decider[Any], str, Any, ScopesOf | None]],
        occurred_at: datetime | None = None,
    ) -> Answer:
        """As `give_all`, where each command concerns ids of its own: the rows of a file."""
        if not commands:
            raise ValueError("no command given")
        name = type(commands[0][2]).__name__
        work = [Work(d, stream, command, self._authorizer(command, scopes)) for d, stream, command, scopes in commands]
        with COMMAND_SECONDS.time():
            try:
                outcome = await self._handler.handle(work, self._context(occurred_at))
            except Problem as problem:
                COMMANDS.labels(name, problem.code).inc()
                raise
        COMMANDS.labels(name, "replayed" if outcome.replayed else "accepted").inc()
        return _answer(outcome)

    def _context(self, occurred_at: datetime | None = None) -> Context:
        return Context(
            actor=self.principal.subject,
            command=self._command,
            correlation=uuid7(),
            request=self._request,
            expected=self._expected,
            traceparent=current_traceparent(),
            occurred_at=occurred_at,
        )

    def _authorizer(self, command: Any, scopes: ScopesOf | None) -> Callable[[Any], str]:
        rules = self._permissions.get(type(command), ())

        def check(state: Any) -> str:
            told = scopes(state) if callable(scopes) else (scopes or {})
            return authorize(self.principal, rules, told, type(command).__name__)

        return check


def _answer(outcome: Outcome) -> Answer:
    stream = outcome.position.partition("/")[2].rpartition("@")[0]
    return Answer(
        position=outcome.position,
        after=list(outcome.after),
        id=stream,
        events=list(outcome.events),
        replayed=outcome.replayed,
    )


class ReactionDesk:
    """Takes the commands that a reaction gives for one event, or the clock for one deadline: no person is asked for a
    permission, the identity comes from the cause, and a refusal is noted and not an error."""

    def __init__(self, handler: CommandHandler, name: str, cause: bytes, correlation: bytes | None = None) -> None:
        self._handler, self._name, self._cause = handler, name, cause
        self._correlation = correlation or uuid7()
        self._given: Counter[str] = Counter()

    @classmethod
    def of(cls, handler: CommandHandler, name: str, event: Recorded) -> ReactionDesk:
        """The desk of a reaction to an event."""
        return cls(handler, name, event.meta.id, event.meta.correlation)

    def now(self) -> datetime:
        """Business time, UTC. Later than the event where a reaction catches up."""
        return self._handler.now()

    async def give(self, decider: Decider[Any], stream: str, command: Any) -> None:
        """Carry out a command once, however often it is given. Raises only what may pass by itself (database away,
        endless conflict); a refusal by a rule is logged.

        The identity counts within each stream: a reaction that runs again after a crash may find fewer streams to
        command than the first time, and what is left must not look like what was done."""
        await self._handle([Work(decider, stream, command)], stream)

    async def give_all(self, commands: Sequence[tuple[Decider[Any], str, Any]]) -> int:
        """Carry out several commands in one commit, all or nothing, once however often they are given: what a second
        run finds to command no longer counts once the first has committed. How many events they caused now.

        The identity counts the calls. Give commands so that none can refuse where the others must go through: a
        refusal of one is a refusal of all, and is logged as with `give`."""
        return await self._handle([Work(*one) for one in commands], "") if commands else 0

    async def _handle(self, work: Sequence[Work], scope: str) -> int:
        """`scope` is what the identity counts within: a stream's id, or nothing for several streams."""
        ordinal, self._given[scope] = self._given[scope], self._given[scope] + 1
        context = Context(
            actor=f"reaction:{self._name}",
            command=reaction_id(f"{self._name}\0{scope}", self._cause, ordinal),
            correlation=self._correlation,
            causation=self._cause if len(self._cause) == 16 else None,
            traceparent=current_traceparent(),
        )
        kind, stream = type(work[0].command).__name__, work[0].stream
        try:
            outcome = await self._handler.handle(work, context)
        except Problem as problem:
            COMMANDS.labels(kind, problem.code).inc()
            if problem.status in (409, 423):
                raise
            log.info("reaction refused", extra={"reaction": self._name, "stream": stream, "code": problem.code})
            return 0
        COMMANDS.labels(kind, "replayed" if outcome.replayed else "accepted").inc()
        return 0 if outcome.replayed else len(outcome.events)
