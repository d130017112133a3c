"""Credit shares: finder, group and landing unit each have a part (二(一))."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.project.commands import Land, ShareCredit
from services.projects.domain.project.events import CreditShare, CreditShared, ProjectOpened, ShareBasis, SharePart
from services.projects.domain.project.state import Project
from services.projects.domain.values import CreditPart, Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

ALL = "all"
"""The indicator of shares that hold wherever none were settled apart."""
UNITS, GROUPS = "units", "groups"
COHORTS = (UNITS, GROUPS)
"""Those who are compared with one another: units with units, groups with groups."""
_STEP = Decimal("0.000001")


def default_shares(command: Land, opened: ProjectOpened) -> list[CreditShared] | Rejection:
    """What holds from landing on: among units the finder and the landing unit by the district's ratio, among groups
    the project's own group alone. Of a lead that was transferred (流转) all who had it share in both."""
    units = (
        *_shared(SharePart.FINDER, _by(opened, "unit"), command.finder_share),
        CreditShare(SharePart.LANDING_UNIT, command.landing_unit, command.landing_share),
    )
    wrong = check_shares(units)
    if wrong is not None:
        return wrong
    group = _shared(SharePart.GROUP, _by(opened, "group"), Decimal(1))
    return [
        CreditShared(cohort, ALL, shares, ShareBasis.DEFAULT, command.today, command.by)
        for cohort, shares in ((UNITS, units), (GROUPS, group))
    ]


def _by(opened: ProjectOpened, cohort: str) -> dict[str, Decimal]:
    """The parts of the units or of the groups that have had the lead, in their order; one who has the whole alone."""
    found: dict[str, Decimal] = {}
    for part in opened.parts or (CreditPart(opened.finder, opened.group, Decimal(1)),):
        holder = part.unit if cohort == "unit" else part.group
        found[holder] = found.get(holder, Decimal(0)) + part.share
    return found


def _shared(part: SharePart, holders: dict[str, Decimal], whole: Decimal) -> tuple[CreditShare, ...]:
    """The whole among holders, to six digits; what dividing leaves over goes to the last, and nothing is no part."""
    *earlier, last = holders
    parts = {holder: (holders[holder] * whole).quantize(_STEP, ROUND_DOWN) for holder in earlier}
    parts[last] = whole - sum(parts.values(), Decimal(0))
    return tuple(CreditShare(part, holder, one) for holder, one in parts.items() if one > 0)


def share(command: ShareCredit, state: Project) -> Decision:
    """Shares are settled anew by agreement or by decision, the reason kept; they sum to one within one cohort and
    indicator, and the landing unit is never left out of the units'."""
    if state.stage.rank < Stage.LANDED.rank:
        return Rejection(
            "not-landed", "项目落地后才能划分成绩份额。", "Credit is shared once the project has landed.", status=409
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason) or check_shares(command.shares)
    if wrong is not None:
        return wrong
    if command.cohort not in COHORTS:
        return Rejection(
            "unknown-cohort",
            "口径只能是 units（单位）或 groups（小组）。",
            "The cohort is either units or groups.",
            details={"cohort": command.cohort},
            field="cohort",
        )
    holders = {(one.part, one.holder) for one in command.shares}
    if command.cohort == UNITS and (SharePart.LANDING_UNIT, state.landing_unit) not in holders:
        return Rejection(
            "landing-unit-left-out",
            f"单位口径须包含落地单位 {state.landing_unit} 的份额。",
            f"Among units the landing unit {state.landing_unit} has a part.",
            rule="二（一）",
            field="shares",
        )
    return [
        CreditShared(
            command.cohort,
            command.indicator,
            command.shares,
            command.basis,
            command.today,
            command.by,
            command.reason,
        )
    ]


def check_shares(shares: tuple[CreditShare, ...]) -> Rejection | None:
    """Each share is above zero, with six digits at most, no holder has a part twice, and together they are one."""
    total = sum((one.share for one in shares), Decimal(0))
    parts = [(one.part, one.holder) for one in shares]
    if total == 1 and all(one.share > 0 and one.share == one.share.quantize(_STEP) for one in shares):
        if len(set(parts)) == len(parts):
            return None
        return Rejection(
            "share-twice",
            "同一单位的同一份额出现两次。",
            "A holder has the same part twice.",
            rule="二（一）",
            field="shares",
        )
    return Rejection(
        "shares-not-one",
        f"各方份额须大于零、至多六位小数且合计为1，现合计 {total}。",
        f"Shares are above zero with six digits at most and sum to one; these sum to {total}.",
        rule="二（一）",
        details={"sum": str(total)},
        field="shares",
    )
