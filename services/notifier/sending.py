"""Sending e-mail: one leader of the service hands due notices to the mail server and records what came of it.

The log says what is still to be sent. A letter that the server has taken is recorded as delivered once; where the
process dies between the two it is sent again under the same Message-ID: at least once at the server, once in the
record. A server that is away costs no notice an attempt.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from services.notifier import metrics
from services.notifier.deciders import NOTICE
from services.notifier.domain.letter import Item, Letter, letter
from services.notifier.domain.notice.commands import RecordDelivery, RecordFailure
from services.notifier.domain.notice.events import Channel
from services.notifier.domain.notice.state import Status
from services.notifier.domain.texts import Text
from services.notifier.mail_server import Connection, LetterRefused, ServerAway, connected
from services.notifier.mail_settings import MailSettings
from services.notifier.outgoing import backlog, to_send
from services.notifier.rulebook import rules
from sevenx.kernel.clock import wall_now
from sevenx.kernel.database_away import AWAY
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.faults import fault_from_env
from sevenx.kernel.runtime import Runtime

MAIL_LOCK = 7000020
"""Advisory lock of the one sender of the service, held as long as it leads; no number of the kernel's."""
IDLE = 1.0
"""Seconds between two looks."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries to reach a server that is away, at most."""

log = logging.getLogger(__name__)
Row = Mapping[str, Any]


async def check_mail(_: Runtime) -> None:
    """At the start: SettingsError for a mail server that is set wrongly."""
    MailSettings.from_env()


async def send_mail(runtime: Runtime) -> None:
    """Send while this process leads, until cancelled. Without a mail server there is nothing to do."""
    settings = MailSettings.from_env()
    if settings is None:
        metrics.MAIL_UP.set(-1)
        return
    sender = Sender(runtime, settings)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(runtime.settings.database, autocommit=True) as connection:
                await _lead(connection, sender)
        except (*AWAY, psycopg.Error) as error:
            log.warning("sending interrupted, trying again", extra={"error": type(error).__name__})
            await asyncio.sleep(IDLE)


async def _lead(connection: psycopg.AsyncConnection[Any], sender: Sender) -> None:
    while True:
        row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (MAIL_LOCK,))).fetchone()
        if row == (True,):
            break
        await asyncio.sleep(IDLE)
    while True:
        await connection.execute("SELECT 1")  # a lost connection is a lost lead
        await asyncio.sleep(await sender.round())


class Sender:
    """What the leader does, again and again."""

    def __init__(self, runtime: Runtime, settings: MailSettings) -> None:
        self._runtime, self._settings = runtime, settings
        self._fault = fault_from_env()
        self._away = 0
        self._reached = False
        """Whether the server answered the last time: at the start and while it is away it is tried even without a
        letter, so that a wrong setting is seen before the first one."""
        self._taken: set[str] = set()
        """Message-IDs that the server has taken and that could not be recorded yet: not to be sent again."""

    async def round(self) -> float:
        """Send what is due; the seconds after which to look again."""
        now = self._runtime.clock.now()
        rows = await to_send(self._runtime.reads, now, wall_now(), self._settings.retry_seconds)
        waiting = await backlog(self._runtime.reads, now)
        metrics.OLDEST_QUEUED.set(waiting["oldest"])
        metrics.GIVEN_UP.set(waiting["given_up"])
        pending = await self._still_queued(rows)
        unreachable = [row for row in pending if not row["email"]]
        if unreachable:
            await self._failed([row["stream"] for row in unreachable], "no address", permanent=True)
        letters = self._letters([row for row in pending if row["email"]])
        if not letters and self._reached:
            return IDLE
        try:
            await self._hand_over(letters)
        except ServerAway as error:
            self._away, self._reached = self._away + 1, False
            metrics.MAIL_UP.set(0)
            log.warning("mail server away", extra={"reason": str(error), "tries": self._away})
            return min(LONGEST_PAUSE, IDLE * 2.0 ** min(self._away, 10))
        self._away, self._reached = 0, True
        metrics.MAIL_UP.set(1)
        return 0.0 if len(letters) > 1 else IDLE

    async def _still_queued(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that are queued by the log itself: the read model may lag behind what was recorded."""
        if not rows:
            return []
        states = await self._runtime.handler.states([(NOTICE, row["stream"]) for row in rows])
        return [row for row in rows if states[row["stream"]].status is Status.QUEUED]

    def _letters(self, rows: Sequence[Row]) -> list[tuple[Letter, str]]:
        """Letters and their addresses: notices of a kind to a person that are queued for one instant are one letter."""
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            rule = rules().kind(row["kind"])
            alone = rule is None or not rule.join
            key = (row["person"], row["kind"], row["queued_for"], row["stream"] if alone else "")
            groups.setdefault(key, []).append(row)
        return [(self._letter(group), group[0]["email"]) for group in groups.values()]

    def _letter(self, group: Sequence[Row]) -> Letter:
        rule = rules().kind(group[0]["kind"])
        name = rule.name if rule else Text("通知", "Notices")
        texts = ("stream", "title_zh", "title_en", "body_zh", "body_en", "link")
        items = [Item(**{field: row[field] for field in texts}) for row in group]
        return letter(items, name, self._settings.console, self._settings.domain)

    async def _hand_over(self, letters: Sequence[tuple[Letter, str]]) -> None:
        """Hand the letters over in their order. ServerAway leaves the rest for later."""
        async with contextlib.AsyncExitStack() as stack:
            line = None if self._reached else await _entered(stack, self._settings)
            for one, address in letters:
                if one.message_id not in self._taken:
                    line = line or await _entered(stack, self._settings)
                    try:
                        await asyncio.to_thread(line.send, one, address)
                    except LetterRefused as refused:
                        await self._failed(one.streams, refused.reason, permanent=refused.permanent)
                        line = None
                        continue
                    self._taken.add(one.message_id)
                    self._fault("mail.taken")
                await self._delivered(one)

    async def _delivered(self, one: Letter) -> None:
        command = RecordDelivery(self._runtime.clock.now(), one.message_id)
        if await self._record(one.streams, command):
            self._taken.discard(one.message_id)
            metrics.DELIVERED.labels(Channel.EMAIL).inc(len(one.streams))

    async def _failed(self, streams: Sequence[str], reason: str, *, permanent: bool) -> None:
        command = RecordFailure(reason, permanent, self._settings.attempts)
        await self._record(streams, command)
        metrics.FAILED.labels(Channel.EMAIL).inc(len(streams))
        log.warning("notices not delivered", extra={"streams": list(streams), "reason": reason, "permanent": permanent})

    async def _record(self, streams: Sequence[str], command: RecordDelivery | RecordFailure) -> bool:
        """Whether it could be recorded. The notice's own rules keep a repeat from counting twice."""
        desk = ReactionDesk(self._runtime.handler, "mail", os.urandom(32))
        try:
            await desk.give_all([(NOTICE, stream, command) for stream in streams])
        except Problem as problem:
            log.error("a delivery cannot be recorded", extra={"streams": list(streams), "code": problem.code})
            return False
        return True


async def _entered(stack: contextlib.AsyncExitStack, settings: MailSettings) -> Connection:
    """A connection that is closed with the stack, both in a thread."""
    manager = connected(settings)
    line = await asyncio.to_thread(manager.__enter__)

    async def close() -> None:
        with suppress(Exception):
            await asyncio.to_thread(manager.__exit__, None, None, None)

    stack.push_async_callback(close)
    return line
