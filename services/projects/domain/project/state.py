"""What a project's rules need to know of its past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.projects.domain.project.events import (
    ContractAmended,
    CreditShared,
    GateHeld,
    MissingEvidence,
    ProjectBaselined,
    ProjectOpened,
    ProjectStalled,
    PromiseKind,
    PromiseParty,
)
from services.projects.domain.values import Light, Party, Proof, Referee, Stage, Status

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of funds in place. `checked` and `recognised` are what is left of it after reversals; None before the
    step was taken. Always recognised <= checked <= claimed."""

    number: int
    claimant: str
    claimed_by: str
    claimed: Decimal
    month: str
    vouchers: tuple[str, ...]
    """SHA-256 of each."""
    referee: Referee
    checked: Decimal | None = None
    recognised: Decimal | None = None

    @property
    def live(self) -> bool:
        """Whether it still counts, or may still come to count."""
        return self.checked is None or self.checked > ZERO


class PromiseState(StrEnum):
    """履行中 已逾期 已兑现 已违约 已撤销."""

    OPEN = "open"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """An entry of the ledger, as it holds now."""

    number: int
    party: PromiseParty
    kind: PromiseKind
    text: str
    due: date
    clause: str
    value: Decimal | None
    unit: str | None
    gate: int | None
    basis_sha256: str | None
    state: PromiseState = PromiseState.OPEN

    @property
    def live(self) -> bool:
        """Whether it is still to be kept."""
        return self.state in (PromiseState.OPEN, PromiseState.OVERDUE)


class BaselineStanding(StrEnum):
    """Of a project of the old ledgers: 待审定 已审定 未通过."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Project:
    """A project. `opened` is None until it exists."""

    opened: ProjectOpened | None = None
    stage: Stage = Stage.NEGOTIATING
    status: Status = Status.ACTIVE
    status_since: date | None = None
    reached: Mapping[Stage, date] = field(default_factory=dict)
    """When each stage that holds was reached."""
    proofs: Mapping[Stage, tuple[Proof, ...]] = field(default_factory=dict)
    """The documents on which each stage that holds rests."""
    filed: tuple[Proof, ...] = ()
    agreed: Mapping[Stage, date] = field(default_factory=dict)
    intents: tuple[str, ...] = ()
    contract_amount: Decimal | None = None
    """The amount in force, yuan."""
    amendments: tuple[ContractAmended, ...] = ()
    """Those that hold."""
    amendments_made: int = 0
    content_amended: str | None = None
    """建设内容, where an amendment has changed it."""
    extends: str | None = None
    """The project whose extension it is."""
    extensions: tuple[str, ...] = ()
    """The projects that extend it."""
    statistics: Mapping[str, Decimal] = field(default_factory=dict)
    """By month the fixed-asset investment that statistics count, yuan."""
    landing_unit: str | None = None
    company: Party | None = None
    code: str | None = None
    claims: tuple[Claim, ...] = ()
    shares: Mapping[tuple[str, str], CreditShared] = field(default_factory=dict)
    """By cohort and indicator."""
    progress: Mapping[str, date] = field(default_factory=dict)
    """The latest day of each kind of progress beside the stages: `opened`, `filed`, `intent`, `company`, `code`,
    `funds`, `talk`, `resumed`, `gate`."""
    talks: int = 0
    stall: ProjectStalled | None = None
    """The standstill that holds."""
    light: Light = Light.GREEN
    gates: tuple[GateHeld, ...] = ()
    """The gates that were held, without those that were taken back."""
    gates_recorded: int = 0
    gates_counted: tuple[int, ...] = ()
    """Numbers of the gates on which the signature rests."""
    promises: tuple[Promise, ...] = ()
    baseline: ProjectBaselined | None = None
    """What an old ledger said of it, where it comes from one (历史台账)."""
    baseline_standing: BaselineStanding | None = None
    baselined_stages: frozenset[Stage] = frozenset()
    """The stages that hold by the ledger and not by evidence."""

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """待补: what the stages that hold by an old ledger still lack."""
        if self.baseline is None:
            return ()
        kinds = {proof.kind for proof in self.filed}
        return tuple(
            one for one in self.baseline.missing if one.stage in self.baselined_stages and kinds.isdisjoint(one.any_of)
        )

    @property
    def waits_for_approval(self) -> bool:
        """Whether an old ledger's project is not approved (yet): nothing is judged of it."""
        return self.baseline is not None and self.baseline_standing is not BaselineStanding.APPROVED

    @property
    def funds_of_old(self) -> Decimal:
        """Funds that an old ledger says were recognised, yuan; no new credit."""
        return (self.baseline and self.baseline.baselined_funds) or ZERO

    @property
    def gates_in_use(self) -> frozenset[int]:
        """Numbers of the gates on which the signature or an amendment rests."""
        return frozenset(self.gates_counted).union(*(one.gates for one in self.amendments))

    @property
    def progress_on(self) -> date:
        """The day of the latest progress of any kind."""
        return max(*self.progress.values(), self.reached.get(self.stage, date.min), date.min)

    @property
    def recognised(self) -> Decimal:
        """Confirmed funds in place, yuan."""
        return sum((claim.recognised or ZERO for claim in self.claims), ZERO)

    @property
    def checked(self) -> Decimal:
        """First-checked funds in place, yuan."""
        return sum((claim.checked or ZERO for claim in self.claims), ZERO)

    def claim(self, number: int) -> Claim | None:
        """The claim of this number, or None."""
        return self.claims[number - 1] if 0 < number <= len(self.claims) else None

    def promise(self, number: int) -> Promise | None:
        """The promise of this number, or None."""
        return self.promises[number - 1] if 0 < number <= len(self.promises) else None
