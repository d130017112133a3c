"""The way of a project: 洽谈 签约 落地 开工 投产 达产, one after the other, each with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.exchange import amount_of, check_contract_rate
from services.projects.domain.identity import check_free_text, check_industry_code, check_party
from services.projects.domain.project.checks import LANDING_KINDS, check_agreed_order, check_alive, check_positive
from services.projects.domain.project.commands import (
    AdvanceCommand,
    CorrectStage,
    Land,
    OpenProject,
    ReachCapacity,
    Sign,
    StartConstruction,
    StartProduction,
)
from services.projects.domain.project.credit import default_shares
from services.projects.domain.project.dates import agreed_dates
from services.projects.domain.project.events import (
    CapacityReached,
    ConstructionStarted,
    NegotiationStarted,
    ProductionStarted,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    SharesOf,
    StageCorrected,
)
from services.projects.domain.project.evidence import check_stage_evidence, filings
from services.projects.domain.project.gates import check_gates
from services.projects.domain.project.state import Project
from services.projects.domain.values import STAGE_ZH, STAGES, ContractKind, Proof, Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CONTRACT = "formal_contract"
AGREED_AT_SIGNING = STAGES[Stage.LANDED.rank :]
_DAY_OF = {Stage.SIGNED: "signed_on", Stage.LANDED: "landed_on"}
"""How a request calls the day of a stage, where not `on`."""

MakeStageEvent = Callable[[tuple[Proof, ...]], Any]


def open_project(command: OpenProject, state: Project) -> Decision:
    """A project begins with the first substantive talk, proved by minutes or the investor's confirmation (首谈)."""
    if state.opened is not None:
        return Rejection("project-exists", "该编号的项目已存在。", "A project with this number exists.", status=409)
    wrong = (
        check_free_text(name=command.name, content=command.content)
        or check_party(command.investor, command.origin, at="investor")
        or check_industry_code(command.industry_code)
        or check_date("洽谈日期", "started_on", command.started_on, command.today)
    )
    if wrong is not None:
        return wrong
    filed = filings(command.documents, (), command.rulebook, command.today, command.by)
    if isinstance(filed, Rejection):
        return filed
    proofs = tuple(Proof(one.kind, one.sha256) for one in filed)
    lacking = check_stage_evidence(Stage.NEGOTIATING, command.project_type, proofs, command.rulebook)
    if lacking is not None:
        return lacking
    counted = command.rulebook.counted(Stage.NEGOTIATING, command.project_type, proofs)
    started = NegotiationStarted(command.started_on, command.by, counted, command.rulebook.version)
    return [_opened(command), *filed, started]


def _opened(command: OpenProject) -> ProjectOpened:
    return ProjectOpened(
        lead=command.lead,
        name=command.name,
        project_type=command.project_type,
        content=command.content,
        investor=command.investor,
        origin=command.origin,
        origin_place=command.origin_place,
        industry=command.industry,
        group=command.group,
        finder=command.finder,
        opened_on=command.today,
        opened_by=command.by,
        industry_code=command.industry_code,
        planned_investment=command.planned_investment,
        referred_by=command.referred_by,
        parts=command.parts,
    )


def sign(command: Sign, state: Project, opened: ProjectOpened) -> Decision:
    """Only a formal contract (正式合同) is «signed»; with it every stage to come gets its agreed date (三(五))."""
    if command.contract_kind is not ContractKind.FORMAL:
        return Rejection(
            "not-a-formal-contract",
            "只有正式合同才计为签约；意向书、框架协议请另行登记（intents）。",
            "Only a formal contract counts as signed; record a letter of intent or a framework as an intent.",
            details={"contract_kind": str(command.contract_kind)},
            field="contract_kind",
        )
    amount = amount_of(command.amount, command.conversion, command.exchange)
    if isinstance(amount, Rejection):
        return amount
    wrong = (
        check_free_text(contract_title=command.contract_title, contract_number=command.contract_number)
        or check_positive("合同金额", "amount", amount)
        or check_contract_rate(command.conversion, command.signed_on, command.exchange)
    )
    if wrong is not None:
        return wrong
    agreed = {**state.agreed, **dict(command.agreed)}
    unset = [stage for stage in AGREED_AT_SIGNING if stage not in agreed]
    if unset:
        return Rejection(
            "agreed-dates-missing",
            f"签约时须约定各阶段日期，缺少：{'、'.join(STAGE_ZH[stage] for stage in unset)}。",
            f"At signing every stage to come gets an agreed date; missing: {', '.join(unset)}.",
            rule="三（五）",
            details={"missing": [str(stage) for stage in unset]},
            field=f"agreed.{unset[0]}",
        )
    if not_in_order := check_agreed_order({**agreed, Stage.SIGNED: command.signed_on}):
        return not_in_order.within("agreed")
    dates = agreed_dates(command.agreed, state.agreed, command.today, command.by, "")

    def signed(counted: tuple[Proof, ...]) -> ProjectSigned:
        return ProjectSigned(
            contract_number=command.contract_number,
            contract_title=command.contract_title,
            contract_sha256=[proof.sha256 for proof in counted if proof.kind == CONTRACT][-1],
            amount=amount,
            signed_on=command.signed_on,
            recorded_by=command.by,
            evidence=counted,
            rulebook=command.rulebook.version,
            agreed_on=state.agreed.get(Stage.SIGNED),
            conversion=command.conversion,
            extends=state.extends,
        )

    entered = _enter(Stage.SIGNED, command.signed_on, command, state, opened, signed)
    if isinstance(entered, Rejection):
        return entered
    counted = check_gates(state, opened.project_type, amount, command.signed_on, command.gates, command.gates_from)
    return counted if isinstance(counted, Rejection) else [*entered, *counted, *dates]


def land(command: Land, state: Project, opened: ProjectOpened) -> Decision:
    """A landed project has exactly one landing unit, a zone or a sub-district (二(一)); the default ratio then shares
    the credit until it is agreed or decided otherwise."""
    if command.unit_kind not in LANDING_KINDS:
        return Rejection(
            "not-a-landing-unit",
            f"{command.landing_unit} 不是项目落地单位；落地单位为特色商业区、产业集聚区或街道办事处。",
            f"{command.landing_unit} is no landing unit; those are the two zones and the sub-districts.",
            rule="二（一）",
            details={"unit": command.landing_unit, "kind": command.unit_kind},
            field="landing_unit",
        )
    shares = default_shares(command, opened)
    if isinstance(shares, Rejection):
        return shares

    def landed(counted: tuple[Proof, ...]) -> ProjectLanded:
        return ProjectLanded(
            landing_unit=command.landing_unit,
            landed_on=command.landed_on,
            recorded_by=command.by,
            evidence=counted,
            rulebook=command.rulebook.version,
            agreed_on=state.agreed.get(Stage.LANDED),
            extends=state.extends,
        )

    entered = _enter(Stage.LANDED, command.landed_on, command, state, opened, landed)
    return entered if isinstance(entered, Rejection) else [*entered, *shares]


def advance(command: AdvanceCommand, state: Project, opened: ProjectOpened) -> Decision:
    """开工, 投产, 达产: 力促落地项目早开工、开工项目早投产 (三(五))."""
    version, by, base = command.rulebook.version, command.by, state.extends
    match command:
        case StartConstruction():
            stage, on = Stage.STARTED, command.started_on
            due = state.agreed.get(stage)
            return _enter(
                stage, on, command, state, opened, lambda p: ConstructionStarted(on, by, p, version, due, base)
            )
        case StartProduction():
            stage, on = Stage.IN_PRODUCTION, command.started_on
            due = state.agreed.get(stage)
            return _enter(stage, on, command, state, opened, lambda p: ProductionStarted(on, by, p, version, due, base))
        case ReachCapacity():
            stage, on = Stage.AT_CAPACITY, command.reached_on
            due = state.agreed.get(stage)
            return _enter(stage, on, command, state, opened, lambda p: CapacityReached(on, by, p, version, due, base))


def _enter(
    stage: Stage,
    on: date,
    command: Sign | Land | AdvanceCommand,
    state: Project,
    opened: ProjectOpened,
    make: MakeStageEvent,
) -> list[Any] | Rejection:
    """The documents that came with the command and the stage's event; or why the stage is not reached."""
    wrong = (
        check_alive(state)
        or _check_next(stage, state)
        or check_date(
            f"{STAGE_ZH[state.stage]}之后的日期",
            _DAY_OF.get(stage, "on"),
            on,
            command.today,
            state.reached[state.stage],
        )
    )
    if wrong is not None:
        return wrong
    filed = filings(command.documents, state.filed, command.rulebook, command.today, command.by)
    if isinstance(filed, Rejection):
        return filed
    proofs = (*state.filed, *(Proof(one.kind, one.sha256) for one in filed))
    lacking = check_stage_evidence(stage, opened.project_type, proofs, command.rulebook)
    if lacking is not None:
        return lacking
    return [*filed, make(command.rulebook.counted(stage, opened.project_type, proofs))]


def _check_next(stage: Stage, state: Project) -> Rejection | None:
    """Stages follow one another; none is left out and none is entered twice."""
    if stage.rank == state.stage.rank + 1:
        return None
    return Rejection(
        "stage-order",
        f"项目当前处于“{STAGE_ZH[state.stage]}”，不能进入“{STAGE_ZH[stage]}”。",
        f"The project is at {state.stage}; it cannot enter {stage} now.",
        details={"stage": str(state.stage), "wanted": str(stage)},
        status=409,
    )


def correct(command: CorrectStage, state: Project, opened: ProjectOpened) -> Decision:
    """A stage is taken back by a correcting event, never by editing. A signature is not taken back while funds count
    on it: they are reversed first."""
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    if wrong is not None:
        return wrong
    if command.to_stage.rank >= state.stage.rank:
        return Rejection(
            "not-an-earlier-stage",
            f"项目当前处于“{STAGE_ZH[state.stage]}”，只能更正到更早的阶段。",
            f"The project is at {state.stage}; a correction takes it back to an earlier stage.",
            field="to_stage",
        )
    counting = [claim.number for claim in state.claims if claim.live]
    if command.to_stage.rank < Stage.SIGNED.rank and counting:
        return Rejection(
            "funds-still-count",
            "签约更正前，须先冲回已申报的到位资金。",
            "Funds still count on the contract; reverse them before the signature is taken back.",
            details={"claims": counting},
            status=409,
        )
    unsigned = command.to_stage.rank < Stage.SIGNED.rank
    if unsigned and state.extensions:
        return Rejection(
            "extensions-rest-on-it",
            f"增资项目 {'、'.join(state.extensions)} 以本项目的签约为基础，须先撤回其增资登记。",
            f"Extensions rest on the signature: {', '.join(state.extensions)}; withdraw them first.",
            details={"extensions": list(state.extensions)},
            status=409,
        )
    void = tuple(SharesOf(*key) for key in sorted(state.shares)) if command.to_stage.rank < Stage.LANDED.rank else ()
    return [
        StageCorrected(
            from_stage=state.stage,
            to_stage=command.to_stage,
            reason=command.reason,
            corrected_on=command.today,
            corrected_by=command.by,
            void_shares=void,
            holds_since=state.reached[command.to_stage],
            void_amendments=tuple(one.amendment for one in state.amendments) if unsigned else (),
            content=opened.content if unsigned and state.content_amended else None,
        )
    ]
