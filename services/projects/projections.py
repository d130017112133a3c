"""How events of leads and projects become rows; other themes are included. What a handler writes follows from its event
alone."""

from __future__ import annotations

from typing import Any

from services.projects import tables as t
from services.projects.baseline_projections import baseline_projections
from services.projects.contract_projections import contract_projections
from services.projects.deciders import COMPANY_GROUPS, ENTERPRISE, LEAD, PROBLEM, PROCEDURE, PROJECT
from services.projects.document_projections import document_projections
from services.projects.domain.parties import party_key
from services.projects.domain.values import ALIVE, STAGES, Light, Party, Stage, Status
from services.projects.enterprise_projections import enterprise_projections
from services.projects.funds_projections import funds_projections
from services.projects.gate_projections import gate_projections
from services.projects.problem_projections import problem_projections
from services.projects.procedure_projections import procedure_projections
from services.projects.promise_projections import promise_projections
from services.projects.protection_projections import protection_projections
from services.projects.roster_projections import roster_projections
from services.projects.total_tables import metadata as metadata_with_totals
from services.projects.transfer_projections import transfer_projections
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import tell

projections = Projections(
    metadata_with_totals,
    version=10,
    include=[
        roster_projections,
        funds_projections,
        protection_projections,
        enterprise_projections,
        transfer_projections,
        gate_projections,
        contract_projections,
        promise_projections,
        procedure_projections,
        problem_projections,
        document_projections,
        baseline_projections,
    ],
)

_TOLD = (LEAD, PROJECT, ENTERPRISE, COMPANY_GROUPS, PROCEDURE, PROBLEM)
_OWN = tuple(dict.fromkeys(f"projects.{event.__name__}" for decider in _TOLD for event in decider.events))


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


@projections.on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    data = dict(event.data)
    investor, referrer = data.pop("investor"), data.pop("referred_by")
    rows.put(
        t.lead,
        **{key: data[key] for key in data if key != "group"},
        group_id=data["group"],
        found_by=data["finder"],
        found_group=data["group"],
        investor_name=investor["name"],
        investor_code=investor["code"],
        investor_id=investor["id"],
        investor_key=party_key(Party(investor["name"], investor["code"])),
        referred_by=referrer["name"] if referrer else None,
        status="registered",
    )
    tell(rows, t.lead_text, title=data["title"], investor=investor["name"])


@projections.on("projects.LeadQualified")
def lead_qualified(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="qualified", qualified_on=event.data["qualified_on"])


@projections.on("projects.LeadClosed")
def lead_closed(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="closed", closed_on=event.data["closed_on"], closed_reason=event.data["reason"])


@projections.on("projects.LeadConverted")
def lead_converted(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="converted", project=event.data["project"])


@projections.on("projects.InvestorIdentified")
def investor_identified(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, investor_id=event.data["enterprise"])


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
        investor_id=data["investor"]["id"],
        stage=Stage.NEGOTIATING.value,
        status=Status.ACTIVE.value,
        status_since=data["opened_on"],
        light=Light.GREEN.value,
        light_since=data["opened_on"],
        light_reasons=[],
    )
    tell(rows, t.project_text, name=data["name"], investor=data["investor"]["name"])


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
    if data["status"] in ALIVE and data["previous"] not in ALIVE:
        rows.set(t.project, resumed_on=data["since"])


@projections.on("projects.ProjectStalled")
def stalled(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, stalled_since=event.data["since"])


@projections.on("projects.StallEnded")
def stall_ended(_: Recorded, rows: Changes) -> None:
    rows.set(t.project, stalled_since=None)


@projections.on("projects.LightChanged")
def light_changed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project, light=data["light"], light_since=data["as_of"], light_reasons=plain(data["reasons"]))


@projections.on("projects.TalkRecorded", "projects.ProjectTalkRecorded")
def talk_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("held_on", "place", "summary", "sha256", "recorded_by", "recorded_on")}
    rows.put(t.talk, data["talk"], **kept)
    rows.set(t.lead if event.name == "TalkRecorded" else t.project, talked_on=data["latest_on"])


@projections.on("projects.CompanyRegistered")
def company_registered(event: Recorded, rows: Changes) -> None:
    company = event.data["company"]
    rows.set(
        t.project, company_name=company["name"], company_code=company["code"], company_on=event.data["registered_on"]
    )
    tell(rows, t.project_text, company=company["name"])


@projections.on("projects.ProjectCodeAssigned")
def code_assigned(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, project_code=event.data["code"], code_on=event.data["assigned_on"])
    tell(rows, t.project_text, code=event.data["code"])


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
    rows.set(t.project, filed_on=data["filed_on"])


@projections.on("projects.EvidenceWithdrawn")
def evidence_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(t.evidence, event.data["kind"], event.data["sha256"], withdrawn=True)


@projections.on("projects.IntentSigned")
def intent_signed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.intent, data["sha256"], **{key: data[key] for key in ("kind", "title", "signed_on", "amount")})
    rows.set(t.project, intent_on=data["signed_on"])
