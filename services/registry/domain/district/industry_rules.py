"""The rules about industries: who claims them, where they stand in the tree, and who has an overlap."""

from __future__ import annotations

from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import DecideOverlap, ListIndustry
from .events import IndustryListed, OverlapDecided
from .industries import groups_of, lineage
from .state import District


def list_industry(command: ListIndustry, state: District) -> Decision:
    """一: an industry is listed with the words of the notice that give it to a group, or under another industry, whose
    groups then have it too. The tree has no circle."""
    if refused := _refuse_place(command, state):
        return refused
    event = IndustryListed(
        command.industry,
        command.zh,
        command.en,
        command.indicator,
        command.claims,
        command.parent,
        command.keywords,
        command.keywords_source,
    )
    return [] if state.industries.get(command.industry) == event else [event]


def _refuse_place(command: ListIndustry, state: District) -> Rejection | None:
    if not command.claims and command.parent is None:
        return Rejection(
            "industry-unclaimed",
            zh=f"{command.zh}没有任何招商小组承担；请写明由哪个小组承担，或列入上级产业之下。",
            en=f"No group's duties claim {command.zh}; name the group, or list it under another industry.",
            rule="一",
        )
    if command.keywords and not command.keywords_source.strip():
        return Rejection(
            "keywords-source",
            zh=f"请注明{command.zh}关键词的来源；推定的写assumed。",
            en=f"Say where the keywords of {command.en} are from; assumed ones are marked `assumed`.",
            rule="一",
        )
    if command.parent is None:
        return None
    above = [one.industry for one in lineage(command.parent, state.industries)]
    if not above:
        return Rejection(
            "industry-unknown",
            zh=f"{command.zh}的上级产业{command.parent}尚未列入；请先列入上级产业。",
            en=f"{command.parent}, under which {command.en} is to stand, is not listed; list it first.",
            rule="一",
            details={"parent": command.parent},
        )
    if command.industry in above:
        return Rejection(
            "industry-under-itself",
            zh=f"{command.zh}不能列入其下级产业{command.parent}之下。",
            en=f"{command.en} cannot stand under {command.parent}, which stands under it.",
            rule="一",
            status=409,
            details={"above": above},
        )
    return None


def decide_overlap(command: DecideOverlap, state: District) -> Decision:
    """一: where duties overlap (铝精深加工, 医药 and 健康, 智慧城市) the district office decides and says why; for an
    industry as a whole, or apart for one that stands under it."""
    industry = state.industries.get(command.industry)
    groups = sorted(groups_of(command.industry, state.industries))
    if industry is None or industry.indicator or len(groups) < 2:
        return Rejection(
            "no-overlap",
            zh=f"{command.industry}不存在需要裁定的职责交叉。",
            en=f"{command.industry} is not claimed by several groups; there is nothing to decide.",
            rule="一",
            details={"open": [i.industry for i in state.open_overlaps()]},
        )
    if command.group not in groups:
        return Rejection(
            "group-does-not-claim",
            zh=f"{industry.zh}由{'、'.join(groups)}主张，{command.group}不在其中。",
            en=f"{industry.en} is claimed by {', '.join(groups)}, not by {command.group}.",
            rule="一",
            details={"groups": groups},
            field="group",
        )
    if not command.reason.strip():
        zh, en = "请说明裁定理由。", "Give the reason of the decision."
        return Rejection("reason-missing", zh=zh, en=en, rule="一", field="reason")
    known = state.decisions.get(command.industry)
    if known is not None and (known.group, known.reason) == (command.group, command.reason):
        return []
    return [OverlapDecided(command.industry, command.group, command.reason, command.decided_on)]
