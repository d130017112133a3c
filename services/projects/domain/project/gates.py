"""Gates before the formal contract (签约前置程序): what was held, and what a signature still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.gates_rulebook import GatesRulebook
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.checks import check_not_over
from services.projects.domain.project.events import (
    Gate,
    GateHeld,
    GateOutcome,
    GatesCounted,
    GateTakenBack,
)
from services.projects.domain.project.gate_commands import RecordGate, TakeGateBack
from services.projects.domain.project.state import Project, PromiseState
from services.projects.domain.values import ProjectType
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

JOINT = 2
"""So many departments review jointly, at least."""
_WITHDRAWN = PromiseState.WITHDRAWN


def record(command: RecordGate, state: Project) -> Decision:
    """«Projects»: each gate before the contract is an event with its date, body, outcome, number and document. A failed
    one may be held again; the same one recorded again changes nothing."""
    if any(_same(one, command) for one in state.gates):
        return []
    wrong = (
        check_not_over(state)
        or check_date("办理日期", "held_on", command.held_on, command.today)
        or check_hash(command.document_sha256, "document_sha256")
        or check_free_text(body=command.body, reference=command.reference, conditions=command.conditions)
        or _check_departments(command)
        or _check_conditions(command)
        or _check_document(command, state.gates)
    )
    if wrong is not None:
        return wrong
    return [
        GateHeld(
            number=state.gates_recorded + 1,
            gate=command.gate,
            held_on=command.held_on,
            body=command.body,
            departments=command.departments,
            outcome=command.outcome,
            reference=command.reference,
            document_sha256=command.document_sha256,
            conditions=command.conditions,
            recorded_on=command.today,
            recorded_by=command.by,
        )
    ]


def _same(one: GateHeld, command: RecordGate) -> bool:
    facts = (
        "gate", "held_on", "body", "departments", "outcome", "reference", "document_sha256", "conditions",
    )  # fmt: skip
    return all(getattr(one, fact) == getattr(command, fact) for fact in facts)


def _check_departments(command: RecordGate) -> Rejection | None:
    """部门联审 is a review of several departments."""
    if command.gate is not Gate.JOINT_REVIEW or len(set(command.departments)) >= JOINT:
        return None
    return Rejection(
        "joint-review-alone",
        "部门联审须有两个以上部门参加，请列明参加部门。",
        "A joint review is one of two departments or more; name them.",
        field="departments",
    )


def _check_conditions(command: RecordGate) -> Rejection | None:
    """附条件通过 says under what conditions, a failure says why; what has conditions is not passed outright."""
    stated = bool(command.conditions.strip())
    if stated is (command.outcome is not GateOutcome.PASSED):
        return None
    if stated:
        return Rejection(
            "conditions-unfit",
            "写有条件的，结果应为“附条件通过”或“未通过”。",
            "What is passed outright has no conditions; with conditions the outcome is another.",
            field="outcome",
        )
    return Rejection(
        "conditions-missing",
        "附条件通过的须写明条件，未通过的须写明理由。",
        "Name the conditions under which it was passed, or why it failed.",
        field="conditions",
    )


def _check_document(command: RecordGate, held: Iterable[GateHeld]) -> Rejection | None:
    """One document bears out a gate once; a wrong entry is taken back first."""
    used = [one for one in held if one.gate is command.gate and one.document_sha256 == command.document_sha256]
    if not used:
        return None
    return Rejection(
        "gate-document-used",
        f"该文件已登记为本环节第 {used[0].number} 号记录；登记有误的，请先撤回再重新登记。",
        f"The document bears out record {used[0].number} of this gate; take that back first where it is wrong.",
        details={"number": used[0].number},
        status=409,
        field="document_sha256",
    )


def take_back(command: TakeGateBack, state: Project) -> Decision:
    """A wrong entry is taken back by a correcting event, unless a signature or a promise of the
    government rests on it: that is taken back first."""
    found = next((one for one in state.gates if one.number == command.number), None)
    if found is None:
        return Rejection("unknown-gate", "没有该条记录或已撤回。", "There is no such record of a gate.", status=404)
    if found.number in state.gates_in_use:
        return Rejection(
            "gate-in-use",
            "签约或补充协议以该环节为依据，须先更正签约再撤回。",
            "The signature or an amendment rests on this gate; take the stage back first.",
            status=409,
        )
    resting = [one.number for one in state.promises if one.gate == found.number and one.state is not _WITHDRAWN]
    if resting:
        return Rejection(
            "gate-in-use",
            f"第 {'、'.join(map(str, resting))} 条政府承诺以该环节为依据，须先变更其依据或撤销承诺。",
            f"Promises of the government rest on this gate: {', '.join(map(str, resting))}; give them another basis "
            "or withdraw them first.",
            details={"promises": resting},
            status=409,
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [GateTakenBack(found.number, found.gate, command.reason, command.today, command.by)]


def holding(held: Iterable[GateHeld], gate: Gate, by: date) -> GateHeld | None:
    """Of a gate's records up to a day the one that holds: the latest held, of one day the latest recorded."""
    found = [one for one in held if one.gate is gate and one.held_on <= by]
    return max(found, key=lambda one: (one.held_on, one.number), default=None)


def passed(held: Iterable[GateHeld], gate: Gate, by: date) -> GateHeld | None:
    """The record by which the project is through a gate on a day, with or without conditions."""
    found = holding(held, gate, by)
    return None if found is None or found.outcome is GateOutcome.FAILED else found


def check_gates(
    state: Project,
    project_type: ProjectType,
    amount: Decimal,
    signed_on: date,
    rules: GatesRulebook,
    required_from: date | None,
) -> list[GatesCounted] | Rejection:
    """«Projects»: only a formal contract is signed, and before it stand the gates; from the day that the district has
    set on, no signature without them. Before that day they are recorded, and shown as missing."""
    if required_from is None or signed_on < required_from:
        return []
    required = rules.required(project_type, amount)
    found = {gate: passed(state.gates, gate, signed_on) for gate in required}
    missing = [gate for gate, one in found.items() if one is None]
    if not missing:
        numbers = tuple(one.number for one in found.values() if one is not None)
        return [GatesCounted(numbers, signed_on, rules.version, required_from)]
    failed = {gate for gate in missing if holding(state.gates, gate, signed_on) is not None}
    zh = "、".join(rules.names[gate].zh + ("（未通过）" if gate in failed else "") for gate in missing)
    en = ", ".join(rules.names[gate].en + (" (failed)" if gate in failed else "") for gate in missing)
    return Rejection(
        "gates-missing",
        f"{required_from} 起签约前须完成前置程序，尚缺：{zh}。",
        f"From {required_from} on a contract is signed after its gates; missing: {en}.",
        rule=rules.version,
        details={
            "missing": [
                {"gate": str(gate), "zh": rules.names[gate].zh, "en": rules.names[gate].en, "failed": gate in failed}
                for gate in missing
            ]
        },
    )
