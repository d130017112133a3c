"""Projects: stages, dates, evidence, money, credit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.portal.tables import metadata
from services.portal.tables import projects as t
from sevenx.district.parties import key_of
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import tell

STAGES = ("negotiating", "signed", "landed", "started", "in_production", "at_capacity")
"""洽谈 签约 落地 开工 投产 达产, in this order."""
RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_REACHED = {
    "NegotiationStarted": ("negotiating", "started_on"),
    "ProjectSigned": ("signed", "signed_on"),
    "ProjectLanded": ("landed", "landed_on"),
    "ConstructionStarted": ("started", "started_on"),
    "ProductionStarted": ("in_production", "started_on"),
    "CapacityReached": ("at_capacity", "reached_on"),
}
_SAME = (
    "lead", "name", "project_type", "content", "origin", "origin_place", "industry", "finder", "planned_investment",
    "opened_on",
)  # fmt: skip

projections = Projections(metadata)
_on = projections.on


@_on("projects.ProjectOpened")
def opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        t.project,
        **{key: data[key] for key in _SAME},
        group_id=data["group"],
        investor_name=data["investor"]["name"],
        investor_code=data["investor"]["code"],
        investor_id=data["investor"]["id"],
        investor_key=key_of(data["investor"]["name"], data["investor"]["code"]),
        stage="negotiating",
        status="active",
        status_since=data["opened_on"],
        light="green",
    )
    tell(rows, t.project_text, name=data["name"], investor=data["investor"]["name"])


@_on(*(f"projects.{name}" for name in _REACHED))
def stage_reached(event: Recorded, rows: Changes) -> None:
    stage, field = _REACHED[event.name]
    rows.put(t.project_stage, stage, reached_on=event.data[field], recorded_by=event.data["recorded_by"])
    rows.set(t.project, stage=stage, stage_since=event.data[field])


@_on("projects.ProjectSigned")
def signed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, contract_number=event.data["contract_number"], contract_amount=event.data["amount"])


@_on("projects.ProjectLanded")
def landed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, landing_unit=event.data["landing_unit"])


@_on("projects.StageCorrected")
def stage_corrected(event: Recorded, rows: Changes) -> None:
    """What the stages that were taken back had settled no longer holds."""
    data = event.data
    kept = data["to_stage"]
    for stage in STAGES[RANK[kept] + 1 : RANK[data["from_stage"]] + 1]:
        rows.delete(t.project_stage, stage)
    for shares in data["void_shares"]:
        rows.delete(t.credit, shares["cohort"], shares["indicator"])
    changed: dict[str, Any] = {"stage": kept, "stage_since": data["holds_since"]}
    if RANK[kept] < RANK["landed"]:
        changed["landing_unit"] = None
    if RANK[kept] < RANK["signed"]:
        changed |= {"contract_number": None, "contract_amount": None}
    rows.set(t.project, **changed)


@_on("projects.StatusChanged")
def status_changed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project, status=data["status"], status_since=data["since"], status_reason=data["reason"])


@_on("projects.CompanyRegistered")
def company_registered(event: Recorded, rows: Changes) -> None:
    company = event.data["company"]
    rows.set(
        t.project, company_name=company["name"], company_code=company["code"], company_on=event.data["registered_on"]
    )
    tell(rows, t.project_text, company=company["name"])


@_on("projects.ProjectCodeAssigned")
def code_assigned(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, project_code=event.data["code"])
    tell(rows, t.project_text, code=event.data["code"])


@_on("projects.AgreedDateSet")
def date_agreed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.agreed_date, data["stage"], **{key: data[key] for key in ("agreed_on", "previous", "reason")})


@_on("projects.EvidenceFiled")
def evidence_filed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("title", "dated", "filed_on", "filed_by")}
    rows.put(t.evidence, data["kind"], data["sha256"], **kept, withdrawn=False)


@_on("projects.EvidenceWithdrawn")
def evidence_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(t.evidence, event.data["kind"], event.data["sha256"], withdrawn=True)


@_on("projects.FundsClaimed")
def funds_claimed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("claimant", "month", "claimed_on", "referee", "note")}
    zero = Decimal(0)
    vouchers = [{key: one[key] for key in ("number", "sha256")} for one in data["vouchers"]]
    rows.put(
        t.funds_claim,
        data["claim"],
        **kept,
        vouchers=vouchers,
        claimed=data["amount"],
        step="claimed",
        checked=zero,
        recognised=zero,
    )


@_on("projects.FundsChecked")
def funds_checked(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.funds_claim, data["claim"], step="checked", checked=data["amount"], checked_on=data["checked_on"])


@_on("projects.FundsRecognised")
def funds_recognised(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("recognised_on", "excess_note", "minutes_sha256")}
    rows.set(t.funds_claim, data["claim"], step="recognised", recognised=data["amount"], **kept)


@_on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    data = event.data
    left = {"checked": data["checked_left"], "recognised": data["recognised_left"]}
    rows.set(t.funds_claim, data["claim"], **left, reversed=data["amount"])


@_on("projects.CreditShared")
def credit_shared(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        t.credit,
        data["cohort"],
        data["indicator"],
        shares=plain(data["shares"]),
        basis=data["basis"],
        reason=data["reason"],
    )


@_on("projects.ProjectTalkRecorded")
def talk_recorded(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, talked_on=event.data["latest_on"])


@_on("projects.ProjectStalled")
def stalled(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project, stalled_since=data["since"], stalled_days=data["idle_days"], stall_limit=data["limit_days"])


@_on("projects.StallEnded")
def stall_ended(_: Recorded, rows: Changes) -> None:
    rows.set(t.project, stalled_since=None, stalled_days=None, stall_limit=None)


@_on("projects.LightChanged")
def light_changed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project, light=data["light"], light_as_of=data["as_of"], light_reasons=plain(data["reasons"]))
