"""三(四): the rules in the spirit of the eight points (中央八项规定精神), one function a rule.

Each answers with the breach, or None where the claim keeps the rule. What a breach brings stands in the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from services.outreach.domain.budget.commands import ClaimExpense
from services.outreach.domain.budget.events import Reception, Travel
from services.outreach.domain.budget.state import BINDING, Budget
from services.outreach.domain.rulebook import CompanionLimit, ExpenseRulebook, ReceptionSet, RuleId
from services.outreach.domain.values import ExpenseKind, Paper, RuleBreach

PAPER_ZH = dict(zip(Paper, ("公函", "邀请函", "来访函", "审批单", "接待清单", "票据"), strict=True))

_OFFICIAL = (RuleId.OFFICIAL_PAPERS, RuleId.OFFICIAL_MEALS, RuleId.OFFICIAL_MEAL_PRICE)
_BUSINESS = (RuleId.BUSINESS_PAPERS, RuleId.BUSINESS_MEALS, RuleId.BUSINESS_MEAL_PRICE)


def breaches(command: ClaimExpense, state: Budget) -> tuple[RuleBreach, ...]:
    """Every rule of the rulebook that a claim does not keep."""
    book = command.rulebook
    found: list[RuleBreach | None] = []
    if command.reception is not None:
        official = command.kind is ExpenseKind.OFFICIAL_RECEPTION
        found += _reception(command.reception, book, official, command.companion_limit)
    if command.travel is not None:
        found += _travel(command, command.travel, state)
    return tuple(one for one in found if one is not None)


def _reception(
    claim: Reception, book: ExpenseRulebook, official: bool, limit: CompanionLimit
) -> Iterable[RuleBreach | None]:
    rules = _OFFICIAL if official else _BUSINESS
    of = book.official if official else book.business
    return (
        papers(claim, of, book, rules[0]),
        meals(claim, of, book, rules[1]),
        meal_price(claim, of, book, rules[2]),
        companions(claim, limit, book),
        no_alcohol(claim, book),
        no_tobacco(claim, book),
    )


def papers(claim: Reception, of: ReceptionSet, book: ExpenseRulebook, rule: RuleId) -> RuleBreach | None:
    """三(四): 公务接待 needs the official letter; 商务接待 an invitation or visit letter, form, list and receipt."""
    filed = {one.kind for one in claim.papers}
    missing = ["或".join(PAPER_ZH[kind] for kind in need) for need in of.papers if filed.isdisjoint(need)]
    needed = "、".join("或".join(PAPER_ZH[kind] for kind in need) for need in of.papers)
    return _breach(book, rule, needed, f"缺{'、'.join(missing)}") if missing else None


def meals(claim: Reception, of: ReceptionSet, book: ExpenseRulebook, rule: RuleId) -> RuleBreach | None:
    """三(四): so many working meals for one party of guests, no more."""
    return _breach(book, rule, f"{of.meals}次", f"{claim.meals}次") if claim.meals > of.meals else None


def meal_price(claim: Reception, of: ReceptionSet, book: ExpenseRulebook, rule: RuleId) -> RuleBreach | None:
    """三(四): the price of a meal for each who ate."""
    eaters = (claim.guests + claim.companions) * max(1, claim.meals)
    if claim.meal_amount <= of.meal_price * eaters:
        return None
    return _breach(book, rule, f"{of.meal_price}元", f"{_yuan(claim.meal_amount / eaters)}元")


def companions(claim: Reception, limit: CompanionLimit, book: ExpenseRulebook) -> RuleBreach | None:
    """三(四): at most three companions for up to ten guests, at most a third of the guests above that."""
    allowed = limit.allowed(claim.guests)
    if claim.companions <= allowed:
        return None
    return _breach(book, RuleId.COMPANIONS, f"{allowed}人", f"{claim.companions}人（接待对象{claim.guests}人）")


def no_alcohol(claim: Reception, book: ExpenseRulebook) -> RuleBreach | None:
    """三(四): no alcohol at working meals."""
    return _breach(book, RuleId.NO_ALCOHOL, "不上酒", "有酒") if claim.alcohol else None


def no_tobacco(claim: Reception, book: ExpenseRulebook) -> RuleBreach | None:
    """三(四): no tobacco."""
    return _breach(book, RuleId.NO_TOBACCO, "不提供香烟", "有香烟") if claim.tobacco else None


def _travel(command: ClaimExpense, claim: Travel, state: Budget) -> Iterable[RuleBreach | None]:
    book = command.rulebook
    found = [trip_approved(command), trip_days(command, claim, state), abroad_approval(command, claim)]
    if not claim.abroad:
        place, limits = book.limits_at(claim.place)
        nights, days = claim.people * claim.nights, claim.people * claim.days
        found += [
            _within(book, RuleId.LODGING, place, claim.lodging, limits.lodging, nights, "人夜"),
            _within(book, RuleId.MEALS, place, claim.meals, limits.meals, days, "人天"),
            _within(book, RuleId.LOCAL_TRANSPORT, place, claim.local_transport, limits.local_transport, days, "人天"),
        ]
    return found


def trip_approved(command: ClaimExpense) -> RuleBreach | None:
    """三(四): travel is paid for a trip that was approved beforehand."""
    facts = command.trip_facts
    if facts is not None and facts.approved:
        return None
    return _breach(command.rulebook, RuleId.TRIP_APPROVED, "经批准的行程", "无" if facts is None else "未经批准")


def trip_days(command: ClaimExpense, claim: Travel, state: Budget) -> RuleBreach | None:
    """三(四): for the people, days and nights of the trip, no more: all claims for the trip in this budget together."""
    facts = command.trip_facts
    if facts is None:
        return None
    earlier = [one for one in state.expenses.values() if one.trip == command.trip and one.state in BINDING]
    days = claim.people * claim.days + sum(one.days for one in earlier)
    nights = claim.people * claim.nights + sum(one.nights for one in earlier)
    most = facts.people * facts.days
    if max(days, nights) <= most:
        return None
    limit, actual = f"{facts.people}人{facts.days}天，共{most}人天", f"累计{days}人天、{nights}人夜"
    return _breach(command.rulebook, RuleId.TRIP_DAYS, limit, actual)


def abroad_approval(command: ClaimExpense, claim: Travel) -> RuleBreach | None:
    """三(四): expenses abroad need the approval to go abroad (因公出国任务批件)."""
    facts = command.trip_facts
    if not claim.abroad or (facts is not None and facts.abroad_document):
        return None
    return _breach(command.rulebook, RuleId.ABROAD, "因公出国任务批件", "无")


def _within(
    book: ExpenseRulebook, rule: RuleId, place: str, claimed: Decimal, limit: Decimal, units: int, per: str
) -> RuleBreach | None:
    """三(四): within the limit of the place."""
    if claimed <= limit * units:
        return None
    actual = f"{_yuan(claimed / units)}元/{per}" if units else f"{_yuan(claimed)}元（0{per}）"
    return _breach(book, rule, f"{place}{limit}元/{per}", actual)


def _breach(book: ExpenseRulebook, rule: RuleId, limit: str, actual: str) -> RuleBreach:
    words = book.rules[rule]
    return RuleBreach(rule, words.zh, words.en, limit, actual)


def _yuan(amount: Decimal) -> str:
    return str(round(amount, 2))
