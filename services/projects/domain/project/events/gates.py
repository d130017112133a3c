"""Gates before the formal contract, each with its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Gate(StrEnum):
    """初判 部门联审 合法性审核 公平竞争审查 集体决策, as they mostly follow one another."""

    PRELIMINARY = "preliminary"
    JOINT_REVIEW = "joint_review"
    LEGALITY = "legality"
    FAIR_COMPETITION = "fair_competition"
    COLLECTIVE_DECISION = "collective_decision"


class GateOutcome(StrEnum):
    """通过 附条件通过 未通过."""

    PASSED = "passed"
    CONDITIONAL = "conditional"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GateHeld:
    """A gate before the contract was held: 初判, 部门联审, 合法性审核, 公平竞争审查 or 集体决策. One may be held again;
    of each gate the latest that was not taken back holds. `number` counts within the project: 1, 2, 3 …"""

    number: int
    gate: Gate
    held_on: date
    body: str
    """Who held it, as the document names it."""
    departments: tuple[str, ...]
    """The units that reviewed jointly."""
    outcome: GateOutcome
    reference: str
    """文号 of the document."""
    document_sha256: str
    conditions: str
    """Under what it was passed, or why it failed; empty where it was passed outright."""
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class GateTakenBack:
    """A gate had been recorded by mistake; what was held before it holds again."""

    number: int
    gate: Gate
    reason: str
    corrected_on: date
    corrected_by: str


@dataclass(frozen=True, slots=True)
class GatesCounted:
    """The gates on which a signature rests, where the district demands them."""

    gates: tuple[int, ...]
    """Their numbers."""
    signed_on: date
    rulebook: str
    required_from: date
    """The district's setting as it was."""
