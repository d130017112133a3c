"""Routes that every service has: health, metrics, the clock, and what verification asks of a log's owner."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel, Field

from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, runtime_of
from sevenx.kernel.settled import Settling

_HEADS = """
SELECT position, stream, version, sha256(value) FROM log.events WHERE position > %s ORDER BY position LIMIT %s
"""


class Tick(BaseModel):
    """How far simulated business time goes on."""

    as_of: AwareDatetime = Field(examples=["2026-07-25T16:00:00Z"])


class Ticked(BaseModel):
    """What a tick did."""

    as_of: datetime
    decided: int = Field(description="Deadlines and cut-offs handled")


class Reached(BaseModel):
    """What the service should have read, and how long to wait for it."""

    reached: dict[str, int] = Field({}, examples=[{"410804.registry.events/3": 17}], max_length=1000)
    wait: float = Field(10.0, ge=0, le=30, description="Seconds")


class Settled(BaseModel):
    """Whether nothing is left to do with what is known, and where the own topic ends."""

    settled: bool
    ends: dict[str, int] = Field(description="Next offset of each partition of the service's own topic")
    reacts_to: list[str] = Field(description="Areas whose events become commands here, closed periods apart")


class LogEntry(BaseModel):
    """One event of the owner's log, as proof and not as content."""

    position: int
    stream: str
    version: int
    hash: str = Field(description="SHA-256 of the value's bytes, hex")


class LogPage(BaseModel):
    """Events in the order of their position; go on with `after=next`."""

    events: list[LogEntry]
    next: int | None


def health_router() -> APIRouter:
    """`/livez`, `/readyz` and `/metrics`, for the machines around the service."""
    router = APIRouter(tags=["health"])

    @router.get("/livez", include_in_schema=False)
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz", include_in_schema=False)
    async def ready(request: Request, response: Response) -> dict[str, Any]:
        report = await runtime_of(request).readiness()
        response.status_code = 200 if report["ready"] else 503
        return report

    @router.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def system_router() -> APIRouter:
    """The kernel's routes under `/api/<area>`."""
    router = APIRouter(tags=["system"])

    @router.get("/status")
    async def status(request: Request, principal: Asking) -> dict[str, Any]:
        """Outbox, reader and clock of this service, for operators and auditors."""
        require(principal, "operator", "auditor")
        return await runtime_of(request).status()

    @router.post("/clock/tick")
    async def tick(request: Request, principal: Asking, body: Tick) -> Ticked:
        """Let simulated business time go on, and decide all that falls due on the way. Refused where time is real."""
        require(principal, "operator")
        runtime = runtime_of(request)
        if not runtime.clock.simulated:
            raise Problem(
                409,
                "time-is-real",
                "本系统使用真实时间，不能推进时钟。",
                "This deployment runs on real time; its clock cannot be moved.",
            )
        as_of = body.as_of.astimezone(UTC)
        if as_of < runtime.clock.now():
            raise Problem(
                409,
                "time-goes-forward",
                f"业务时间已到 {runtime.clock.now().isoformat()}，不能倒退。",
                f"Business time stands at {runtime.clock.now().isoformat()} and does not go back.",
            )
        with runtime.hurried():
            return Ticked(as_of=as_of, decided=await runtime.clock_role.tick(as_of))

    @router.post("/clock/settle")
    async def settle(request: Request, principal: Asking, body: Reached) -> Settled:
        """Wait until the service has nothing left to do: its log is sent and read back, no reaction waits, and it has
        read the others up to the offsets that the request names. Asked of one service after the other until no end
        moves, it tells when everything that was caused is done, before time goes on."""
        require(principal, "operator", "auditor")
        runtime = runtime_of(request)
        settling = Settling(runtime.pool, runtime.settings.district, runtime.definition.area, runtime.drained)
        with runtime.hurried():
            standing = await settling.wait(body.reached, body.wait, runtime.signal)
        events = {event for reaction in runtime.definition.reactions for event in reaction.events}
        reacts_to = {event.partition(".")[0] for event in events if not event.endswith(".PeriodClosed")}
        return Settled(settled=standing.settled, ends=standing.ends, reacts_to=sorted(reacts_to))

    @router.get("/log/heads")
    async def log_heads(
        request: Request,
        principal: Asking,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    ) -> LogPage:
        """Stream, version and hash of every event in the owner's log, page by page: what verification compares."""
        require(principal, "operator", "auditor")
        async with runtime_of(request).pool.connection() as connection:
            rows = await (await connection.execute(_HEADS, (after, limit), binary=True)).fetchall()
        entries = [LogEntry(position=p, stream=s, version=v, hash=bytes(h).hex()) for p, s, v, h in rows]
        return LogPage(events=entries, next=entries[-1].position if len(entries) == limit else None)

    @router.get("/projections/verify")
    async def verify_projections(request: Request, principal: Asking) -> dict[str, Any]:
        """Compare the read model with a pure replay of the bus up to the same checkpoints."""
        require(principal, "operator", "auditor")
        return await runtime_of(request).compare()

    return router
