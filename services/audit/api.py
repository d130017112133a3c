"""Audit's API: seals, forks and conclusions; findings stand in `api_findings`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.audit import api_findings
from services.audit.api_models import ConcludeBody, Conclusion, Fork, PeriodState, Seal, SealBody
from services.audit.deciders import RECORD, SEALS
from services.audit.domain.commands import ConcludeRecord
from services.audit.permissions import READERS
from services.audit.queries import (
    MONTH,
    conclusions_query,
    events_with,
    fork_of,
    forks_query,
    periods,
    seals_query,
)
from services.audit.sealing import Sealing
from sevenx.declaration import writing_services
from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import events_topic
from sevenx.proof.seal_files import sealed_versions
from sevenx.proof.seal_statement import SealRefused


def make_router(sealing: Sealing) -> APIRouter:
    """The routes under `/api/audit`."""
    router = APIRouter()

    @router.get("/seals", tags=["seals 封存"])
    async def seals(principal: Asking, reads: ReadModel) -> list[Seal]:
        """Every seal of the log, the first one first."""
        require(principal, *READERS)
        return [Seal(**row) for row in await reads.rows(seals_query())]

    @router.post("/seals", status_code=201, tags=["seals 封存"])
    async def make_seal(body: SealBody, desk: Commands, reads: ReadModel) -> Answer:
        """Seal the log. Months are sealed by themselves as soon as all areas have closed them; this is for a month that
        was refused then, and for a seal on demand."""
        require(desk.principal, "operator")
        try:
            entries = await sealing.make(*await _period(body, desk, reads))
        except SealRefused as error:
            raise Problem(409, "not-sealed", f"无法封存：{error}", f"The log cannot be sealed: {error}") from error
        return await desk.give_all([(SEALS, sealing.stream, entry) for entry in entries])

    @router.get("/periods", tags=["seals 封存"])
    async def closed_periods(principal: Asking, reads: ReadModel) -> list[PeriodState]:
        """Every announced cut-off, and who has not announced it yet."""
        require(principal, *READERS)
        return [PeriodState(**vars(one)) for one in await periods(reads)]

    @router.get("/forks", tags=["conclusions 认定"])
    async def forks(
        principal: Asking, reads: ReadModel, open_only: Annotated[bool, Query(alias="open")] = False
    ) -> list[Fork]:
        """Records that their owners reported as not their own."""
        require(principal, *READERS)
        return [Fork(**row) for row in await reads.rows(forks_query(open_only))]

    @router.get("/discards", tags=["conclusions 认定"])
    async def conclusions(principal: Asking, reads: ReadModel) -> list[Conclusion]:
        """What was concluded of records: discarded, and where they were forged, tampering."""
        require(principal, *READERS)
        return [Conclusion(**row) for row in await reads.rows(conclusions_query())]

    @router.post("/discards", status_code=201, tags=["conclusions 认定"])
    async def conclude(body: ConcludeBody, desk: Commands, reads: ReadModel) -> Answer:
        """Conclude that a record on the bus must not be applied by any reader, with the reason."""
        district = desk.principal.district
        if body.area not in {service.area for service in writing_services()}:
            raise Problem(422, "unknown-area", f"没有业务域 {body.area}。", f"There is no area {body.area}.")
        command = ConcludeRecord(
            area=body.area,
            record_hash=body.record_hash,
            topic=events_topic(district, body.area),
            partition=body.partition,
            offset=body.offset,
            reason=body.reason,
            by=desk.principal.subject,
            tampering=body.tampering,
            stream=body.stream,
            version=body.version,
            known_fork=await fork_of(reads, body.record_hash) is not None,
            owned=await _is_sealed(sealing, reads, body.record_hash),
        )
        return await desk.give(RECORD, f"{district}-X-{body.record_hash[:16]}", command)

    router.include_router(api_findings.make_router(sealing))
    return router


async def _period(body: SealBody, desk: Commands, reads: Reads) -> tuple[str, str, Any]:
    """(kind, period, as_of) of the seal that is asked for; Problem 409 while a fork is open or the month is not closed
    everywhere."""
    if await reads.one(forks_query(open_only=True)) is not None:
        raise Problem(
            409,
            "fork-open",
            "尚有未认定的异常记录，认定后方可封存。",
            "A fork is not concluded yet; a forged event must not be sealed.",
        )
    if body.period is None:
        now = desk.now()
        return "demand", now.strftime("%Y-%m-%dT%H:%M:%SZ"), now
    found = next((one for one in await periods(reads) if (one.kind, one.period) == (MONTH, body.period)), None)
    if found is None or found.missing:
        missing = list(found.missing) if found else ["*"]
        raise Problem(
            409,
            "period-open",
            f"{body.period} 尚未由所有业务域关账。",
            f"{body.period} is not closed by every area and partition yet.",
            details={"missing": missing},
        )
    return MONTH, found.period, found.as_of


async def _is_sealed(sealing: Sealing, reads: Reads, record_hash: str) -> bool:
    """Whether the record is an event under a seal."""
    found = await events_with(reads, record_hash)
    if not found:
        return False
    sealed = sealed_versions(sealing.folder)
    return any(row["version"] <= sealed.get((row["area"], row["stream"]), 0) for row in found)
