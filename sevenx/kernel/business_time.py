"""Where a deployment's simulated business time is kept: one row of the service's own database."""

from __future__ import annotations

from datetime import datetime

from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Table, select

from sevenx.kernel.clock import BusinessClock
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.reads import Reads

_REMEMBER = """
INSERT INTO ops.clock (simulated_at) VALUES (%s)
ON CONFLICT (only_row) DO UPDATE SET simulated_at = greatest(clock.simulated_at, excluded.simulated_at)
"""


class BusinessTime:
    """Brings a process's clock in line with the genesis event and with the last tick."""

    def __init__(
        self, clock: BusinessClock, pool: AsyncConnectionPool, reads: Reads, deployment: Table, local: bool
    ) -> None:
        self._clock, self._pool, self._reads, self._deployment, self._local = clock, pool, reads, deployment, local
        self._founded = False

    async def ensure(self) -> None:
        """Know the genesis, if it was read here: before anything is stamped by a reaction to what follows it."""
        if self._local and not self._founded:
            await self.refresh()

    async def refresh(self) -> None:
        """Take over what is stored.

        Raises SettingsError when the district was founded with simulated time and a real identity provider is set.
        """
        stored = await self._stored()
        if stored is None:
            row = await self._reads.one(select(self._deployment))
            self._founded = row is not None
            if row is None or not row["simulated"]:
                return
            stored = row["established_at"]
            await self.remember(stored)
        if not self._local:
            raise SettingsError(
                "the district was founded with simulated business time, which a real identity provider refuses: "
                "use a fresh database and log, founded with clock=wall"
            )
        self._founded = True
        if not self._clock.simulated or stored > self._clock.now():
            self._clock.advance(stored)

    async def begin(self, at: datetime) -> None:
        """Simulated time begins in this process, whose log was just founded: what comes next must not wait until the
        genesis event was read back."""
        await self.remember(at)
        if not self._clock.simulated:
            self._clock.advance(at)

    async def remember(self, to: datetime) -> None:
        """Keep a simulated time, so that a restart goes on from there."""
        async with self._pool.connection() as connection:
            await connection.execute(_REMEMBER, (to,))

    async def _stored(self) -> datetime | None:
        async with self._pool.connection() as connection:
            row = await (await connection.execute("SELECT simulated_at FROM ops.clock")).fetchone()
        return None if row is None else row[0]
