"""The ledger of promises (承诺台账): what may be promised, on what basis, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.checks import check_not_over, check_positive
from services.projects.domain.project.events import (
    Gate,
    PromiseAmended,
    PromiseBroken,
    PromiseFulfilled,
    PromiseKind,
    PromiseMade,
    PromiseOverdue,
    PromiseParty,
    PromiseWithdrawn,
)
from services.projects.domain.project.gates import passed
from services.projects.domain.project.promise_commands import (
    AmendPromise,
    BreakPromise,
    FulfilPromise,
    MakePromise,
    PromiseCommand,
    WithdrawPromise,
)
from services.projects.domain.project.state import Project, Promise, PromiseState
from services.projects.domain.values import OVER
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

KINDS = {
    PromiseParty.GOVERNMENT: (PromiseKind.LAND, PromiseKind.AWARD, PromiseKind.PROCEDURE, PromiseKind.OTHER),
    PromiseParty.ENTERPRISE: (
        PromiseKind.INVESTMENT,
        PromiseKind.INTENSITY,
        PromiseKind.TAX,
        PromiseKind.SCHEDULE,
        PromiseKind.JOBS,
        PromiseKind.OTHER,
    ),
}
AT_LEAST = (
    PromiseKind.LAND, PromiseKind.AWARD, PromiseKind.INVESTMENT, PromiseKind.INTENSITY, PromiseKind.TAX,
    PromiseKind.JOBS,
)  # fmt: skip
"""Kinds that are kept by reaching the promised value or more; of days, say, fewer are better."""
STATE_ZH = dict(zip(PromiseState, ("履行中", "已逾期", "已兑现", "已违约", "已撤销"), strict=True))
Basis = tuple[int | None, str | None]
"""Number of the collective decision, SHA-256 of the document."""


def decide_promise(command: PromiseCommand, state: Project) -> Decision:
    """The events that a command on the ledger causes, or why it is refused."""
    if isinstance(command, MakePromise):
        return make(command, state)
    found = state.promise(command.promise)
    if found is None:
        return Rejection("unknown-promise", "没有这条承诺。", "There is no such promise.", status=404)
    if isinstance(command, WithdrawPromise):
        return withdraw(command, found)
    if not found.live:
        return Rejection(
            "promise-closed",
            f"第 {found.number} 条承诺{STATE_ZH[found.state]}；登记有误的，请先撤销再重新登记。",
            f"Promise {found.number} is {found.state}; where that is wrong, withdraw it and enter it anew.",
            details={"state": str(found.state)},
            status=409,
        )
    match command:
        case AmendPromise():
            return amend(command, found, state)
        case FulfilPromise():
            return fulfil(command, found)
        case BreakPromise():
            return broken(command, found)


def make(command: MakePromise, state: Project) -> Decision:
    """«Projects»: promises of the government (land, awards, procedures) and of the enterprise (investment, intensity,
    tax, dates, jobs) form a ledger with due dates."""
    if command.kind not in KINDS[command.party]:
        return Rejection(
            "promise-kind-of-other-party",
            "该类承诺不属于所选承诺方。",
            f"The {command.party} does not promise {command.kind}.",
            details={"kinds": [str(kind) for kind in KINDS[command.party]]},
            field="kind",
        )
    wrong = (
        check_not_over(state)
        or check_free_text(text=command.text, clause=command.clause, unit=command.unit or "")
        or _check_measure(command.value, command.unit)
    )
    if wrong is not None:
        return wrong
    basis = _basis(command.party, command.basis_sha256, None, state, command.today)
    if isinstance(basis, Rejection):
        return basis
    return [
        PromiseMade(
            promise=len(state.promises) + 1,
            party=command.party,
            kind=command.kind,
            text=command.text,
            due=command.due,
            clause=command.clause,
            recorded_on=command.today,
            recorded_by=command.by,
            value=command.value,
            unit=command.unit,
            gate=basis[0],
            basis_sha256=basis[1],
        )
    ]


def _check_measure(value: Decimal | None, unit: str | None) -> Rejection | None:
    """A measurable promise has its value and its unit; one that is not has neither."""
    if value is not None and unit is not None:
        return check_positive("承诺数值", "value", value)
    if value is None and unit is None:
        return None
    return Rejection(
        "promise-measure-incomplete",
        "数值与计量单位须同时填写。",
        "A value needs its unit, and a unit its value.",
        field="unit" if unit is None else "value",
    )


def _basis(
    party: PromiseParty, document: str | None, but: int | None, state: Project, today: date
) -> Basis | Rejection:
    """On what a promise rests. «Auditors»: promises without review or legal basis; so one of the government needs the
    collective decision that was passed (another one than `but`), or the document of its review or legal basis."""
    if document is not None:
        return check_hash(document, "basis_sha256") or (None, document)
    if party is PromiseParty.ENTERPRISE:
        return None, None
    decision = passed(state.gates, Gate.COLLECTIVE_DECISION, today)
    if decision is not None and decision.number != but:
        return decision.number, None
    return Rejection(
        "promise-without-basis",
        "政府承诺须有依据：请先登记已通过的集体决策，或填写审查、法律依据文件的指纹。",
        "A promise of the government needs its basis: record the collective decision that passed it, or name the "
        "document of its review or legal basis.",
        details={"gate": str(Gate.COLLECTIVE_DECISION)},
        field="basis_sha256",
    )


def amend(command: AmendPromise, found: Promise, state: Project) -> Decision:
    """A promise is changed with the reason. Another text or value of the government's rests on a basis of its own."""
    given: dict[str, Any] = {"text": command.text, "due": command.due, "clause": command.clause, "value": command.value}
    given |= {"unit": command.unit, "basis_sha256": command.basis_sha256}
    changed = {name: value for name, value in given.items() if value is not None and value != getattr(found, name)}
    if not changed:
        return []
    after = replace(found, **changed)
    wrong = (
        check_not_over(state)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason, text=after.text, clause=after.clause, unit=after.unit or "")
        or _check_measure(after.value, after.unit)
    )
    if wrong is not None:
        return wrong
    basis: Basis | Rejection = (found.gate, found.basis_sha256)
    if command.basis_sha256 is not None or not changed.keys().isdisjoint(("text", "value", "unit")):
        basis = _basis(found.party, command.basis_sha256, found.gate, state, command.today)
    if isinstance(basis, Rejection):
        return basis
    return [
        PromiseAmended(
            promise=found.number,
            party=found.party,
            kind=found.kind,
            text=after.text,
            due=after.due,
            due_was=found.due,
            clause=after.clause,
            reason=command.reason,
            amended_on=command.today,
            amended_by=command.by,
            value=after.value,
            value_was=found.value,
            unit=after.unit,
            gate=basis[0],
            basis_sha256=basis[1],
        )
    ]


def fulfil(command: FulfilPromise, found: Promise) -> Decision:
    """A promise is kept on a day, on evidence; a measurable one says what was reached."""
    wrong = check_date("兑现日期", "fulfilled_on", command.fulfilled_on, command.today) or check_hash(
        command.evidence_sha256, "evidence_sha256"
    )
    return wrong or _check_reached(command.value, found) or [
        PromiseFulfilled(
            promise=found.number,
            party=found.party,
            kind=found.kind,
            due=found.due,
            fulfilled_on=command.fulfilled_on,
            evidence_sha256=command.evidence_sha256,
            recorded_on=command.today,
            recorded_by=command.by,
            value=command.value,
            unit=found.unit,
        )
    ]  # fmt: skip


def _check_reached(value: Decimal | None, found: Promise) -> Rejection | None:
    if (value is None) is not (found.value is None):
        return Rejection(
            "promise-value-unfit",
            "有数值的承诺须填写实际达到的数值，没有数值的不填。",
            "A measurable promise says what was reached; another one does not.",
            field="value",
        )
    if value is None or found.value is None or found.kind not in AT_LEAST or value >= found.value:
        return None
    return Rejection(
        "promise-not-reached",
        f"承诺 {found.value} {found.unit}，实际仅 {value} {found.unit}；未达到的不计为兑现，可变更承诺或登记违约。",
        f"{found.value} {found.unit} were promised and {value} reached: it is not kept; amend it or record the breach.",
        details={"promised": str(found.value)},
        field="value",
    )


def broken(command: BreakPromise, found: Promise) -> Decision:
    """That a promise will not be kept is said with the reason, before or after its due date."""
    wrong = (
        check_date("违约日期", "broken_on", command.broken_on, command.today)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    return wrong or [
        PromiseBroken(
            promise=found.number,
            party=found.party,
            kind=found.kind,
            due=found.due,
            broken_on=command.broken_on,
            reason=command.reason,
            recorded_on=command.today,
            recorded_by=command.by,
        )
    ]


def withdraw(command: WithdrawPromise, found: Promise) -> Decision:
    """A wrong entry, or a wrong end of one, is withdrawn with the reason and stays in the ledger."""
    if found.state is PromiseState.WITHDRAWN:
        return []
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [PromiseWithdrawn(found.number, found.party, found.kind, command.reason, command.today, command.by)]


def overdue(state: Project, on: date) -> list[PromiseOverdue]:
    """«Projects»: a ledger with due dates. One that has passed is said once, by the clock on the day after it or by the
    command that finds it so; of a lost or terminated project nothing is asked."""
    if state.opened is None or state.status in OVER:
        return []
    return [
        PromiseOverdue(
            promise=one.number,
            party=one.party,
            kind=one.kind,
            due=one.due,
            overdue_on=one.due + timedelta(days=1),
            group=state.opened.group,
            unit=state.landing_unit or state.opened.finder,
        )
        for one in state.promises
        if one.state is PromiseState.OPEN and one.due < on
    ]
