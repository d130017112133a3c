"""How events become rows. A handler writes what follows from its event alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.projects import tables as t
from services.projects.deciders import DECIDERS
from services.projects.domain.project.state import ZERO
from services.projects.domain.values import STAGES, Stage, Status
from sevenx.district.posts import posts
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

roster_posts = posts(t.metadata)
projections = Projections(t.metadata, version=1, include=[roster_posts.projections])

_OWN = tuple(f"projects.{event.__name__}" for decider in DECIDERS for event in decider.events)


@projections.on(*_OWN)
def told(event: Recorded, rows: Changes) -> None:
    meta = event.meta
    rows.put(
        t.timeline,
        event.version,
        event=event.name,
        occurred_at=meta.occurred_at,
        recorded_at=meta.recorded_at,
        actor=meta.actor,
        data=plain(event.data),
    )


def plain(value: Any) -> Any:
    """A field's value as JSON has it: amounts and dates as text."""
    match value:
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


@projections.on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    data = dict(event.data)
    investor, referrer = data.pop("investor"), data.pop("referred_by")
    rows.put(
        t.lead,
        **{key: data[key] for key in data if key != "group"},
        group_id=data["group"],
        investor_name=investor["name"],
        investor_code=investor["code"],
        investor_id=investor["id"],
        referred_by=referrer["name"] if referrer else None,
        status="registered",
    )


@projections.on("projects.LeadQualified")
def lead_qualified(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="qualified", qualified_on=event.data["qualified_on"])


@projections.on("projects.LeadClosed")
def lead_closed(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="closed", closed_on=event.data["closed_on"], closed_reason=event.data["reason"])


@projections.on("projects.LeadConverted")
def lead_converted(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="converted", project=event.data["project"])


@projections.on("projects.ProjectOpened")
def project_opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = (
        "lead", "name", "project_type", "content", "origin", "origin_place", "industry", "industry_code", "finder",
        "planned_investment", "opened_on",
    )  # fmt: skip
    rows.put(
        t.project,
        **{key: data[key] for key in same},
        group_id=data["group"],
        investor_name=data["investor"]["name"],
        investor_code=data["investor"]["code"],
        stage=Stage.NEGOTIATING.value,
        status=Status.ACTIVE.value,
        status_since=data["opened_on"],
    )


_STAGE_EVENTS = {
    "NegotiationStarted": (Stage.NEGOTIATING, "started_on"),
    "ProjectSigned": (Stage.SIGNED, "signed_on"),
    "ProjectLanded": (Stage.LANDED, "landed_on"),
    "ConstructionStarted": (Stage.STARTED, "started_on"),
    "ProductionStarted": (Stage.IN_PRODUCTION, "started_on"),
    "CapacityReached": (Stage.AT_CAPACITY, "reached_on"),
}


@projections.on(*(f"projects.{name}" for name in _STAGE_EVENTS))
def stage_reached(event: Recorded, rows: Changes) -> None:
    stage, field = _STAGE_EVENTS[event.name]
    data = event.data
    rows.put(
        t.project_stage,
        stage.value,
        reached_on=data[field],
        agreed_on=data.get("agreed_on"),
        rulebook=data["rulebook"],
        evidence=plain(data["evidence"]),
        recorded_by=data["recorded_by"],
    )
    rows.set(t.project, stage=stage.value, stage_since=data[field])


@projections.on("projects.ProjectSigned")
def project_signed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, contract_number=event.data["contract_number"], contract_amount=event.data["amount"])


@projections.on("projects.ProjectLanded")
def project_landed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, landing_unit=event.data["landing_unit"])


@projections.on("projects.StageCorrected")
def stage_corrected(event: Recorded, rows: Changes) -> None:
    """What the stages that were taken back had settled no longer holds."""
    kept = Stage(event.data["to_stage"])
    for stage in STAGES[kept.rank + 1 : Stage(event.data["from_stage"]).rank + 1]:
        rows.delete(t.project_stage, stage.value)
    for shares in event.data["void_shares"]:
        rows.delete(t.credit, shares["cohort"], shares["indicator"])
    changed: dict[str, Any] = {"stage": kept.value, "stage_since": event.data["holds_since"]}
    if kept.rank < Stage.LANDED.rank:
        changed["landing_unit"] = None
    if kept.rank < Stage.SIGNED.rank:
        changed |= {"contract_number": None, "contract_amount": None}
    rows.set(t.project, **changed)


@projections.on("projects.StatusChanged")
def status_changed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project, status=data["status"], status_since=data["since"], status_reason=data["reason"])


@projections.on("projects.CompanyRegistered")
def company_registered(event: Recorded, rows: Changes) -> None:
    company = event.data["company"]
    rows.set(
        t.project, company_name=company["name"], company_code=company["code"], company_on=event.data["registered_on"]
    )


@projections.on("projects.ProjectCodeAssigned")
def code_assigned(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, project_code=event.data["code"])


@projections.on("projects.AgreedDateSet")
def date_agreed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("agreed_on", "previous", "reason", "set_on")}
    rows.put(t.agreed_date, data["stage"], **kept)


@projections.on("projects.EvidenceFiled")
def evidence_filed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("title", "dated", "filed_on", "filed_by", "filed_for")}
    rows.put(t.evidence, data["kind"], data["sha256"], **kept, withdrawn=False)


@projections.on("projects.EvidenceWithdrawn")
def evidence_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(t.evidence, event.data["kind"], event.data["sha256"], withdrawn=True)


@projections.on("projects.IntentSigned")
def intent_signed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.intent, data["sha256"], **{key: data[key] for key in ("kind", "title", "signed_on", "amount")})


@projections.on("projects.FundsClaimed")
def funds_claimed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("claimant", "claimed_by", "month", "claimed_on", "referee", "note")}
    rows.put(
        t.funds_claim, data["claim"], **kept, claimed=data["amount"], step="claimed", checked=ZERO, recognised=ZERO
    )
    for one in data["vouchers"]:
        shown = {key: one[key] for key in ("number", "amount", "paid_on", "payer")}
        rows.put(t.voucher, data["claim"], one["sha256"], **shown)


@projections.on("projects.FundsChecked")
def funds_checked(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        t.funds_claim,
        data["claim"],
        step="checked",
        first_checked=data["amount"],
        checked=data["amount"],
        checked_on=data["checked_on"],
        check_reason=data["reason"],
    )


@projections.on("projects.FundsRecognised")
def funds_recognised(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        t.funds_claim,
        data["claim"],
        step="recognised",
        recognised=data["amount"],
        recognised_on=data["recognised_on"],
        excess_note=data["excess_note"],
    )


@projections.on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.funds_claim, data["claim"], checked=data["checked_left"], recognised=data["recognised_left"])


@projections.on("projects.CreditShared")
def credit_shared(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("basis", "reason", "shared_on")}
    rows.put(t.credit, data["cohort"], data["indicator"], shares=plain(data["shares"]), **kept)


@projections.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit, **{key: event.data[key] for key in ("zh", "en", "kind")})


@projections.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit, zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(t.work_group, **{key: event.data[key] for key in ("number", "zh", "en")})


@projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    rows.put(t.industry, event.data["industry"], **{key: event.data[key] for key in ("zh", "en", "indicator")})


@projections.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    rows.put(t.setting, event.data["key"], value=event.data["value"])
