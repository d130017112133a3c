"""Wakes the relay after a commit: a NOTIFY on a connection of its own, many commits sharing one.

Inside the writing transaction a NOTIFY would make commits wait for each other; the relay's poll once a second is the
fallback when a bell is lost.
"""

from __future__ import annotations

import asyncio
import logging

import psycopg

from sevenx.kernel.relay import CHANNEL

log = logging.getLogger(__name__)
_COALESCE = 0.001


class OutboxBell:
    """Rung after each commit."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something stands in the outbox."""
        self._rung.set()

    async def run(self) -> None:
        """Pass the rings on until cancelled."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._database, autocommit=True) as connection:
                    while True:
                        await self._rung.wait()
                        self._rung.clear()
                        await connection.execute(f"NOTIFY {CHANNEL}")
                        await asyncio.sleep(_COALESCE)
            except psycopg.Error as error:
                log.warning("outbox bell interrupted", extra={"error": repr(error)})
                await asyncio.sleep(1.0)
