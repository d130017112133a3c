"""Findings (审计疑点): reads with evidence, answers and conclusions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from services.audit import finding_queries as q
from services.audit.deciders import FINDING
from services.audit.domain.finding.commands import AnswerFinding, ConcludeFinding
from services.audit.domain.finding.decide import Finding
from services.audit.domain.finding.events import FindingKind, Outcome
from services.audit.finding_models import (
    FINDING_ID,
    AnswerBody,
    ConcludeFindingBody,
    EvidenceEvent,
    FindingStep,
    FindingSummary,
    FindingView,
    GroupId,
    StreamId,
    UnitId,
)
from services.audit.permissions import READERS
from services.audit.sealing import Sealing
from sevenx.kernel.auth import Principal, Scopes
from sevenx.kernel.bodies import Day
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel
from sevenx.proof.seal_files import seal_folders

FindingId = Annotated[str, Path(pattern=FINDING_ID, examples=["410804-A-0f1e2d3c4b5a6978"])]
_POST = re.compile(
    r"^(unit_head|unit_liaison|liaison|lead_unit_head|group_leader|group_deputy)@(?P<of>[0-9]{6}-[UG]-.+)$"
)
_PLACE = re.compile(r"^(?P<area>[a-z]+)/(?P<stream>[^@]+)@(?P<version>[0-9]+)$")
Place = tuple[str, str, int]


def make_router(sealing: Sealing) -> APIRouter:
    """The routes under `/api/audit/findings`."""
    router = APIRouter(tags=["findings 疑点"])

    @router.get("/findings")
    async def findings(
        principal: Asking,
        reads: ReadModel,
        kind: FindingKind | None = None,
        status: Annotated[str | None, Query(pattern="^(raised|answered|concluded)$")] = None,
        outcome: Outcome | None = None,
        unit: UnitId | None = None,
        group: GroupId | None = None,
        about: Annotated[StreamId | None, Query(description="A project, lead or budget that it is about")] = None,
        since: Day | None = None,
        until: Day | None = None,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
        most: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> list[FindingSummary]:
        """Findings, the newest first. Auditor, supervision office and leaders see all; a unit or group those that
        concern it."""
        rows = await q.find(
            reads,
            kind=kind,
            status=status,
            outcome=outcome,
            unit=unit,
            group=group,
            about=about,
            since=since,
            until=until,
            concerning=None if _sees_all(principal) else _posts(principal),
            offset=offset,
            most=most,
        )
        return [FindingSummary(**_summary(row)) for row in rows]

    @router.get("/findings/{finding_id}")
    async def finding(finding_id: FindingId, principal: Asking, reads: ReadModel) -> FindingView:
        """A finding with its evidence pack (证据包): the events decoded, each with its hash and the seal that holds
        it, and every step."""
        row = await q.one(reads, finding_id)
        if row is None or not (_sees_all(principal) or _posts(principal) & {*row["units"], *row["groups"]}):
            raise Problem(404, "finding-unknown", f"没有疑点 {finding_id}。", f"There is no finding {finding_id}.")
        places = [_place(position) for position in row["evidence"]]
        seals = await asyncio.to_thread(_seals, sealing, places)
        events = {(one["area"], one["stream"], one["version"]): one for one in await q.events_at(reads, places)}
        return FindingView(
            **{**_summary(row), **{name: row[name] for name in FindingView.model_fields if name in row}},
            events=[_event(place, events[place], seals.get(place)) for place in places if place in events],
            steps=[
                FindingStep(**{name: one[name] for name in FindingStep.model_fields})
                for one in await q.steps(reads, finding_id)
            ],
        )

    @router.post("/findings/{finding_id}/answer")
    async def answer(finding_id: FindingId, body: AnswerBody, desk: Commands) -> Answer:
        """A unit or group that the finding concerns explains itself (情况说明)."""
        command = AnswerFinding(desk.today(), body.text, body.unit, body.sha256, desk.principal.subject)

        def concerned(state: Finding) -> Scopes:
            return {"unit": [body.unit], "group": ()} if body.unit else {"unit": state.units, "group": state.groups}

        return await desk.give(FINDING, finding_id, command, concerned)

    @router.post("/findings/{finding_id}/conclude")
    async def conclude(finding_id: FindingId, body: ConcludeFindingBody, desk: Commands) -> Answer:
        """The supervision office concludes (结论): confirmed, explained or dismissed; never by whom it concerns."""
        state: Finding = await desk.state(FINDING, finding_id)
        concerned = bool(_posts(desk.principal) & {*state.units, *state.groups})
        command = ConcludeFinding(desk.today(), body.outcome, body.reason, desk.principal.subject, concerned)
        return await desk.give(FINDING, finding_id, command)

    return router


def _sees_all(principal: Principal) -> bool:
    return any(principal.holds(role, [principal.district]) for role in READERS)


def _posts(principal: Principal) -> set[str]:
    """The units and groups in which somebody holds a post."""
    return {match["of"] for grant in principal.grants if (match := _POST.match(grant))}


def _summary(row: q.Row) -> dict[str, Any]:
    return {"id": row["stream"], **{name: row[name] for name in FindingSummary.model_fields if name in row}}


def _place(position: str) -> Place:
    match = _PLACE.match(position)
    if match is None:
        raise ValueError(f"{position!r} is no position")
    return match["area"], match["stream"], int(match["version"])


def _event(place: Place, row: q.Row, seal: int | None) -> EvidenceEvent:
    area, stream, version = place
    names = ("name", "occurred_at", "recorded_at", "actor", "data")
    said = {name: row[name] for name in names}
    return EvidenceEvent(position=f"{area}/{stream}@{version}", **said, hash=row["hash"].hex(), seal=seal)


def _seals(sealing: Sealing, places: Iterable[Place]) -> dict[Place, int]:
    """The seal that holds each event, by the seals' manifests."""
    wanted = list(places)
    return {
        (area, stream, version): seal.number
        for seal in seal_folders(sealing.folder)
        for span in seal.spans()
        for area, stream, version in wanted
        if (span.area, span.stream) == (area, stream) and span.first <= version <= span.last
    }
