"""The beginnings of the stories that the tests of leads and projects tell. All names are fictional (模拟数据)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.projects.deciders import LEAD, PROJECT
from services.projects.domain.codes import credit_code_check
from services.projects.domain.exchange import Exchange
from services.projects.domain.lead import commands as leads
from services.projects.domain.project import commands as c
from services.projects.domain.project.contract_commands import AmendContract
from services.projects.domain.project.events import Gate, GateOutcome, PromiseKind, PromiseParty, Voucher
from services.projects.domain.project.gate_commands import RecordGate
from services.projects.domain.project.promise_commands import MakePromise
from services.projects.domain.values import (
    Commerce,
    ContractKind,
    Conversion,
    Document,
    LeadSource,
    Origin,
    Party,
    ProjectType,
    Stage,
)
from services.projects.exchange_desk import currencies
from services.projects.rulebooks import evidence_rulebook, gates_rulebook
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

RULES = evidence_rulebook()
GATES = gates_rulebook()
TODAY = date(2026, 7, 20)
"""A Monday."""
EXCHANGE = Exchange(currencies(), 5)
PARITY = "中国人民银行授权公布的人民币汇率中间价（模拟）"
LIAISON, HEAD, CHECKER, OFFICER = "410804-N-a", "410804-N-b", "410804-N-c", "410804-N-d"
GROUP_ONE, GROUP_TWO = "410804-G-1", "410804-G-2"
ZONE, STREET, LEAD_UNIT = "410804-U-industry-zone", "410804-U-macun", "410804-U-development-reform"
COMMERCE = Commerce("410804-U-commerce", (GROUP_TWO,))
BODIES = tuple(
    f"410804-U-{unit}" for unit in ("commerce", "development-reform", "finance", "statistics", "audit", "supervision")
)
PROMISED = (
    (Stage.LANDED, date(2026, 8, 1)),
    (Stage.STARTED, date(2026, 10, 1)),
    (Stage.IN_PRODUCTION, date(2027, 6, 1)),
    (Stage.AT_CAPACITY, date(2028, 6, 1)),
)


def credit_code(number: int) -> str:
    """A well-formed code of a company that does not exist (registering region 000000)."""
    first17 = f"91000000MA{number:07d}"
    return first17 + credit_code_check(first17)


INVESTOR = Party("星河铝材（模拟）有限公司", credit_code(1))
COMPANY = Party("马村星河铝业（模拟）有限公司", credit_code(2))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document(kind: str, name: str = "") -> Document:
    return Document(kind, f"{RULES.kinds[kind].zh if kind in RULES.kinds else kind}", sha(name or kind), TODAY)


def documents(stage: Stage, project_type: ProjectType = ProjectType.NEW_LAND) -> tuple[Document, ...]:
    """The first alternative of everything that the rulebook asks for at a stage."""
    return tuple(document(need.any_of[0]) for need in RULES.needs[stage, project_type])


@dataclass
class Story:
    """Given events, when a command is given, then events or a rejection. A refused command changes nothing."""

    decider: Decider[Any]
    events: list[Any] = field(default_factory=list)

    @property
    def state(self) -> Any:
        return self.decider.fold(self.events)

    def when(self, command: Any) -> list[Any]:
        """The events that the command causes; they become part of the story."""
        decided = self.decider.decide(command, self.state)
        assert not isinstance(decided, Rejection), decided.en
        self.events.extend(decided)
        return list(decided)

    def refused(self, command: Any) -> Rejection:
        """Why the command is refused."""
        decided = self.decider.decide(command, self.state)
        assert isinstance(decided, Rejection), f"accepted: {decided}"
        assert decided.zh
        assert decided.en
        return decided

    def after(self, commands: Iterable[Any]) -> Story:
        for command in commands:
            self.when(command)
        return self


def register_lead(**changes: Any) -> leads.RegisterLead:
    facts: dict[str, Any] = {
        "title": "年产5万吨铝板带（模拟）",
        "intent": "拟在产业集聚区新建铝板带生产线",
        "investor": INVESTOR,
        "origin": Origin.PROVINCE_EXTERNAL,
        "origin_place": "浙江省",
        "source": LeadSource.OWN_VISIT,
        "industry": "aluminium",
        "group": GROUP_ONE,
        "finder": STREET,
        "today": TODAY,
        "by": LIAISON,
        "industry_code": "C3252",
        "expected_investment": Decimal(500_000_000),
        "contact": "410804-C-0001",
    }
    return leads.RegisterLead(**{**facts, **changes})


def dollars(amount: str = "10000000", rate: str = "7.1234", **changes: Any) -> Conversion:
    """An amount in US dollars at today's rate."""
    facts: dict[str, Any] = {"currency": "USD", "amount": Decimal(amount), "rate": Decimal(rate), "rate_on": TODAY}
    return Conversion(**{**facts, "per": 1, "source": PARITY, **changes})


def lead() -> Story:
    return Story(LEAD).after([register_lead()])


def open_project(**changes: Any) -> c.OpenProject:
    facts: dict[str, Any] = {
        "lead": "410804-L-2026-0001",
        "name": "年产5万吨铝板带项目（模拟）",
        "project_type": ProjectType.NEW_LAND,
        "content": "新建厂房4万平方米，铝板带生产线2条",
        "investor": INVESTOR,
        "origin": Origin.PROVINCE_EXTERNAL,
        "origin_place": "浙江省",
        "industry": "aluminium",
        "group": GROUP_ONE,
        "finder": STREET,
        "started_on": TODAY,
        "documents": (document("talk_minutes"),),
        "rulebook": RULES,
        "today": TODAY,
        "by": LIAISON,
        "industry_code": "C3252",
        "planned_investment": Decimal(500_000_000),
    }
    return c.OpenProject(**{**facts, **changes})


def sign(**changes: Any) -> c.Sign:
    facts: dict[str, Any] = {
        "contract_kind": ContractKind.FORMAL,
        "contract_number": "马招合〔2026〕1号（模拟）",
        "contract_title": "铝板带项目投资合同",
        "amount": Decimal(100_000_000),
        "signed_on": TODAY,
        "agreed": PROMISED,
        "documents": documents(Stage.SIGNED),
        "rulebook": RULES,
        "gates": GATES,
        "gates_from": None,
        "today": TODAY,
        "by": LIAISON,
        "exchange": EXCHANGE,
    }
    return c.Sign(**{**facts, **changes})


def land(**changes: Any) -> c.Land:
    facts: dict[str, Any] = {
        "landing_unit": ZONE,
        "unit_kind": "zone",
        "landed_on": TODAY,
        "documents": documents(Stage.LANDED),
        "rulebook": RULES,
        "finder_share": Decimal("0.3"),
        "landing_share": Decimal("0.7"),
        "today": TODAY,
        "by": LIAISON,
    }
    return c.Land(**{**facts, **changes})


def start_construction(**changes: Any) -> c.StartConstruction:
    facts = {"started_on": TODAY, "documents": documents(Stage.STARTED), "rulebook": RULES, "today": TODAY}
    return c.StartConstruction(**{**facts, "by": LIAISON, **changes})


def start_production(**changes: Any) -> c.StartProduction:
    facts = {"started_on": TODAY, "documents": documents(Stage.IN_PRODUCTION), "rulebook": RULES, "today": TODAY}
    return c.StartProduction(**{**facts, "by": LIAISON, **changes})


def reach_capacity(**changes: Any) -> c.ReachCapacity:
    facts = {"reached_on": TODAY, "documents": documents(Stage.AT_CAPACITY), "rulebook": RULES, "today": TODAY}
    return c.ReachCapacity(**{**facts, "by": LIAISON, **changes})


WAY = (open_project, sign, land, start_construction, start_production, reach_capacity)


def gate(of: Gate, **changes: Any) -> RecordGate:
    """A gate that was passed today."""
    facts: dict[str, Any] = {
        "held_on": TODAY,
        "body": "区司法局",
        "departments": BODIES[:2] if of is Gate.JOINT_REVIEW else (),
        "outcome": GateOutcome.PASSED,
        "reference": "马司审〔2026〕1号（模拟）",
        "document_sha256": sha(of.value),
        "today": TODAY,
        "by": CHECKER,
    }
    return RecordGate(of, **{**facts, **changes})


def promise(**changes: Any) -> MakePromise:
    """A measurable promise of the enterprise, due in 100 days."""
    facts: dict[str, Any] = {
        "party": PromiseParty.ENTERPRISE,
        "kind": PromiseKind.INTENSITY,
        "text": "投资强度不低于每亩300万元",
        "due": TODAY + timedelta(days=100),
        "clause": "第五条第（二）款",
        "value": Decimal(300),
        "unit": "万元/亩",
        "today": TODAY,
        "by": LIAISON,
    }
    return MakePromise(**{**facts, **changes})


def project_at(stage: Stage) -> Story:
    """A project that has come this far."""
    return Story(PROJECT).after(command() for command in WAY[: stage.rank + 1])


def voucher(number: str = "1", amount: int = 30_000_000, paid_on: date = TODAY) -> Voucher:
    return Voucher(number, Decimal(amount), paid_on, INVESTOR.name, sha(f"voucher {number}"))


def claim(**changes: Any) -> c.ClaimFunds:
    facts: dict[str, Any] = {
        "claimant": ZONE,
        "amount": Decimal(30_000_000),
        "month": "2026-07",
        "vouchers": (voucher(),),
        "lead_units": (LEAD_UNIT,),
        "commerce": COMMERCE,
        "today": TODAY,
        "by": LIAISON,
        "exchange": EXCHANGE,
    }
    return c.ClaimFunds(**{**facts, **changes})


def amend(**changes: Any) -> AmendContract:
    """A supplementary agreement of today to 120 million."""
    facts: dict[str, Any] = {
        "number": "马招合补〔2026〕1号（模拟）",
        "title": "补充协议（模拟）",
        "dated": TODAY,
        "sha256": sha("amendment"),
        "reason": "二期提前",
        "gates": GATES,
        "gates_from": None,
        "today": TODAY,
        "by": LIAISON,
        "amount": Decimal(120_000_000),
        "exchange": EXCHANGE,
    }
    return AmendContract(**{**facts, **changes})


def above_only_with_a_note(events: Iterable[Any]) -> None:
    """Confirmed funds are never below zero, and whatever raises them above the contract amount in force says why."""
    state, before = PROJECT.initial, Decimal(0)
    for event in events:
        state = PROJECT.fold([event], state)
        assert state.recognised >= 0
        above = max(Decimal(0), state.recognised - (state.contract_amount or Decimal(0)))
        if above > before:
            assert event.excess_note.strip(), event
        before = above
