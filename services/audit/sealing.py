"""Making seals: from the hashes that audit has read to a signed seal in the folder, and to the ledger.

The seal is put in its folder first and entered in the ledger then. A crash between the two leaves a seal that the next
sealing enters as it is.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from pathlib import Path

import psycopg

from services.audit.deciders import SEALS
from services.audit.domain.commands import RecordSeal
from services.audit.domain.events import LogSealed
from services.audit.queries import MONTH, forks_query, fully_announced, last_seal, periods
from sevenx.kernel.clock import wall_now
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk
from sevenx.kernel.reads import Reads
from sevenx.kernel.settings import Settings
from sevenx.proof.seal_files import SealFolder, SealWriter, seal_folders
from sevenx.proof.seal_statement import SealKey, SealRefused

log = logging.getLogger(__name__)
_LEAVES = """
SELECT l.area, l.stream, l.version, l.hash
FROM read.leaf l
LEFT JOIN unnest(%s::text[], %s::text[], %s::int[]) AS sealed(area, stream, version)
       ON sealed.area = l.area AND sealed.stream = l.stream
WHERE l.version > coalesce(sealed.version, 0)
ORDER BY l.area COLLATE "C", l.stream COLLATE "C", l.version
"""
"""What no seal holds yet: earlier seals are not read again, however long the log has become."""


class Sealing:
    """Seals of one deployment; `configure` is called once before use."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._configured = asyncio.Event()

    def configure(self, settings: Settings) -> None:
        """SealRefused when the folder or the key is not set or cannot be read."""
        if not settings.seals or not settings.seal_key:
            raise SealRefused("audit needs SEVENX_SEALS (a folder outside the stores) and SEVENX_SEAL_KEY_FILE")
        self.folder = Path(settings.seals)
        self._key = SealKey(settings.seal_key)
        self._settings = settings
        self._configured.set()

    @property
    def stream(self) -> str:
        return f"{self._settings.district}-S-seals"

    async def due(self, reads: Reads) -> tuple[str, datetime] | None:
        """The earliest month that every area has closed in every partition and that no seal covers; None while there
        is none, or while a fork waits for its conclusion (a forged event must not be sealed)."""
        made = [seal.fields() for seal in seal_folders(self.folder)]
        done = max((seal["as_of"] for seal in made if seal["kind"] == MONTH), default=None)
        for one in await periods(reads):
            if one.kind == MONTH and not one.missing and (done is None or one.as_of > done):
                if await reads.one(forks_query(open_only=True)) is not None:
                    log.warning("not sealed: a fork is not concluded", extra={"period": one.period})
                    return None
                return one.period, one.as_of
        return None

    async def make(self, kind: str, period: str, as_of: datetime) -> list[RecordSeal]:
        """Seal all that audit has read and that is not sealed yet; the commands that enter in the ledger what it may
        lack. A period that is sealed is not sealed again. SealRefused says why a seal can't be made."""
        async with self._lock:
            there = [(s["kind"], s["period"]) for s in (folder.fields() for folder in seal_folders(self.folder))]
            if (kind, period) not in there:
                await asyncio.to_thread(self._write, kind, period, as_of)
            return self.entries()

    def entries(self, after: int = 0) -> list[RecordSeal]:
        """The command for each seal in the folder after a number; those in the ledger already change nothing."""
        return [RecordSeal(_event(folder)) for folder in seal_folders(self.folder) if folder.number > after]

    def _write(self, kind: str, period: str, as_of: datetime) -> None:
        with (
            psycopg.connect(self._settings.database) as connection,
            SealWriter(self.folder, self._key, self._settings.district) as writer,
            connection.cursor(name="leaves") as cursor,
        ):
            cursor.itersize = 10_000
            sealed = writer.sealed
            places = [*zip(*sealed, strict=True)] if sealed else [(), ()]
            cursor.execute(_LEAVES, (list(places[0]), list(places[1]), list(sealed.values())))
            for area, stream, version, digest in cursor:
                writer.add(area, stream, version, bytes(digest))
            fields = writer.finish(kind, period, as_of, wall_now())
            log.info("sealed", extra={"seal": fields["number"], "leaves": fields["leaves"], "root": fields["root"]})

    async def react(self, event: Recorded, reads: Reads, desk: Desk) -> None:
        """A cut-off was announced, or a fork concluded: seal what is due by now, and enter it in the ledger.

        All but the last of a month's markers find that others are still to come, and go no further.
        """
        await self._configured.wait()
        if event.name == "PeriodClosed" and not await fully_announced(reads, event.data["kind"], event.data["period"]):
            return
        while (month := await self.due(reads)) is not None:
            try:
                await self.make(MONTH, *month)
            except SealRefused as error:
                log.error("not sealed", extra={"reason": str(error)})
                break
        entered = await last_seal(reads)
        for entry in self.entries(after=entered):
            await desk.give(SEALS, self.stream, entry)


def _event(folder: SealFolder) -> LogSealed:
    return LogSealed(**folder.fields())
