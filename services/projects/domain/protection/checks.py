"""Checks that rules of protection share."""

from __future__ import annotations

from collections.abc import Collection

from services.projects.domain.protection.state import Hold, Investor, Report, Standing
from services.projects.domain.values import Commerce, Referee
from sevenx.kernel.errors import Rejection

OFFICE_ZH = {Referee.COMMERCE_BUREAU: "区商务局", Referee.DISTRICT_OFFICE: "区政府办公室"}

UNKNOWN = Rejection(
    "not-reported",
    "该线索没有首报登记记录。",
    "This lead is not among the reports of its investor.",
    status=404,
)


def holding(state: Investor, lead: str) -> tuple[Report, Hold] | Rejection:
    """The report and its protection; or that it is not protected (any more)."""
    report = state.reports.get(lead)
    if report is None:
        return UNKNOWN
    hold = state.hold_of(lead)
    if hold is None:
        waits = report.standing is Standing.QUEUED
        return Rejection(
            "not-protected",
            "该线索为备案，尚未取得保护。" if waits else "该线索的保护已经结束。",
            "This lead is kept on file and is not protected." if waits else "The protection of this lead has ended.",
            details={"standing": str(report.standing)},
            status=409,
        )
    return report, hold


def parties_referee(commerce: Commerce, reports: Collection[Report]) -> Referee:
    """Who decides between these reports: not the Commerce Bureau where it or its group is a party."""
    return commerce.referee({one.unit for one in reports}, {one.group for one in reports})


def check_judge(referee: Referee, office: Referee, by: str, concerned: Collection[str]) -> Rejection | None:
    """Nobody decides his own: neither an office that is a party, nor a person who registered or contested."""
    if office is not referee:
        return Rejection(
            "not-the-deciding-office",
            f"此事由{OFFICE_ZH[referee]}决定；商务局或其牵头的小组为当事方时由区政府办公室决定。",
            f"This is decided by the {referee.replace('_', ' ')}; where the Commerce Bureau or its group is a party, "
            "the district office decides.",
            details={"referee": str(referee)},
            status=403,
        )
    if by in concerned:
        return Rejection(
            "own-case",
            "登记或提出异议的本人不得作出决定，请由他人办理。",
            "Whoever registered or contested does not decide it himself; a colleague does.",
            status=403,
        )
    return None


def check_uncontested(state: Investor, intent: str) -> Rejection | None:
    """While a contest is open, the protection that it is about stands as it is."""
    open_ones = sorted(one.made.contest for one in state.contests_of(intent))
    if not open_ones:
        return None
    return Rejection(
        "contest-open",
        "该保护有未裁定的异议，须先裁定。",
        "The protection is contested; the contest is decided first.",
        details={"contests": open_ones},
        status=409,
    )


def check_unfulfilled(hold: Hold) -> Rejection | None:
    """With the formal contract the protection has served its purpose."""
    if not hold.fulfilled:
        return None
    return Rejection(
        "protection-fulfilled",
        "项目已签订正式合同，保护不再变更；成绩归属有争议的，请办理成绩份额。",
        "The formal contract is signed and the protection no longer changes; a dispute is settled by credit shares.",
        status=409,
    )
