"""Words of the tests of findings: a project signed in June and recorded in August 2026; two claims of one voucher."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.audit.domain.finding.back_dating import BackDatingRules, back_dated, late_dates
from services.audit.domain.finding.commands import AnswerFinding, ConcludeFinding, RaiseFinding
from services.audit.domain.finding.events import FindingRaised, Outcome
from services.audit.domain.finding.evidence import Concerned, Evidence
from services.audit.domain.finding.vouchers import VoucherUse, uses_of
from tests.unit.given import at

PROJECT, OTHER = "410804-P-2026-0001", "410804-P-2026-0002"
UNIT, OTHER_UNIT, GROUP = "410804-U-alpha", "410804-U-beta", "410804-G-1"
CLERK, HEAD, OFFICE = "410804-N-clerk", "410804-N-head", "410804-N-supervision"
SIGNED, CLAIMED, PAID = "projects.ProjectSigned", "projects.FundsClaimed", "outreach.ExpensePaid"
RULES = BackDatingRules()
CONCERNED = Concerned((UNIT,), (GROUP,), "示例铝业项目（模拟数据）")
ANSWER_BY = date(2026, 8, 15)


def evidence(
    when: str = "2026-08-05 09:00", name: str = SIGNED, stream: str = PROJECT, version: int = 3, actor: str = CLERK
) -> Evidence:
    return Evidence(f"{name.partition('.')[0]}/{stream}@{version}", stream, name, at(when), actor)


def signed(day: str) -> dict[str, Any]:
    return {"signed_on": date.fromisoformat(day)}


def voucher(
    number: str = "PZ-001", sha: str = "a", amount: int = 100, payer: str = "示例公司（模拟）"
) -> dict[str, Any]:
    return {
        "number": number,
        "sha256": sha * 64,
        "amount": Decimal(amount),
        "paid_on": date(2026, 7, 20),
        "payer": payer,
    }


def claim(
    *vouchers: Mapping[str, Any],
    when: str = "2026-08-05 09:00",
    stream: str = PROJECT,
    version: int = 5,
    number: int = 1,
    claimant: str = UNIT,
) -> tuple[VoucherUse, ...]:
    """The uses of a claim's vouchers."""
    data = {"claim": number, "claimant": claimant, "vouchers": list(vouchers or [voucher()])}
    return uses_of(evidence(when, CLAIMED, stream, version), data)


def payment(number: str, expense: int, when: str = "2026-08-05 09:00") -> VoucherUse:
    data = {
        "expense": expense,
        "unit": UNIT,
        "amount": Decimal(100),
        "voucher_number": number,
        "paid_on": date(2026, 8, 1),
    }
    (use,) = uses_of(evidence(when, PAID, "410804-B-2026-special", expense + 3), data)
    return use


def raised() -> FindingRaised:
    """The finding about a contract of June that was recorded in August."""
    event = evidence()
    return back_dated(event, late_dates(event, signed("2026-06-10"), RULES), CONCERNED, RULES, ANSWER_BY)


RAISE = RaiseFinding(raised())
ANSWER = AnswerFinding(date(2026, 8, 7), "经办人外出，补录。", UNIT, None, HEAD)
CONCLUDE = ConcludeFinding(date(2026, 8, 10), Outcome.EXPLAINED, "说明属实", OFFICE, concerned=False)
CONFIRM = ConcludeFinding(date(2026, 8, 10), Outcome.CONFIRMED, "属实", OFFICE, concerned=False)
