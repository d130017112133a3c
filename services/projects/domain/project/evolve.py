"""How each event changes a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.projects.domain.project import events as e
from services.projects.domain.project.state import BaselineStanding, Claim, Project, Promise, PromiseState
from services.projects.domain.values import ALIVE, Proof, Stage, Status


def evolve(state: Project, event: Any) -> Project:
    """The project after the event; an event that it does not know leaves it as it is."""
    match event:
        case e.ProjectOpened():
            return Project(opened=event, status_since=event.opened_on, progress={"opened": event.opened_on})
        case e.ProjectBaselined() | e.BaselineApproved() | e.BaselineRejected():
            return _baseline(state, event)
        case e.EvidenceFiled():
            filed = (*state.filed, Proof(event.kind, event.sha256))
            return replace(_progressed(state, "filed", event.filed_on), filed=filed)
        case e.EvidenceWithdrawn():
            gone = Proof(event.kind, event.sha256)
            return replace(state, filed=tuple(proof for proof in state.filed if proof != gone))
        case e.AgreedDateSet():
            return replace(state, agreed={**state.agreed, event.stage: event.agreed_on})
        case e.IntentSigned():
            signed = _progressed(state, "intent", event.signed_on)
            return replace(signed, intents=(*state.intents, event.sha256))
        case e.CompanyRegistered():
            return replace(_progressed(state, "company", event.registered_on), company=event.company)
        case e.ProjectCodeAssigned():
            return replace(_progressed(state, "code", event.assigned_on), code=event.code)
        case e.StatusChanged():
            return _status(state, event)
        case e.CreditShared():
            return replace(state, shares={**state.shares, (event.cohort, event.indicator): event})
        case e.StageCorrected():
            return _corrected(state, event)
        case e.ProjectTalkRecorded():
            return replace(_progressed(state, "talk", event.latest_on), talks=event.talk)
        case e.ProjectStalled():
            return replace(state, stall=event)
        case e.StallEnded():
            return replace(state, stall=None)
        case e.LightChanged():
            return replace(state, light=event.light)
        case e.FundsClaimed() | e.FundsChecked() | e.FundsRecognised() | e.FundsReversed():
            return _funds(state, event)
        case e.PromiseMade():
            return replace(state, promises=(*state.promises, _made(event)))
        case e.PromiseAmended() | e.PromiseFulfilled() | e.PromiseBroken() | e.PromiseWithdrawn() | e.PromiseOverdue():
            return replace(state, promises=tuple(_promise(one, event) for one in state.promises))
        case e.GateHeld() | e.GateTakenBack() | e.GatesCounted():
            return _gates(state, event)
        case e.ContractAmended() | e.StatisticsRecorded() | e.StatisticsCorrected():
            return _contract(state, event)
        case e.ExtensionDeclared() | e.ExtensionAdded() | e.ExtensionWithdrawn() | e.ExtensionRemoved():
            return _extension(state, event)
        case _:
            return _stage(state, event)


def _baseline(state: Project, event: Any) -> Project:
    """What a ledger said holds as if it had happened here; its progress counts from the day it was taken over."""
    match event:
        case e.ProjectBaselined():
            reached = {one.stage: one.on for one in event.reached}
            return Project(
                opened=_taken_over(event),
                stage=event.stage,
                status=event.status,
                status_since=reached[event.stage],
                reached=reached,
                proofs=dict.fromkeys(reached, ()),
                contract_amount=event.contract_amount,
                landing_unit=event.landing_unit,
                progress={"opened": event.baselined_on},
                baseline=event,
                baseline_standing=BaselineStanding.PENDING,
                baselined_stages=frozenset(reached),
            )
        case e.BaselineApproved():
            return replace(state, baseline_standing=BaselineStanding.APPROVED)
        case _:
            return replace(
                state,
                baseline_standing=BaselineStanding.REJECTED,
                status=Status.TERMINATED,
                status_since=event.rejected_on,
            )


def _taken_over(event: e.ProjectBaselined) -> e.ProjectOpened:
    """What the rules ask of every project's opening; of old there was no lead."""
    return e.ProjectOpened(
        lead="",
        name=event.name,
        project_type=event.project_type,
        content=event.content,
        investor=event.investor,
        origin=event.origin,
        origin_place=event.origin_place,
        industry=event.industry,
        group=event.group,
        finder=event.finder,
        opened_on=event.baselined_on,
        opened_by=event.baselined_by,
        industry_code=event.industry_code,
        planned_investment=event.planned_investment,
    )


def _contract(state: Project, event: Any) -> Project:
    match event:
        case e.ContractAmended():
            return replace(
                state,
                contract_amount=event.amount,
                amendments=(*state.amendments, event),
                amendments_made=event.amendment,
                content_amended=event.content or state.content_amended,
            )
        case _:
            return replace(state, statistics={**state.statistics, event.month: event.amount})


def _extension(state: Project, event: Any) -> Project:
    match event:
        case e.ExtensionDeclared():
            return replace(state, extends=event.base)
        case e.ExtensionWithdrawn():
            return replace(state, extends=None)
        case e.ExtensionAdded():
            return replace(state, extensions=(*state.extensions, event.extension))
        case _:
            return replace(state, extensions=tuple(one for one in state.extensions if one != event.extension))


def _progressed(state: Project, kind: str, on: date) -> Project:
    return replace(state, progress={**state.progress, kind: on})


def _status(state: Project, event: e.StatusChanged) -> Project:
    """A project that is taken up again has moved; one that is only called delayed has not."""
    changed = replace(state, status=event.status, status_since=event.since)
    resumed = event.status in ALIVE and event.previous not in ALIVE
    return _progressed(changed, "resumed", event.since) if resumed else changed


def _gates(state: Project, event: Any) -> Project:
    match event:
        case e.GateHeld():
            held = replace(state, gates=(*state.gates, event), gates_recorded=event.number)
            return _progressed(held, "gate", event.recorded_on)
        case e.GateTakenBack():
            return replace(state, gates=tuple(one for one in state.gates if one.number != event.number))
        case _:
            return replace(state, gates_counted=event.gates)


def _made(event: e.PromiseMade) -> Promise:
    return Promise(
        number=event.promise,
        party=event.party,
        kind=event.kind,
        text=event.text,
        due=event.due,
        clause=event.clause,
        value=event.value,
        unit=event.unit,
        gate=event.gate,
        basis_sha256=event.basis_sha256,
    )


_ENDS = {
    e.PromiseFulfilled: PromiseState.FULFILLED,
    e.PromiseBroken: PromiseState.BROKEN,
    e.PromiseWithdrawn: PromiseState.WITHDRAWN,
    e.PromiseOverdue: PromiseState.OVERDUE,
}


def _promise(one: Promise, event: Any) -> Promise:
    """An overdue promise with another due date is open again."""
    if one.number != event.promise:
        return one
    if not isinstance(event, e.PromiseAmended):
        return replace(one, state=_ENDS[type(event)])
    holds = ("text", "due", "clause", "value", "unit", "gate", "basis_sha256")
    state = one.state if event.due == one.due else PromiseState.OPEN
    return replace(one, **{name: getattr(event, name) for name in holds}, state=state)


def _stage(state: Project, event: Any) -> Project:
    match event:
        case e.NegotiationStarted():
            return _reached(state, Stage.NEGOTIATING, event.started_on, event.evidence)
        case e.ProjectSigned():
            signed = _reached(state, Stage.SIGNED, event.signed_on, event.evidence)
            return replace(signed, contract_amount=event.amount)
        case e.ProjectLanded():
            landed = _reached(state, Stage.LANDED, event.landed_on, event.evidence)
            return replace(landed, landing_unit=event.landing_unit)
        case e.ConstructionStarted():
            return _reached(state, Stage.STARTED, event.started_on, event.evidence)
        case e.ProductionStarted():
            return _reached(state, Stage.IN_PRODUCTION, event.started_on, event.evidence)
        case e.CapacityReached():
            return _reached(state, Stage.AT_CAPACITY, event.reached_on, event.evidence)
        case _:
            return state


def _reached(state: Project, stage: Stage, on: date, evidence: tuple[Proof, ...]) -> Project:
    return replace(state, stage=stage, reached={**state.reached, stage: on}, proofs={**state.proofs, stage: evidence})


def _corrected(state: Project, event: e.StageCorrected) -> Project:
    kept = event.to_stage.rank

    def until(of: Mapping[Stage, Any]) -> dict[Stage, Any]:
        return {stage: value for stage, value in of.items() if stage.rank <= kept}

    void = {(one.cohort, one.indicator) for one in event.void_shares}
    return replace(
        state,
        stage=event.to_stage,
        reached=until(state.reached),
        proofs=until(state.proofs),
        contract_amount=state.contract_amount if kept >= Stage.SIGNED.rank else None,
        amendments=state.amendments if kept >= Stage.SIGNED.rank else (),
        content_amended=state.content_amended if kept >= Stage.SIGNED.rank else None,
        landing_unit=state.landing_unit if kept >= Stage.LANDED.rank else None,
        shares={key: shared for key, shared in state.shares.items() if key not in void},
        gates_counted=state.gates_counted if kept >= Stage.SIGNED.rank else (),
        baselined_stages=frozenset(stage for stage in state.baselined_stages if stage.rank <= kept),
    )


def _funds(state: Project, event: Any) -> Project:
    match event:
        case e.FundsClaimed():
            claim = Claim(
                number=event.claim,
                claimant=event.claimant,
                claimed_by=event.claimed_by,
                claimed=event.amount,
                month=event.month,
                vouchers=tuple(voucher.sha256 for voucher in event.vouchers),
                referee=event.referee,
            )
            return replace(_progressed(state, "funds", event.claimed_on), claims=(*state.claims, claim))
        case e.FundsChecked():
            return _changed(_progressed(state, "funds", event.checked_on), event.claim, checked=event.amount)
        case e.FundsRecognised():
            return _changed(_progressed(state, "funds", event.recognised_on), event.claim, recognised=event.amount)
        case _:
            before = state.claim(event.claim)
            recognised = None if before is None or before.recognised is None else event.recognised_left
            return _changed(state, event.claim, checked=event.checked_left, recognised=recognised)


def _changed(state: Project, number: int, **changes: Any) -> Project:
    claims = (replace(one, **changes) if one.number == number else one for one in state.claims)
    return replace(state, claims=tuple(claims))
