"""A project's way: 洽谈 签约 落地 开工 投产 达产, and the correction of a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Conversion, Proof, Stage
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class NegotiationStarted:
    """洽谈: the first substantive talk, proved by minutes or by the investor's confirmation."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    """Version of the evidence rulebook that was satisfied."""


@dataclass(frozen=True, slots=True)
class ProjectSigned:
    """签约: the formal contract (正式合同) was signed. `amount` is in yuan; `conversion` says how, if it was another
    currency."""

    contract_number: str
    contract_title: str
    contract_sha256: str
    amount: Money
    signed_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    conversion: Conversion | None = None
    extends: str | None = None
    """The project whose extension (增资) it is: the amount is the increment, and it counts as no project of its own."""


@dataclass(frozen=True, slots=True)
class ProjectLanded:
    """落地, at exactly one landing unit (clause 二(一))."""

    landing_unit: str
    landed_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    """The date that had been agreed for this stage, against which it is judged."""
    extends: str | None = None


@dataclass(frozen=True, slots=True)
class ConstructionStarted:
    """开工, or what the rulebook puts in its place where nothing is built."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    extends: str | None = None


@dataclass(frozen=True, slots=True)
class ProductionStarted:
    """投产, or opening for business."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    extends: str | None = None


@dataclass(frozen=True, slots=True)
class CapacityReached:
    """达产: the capacity promised in the contract."""

    reached_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    extends: str | None = None


@dataclass(frozen=True, slots=True)
class SharesOf:
    """Which shares: of one cohort (`units` or `groups`) in one indicator (`all` unless decided apart)."""

    cohort: str
    indicator: str


@dataclass(frozen=True, slots=True)
class StageCorrected:
    """A stage was entered wrongly and is taken back. What the later stages had settled no longer holds: their dates,
    the landing unit (below `landed`), the contract (below `signed`) and the shares named in `void_shares`."""

    from_stage: Stage
    to_stage: Stage
    reason: str
    corrected_on: date
    corrected_by: str
    void_shares: tuple[SharesOf, ...] = ()
    holds_since: date | None = None
    """When `to_stage`, which holds again, had been reached."""
    void_amendments: tuple[int, ...] = ()
    """Amendments of a signature that is taken back: they no longer hold."""
    content: str | None = None
    """建设内容 that holds again, where amendments had changed it."""
