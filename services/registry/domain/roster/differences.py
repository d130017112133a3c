"""What an import would change, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain.district import events as district
from services.registry.domain.group import events as group
from services.registry.domain.person import events as person
from services.registry.domain.unit import events as unit

from .document import At
from .kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One change (`+`), or one thing that the import leaves as it is though the roster says otherwise (`=`)."""

    mark: str
    kind: Kind
    stream: str
    zh: str
    en: str
    at: At

    def __str__(self) -> str:
        return f"{self.mark} {self.stream}  {self.zh} / {self.en}  ({self.at})"


def of_event(stream: str, event: Any, at: At, before: Any) -> Difference:
    """`before`: the stream's state just before the event."""
    zh, en = describe(event)
    return Difference("+", kind_of(event, before), stream, zh, en, at)


def describe(event: Any) -> tuple[str, str]:
    """An event of the registry in Chinese and English."""
    match event:
        case district.DistrictEstablished():
            return f"建立{event.zh}", f"establish {event.en}"
        case district.NoticeRecorded():
            assumed_zh, assumed_en = ("（推定）", " (assumed)") if event.assumed else ("", "")
            return f"{event.number}，{event.issued}{assumed_zh}", f"notice of {event.issued}{assumed_en}"
        case district.CalendarPublished():
            return _calendar(event)
        case district.SettingChanged():
            return f"设置项{event.key}＝{event.value}", f"setting {event.key} = {event.value}"
        case district.SettingWithdrawn():
            return f"撤销设置项{event.key}", f"setting {event.key} withdrawn"
        case district.CalendarWithdrawn():
            return f"撤销{event.year}年日历", f"calendar of {event.year} withdrawn"
        case district.IndustryWithdrawn():
            return f"撤销产业{event.industry}", f"industry {event.industry} withdrawn"
        case district.OverlapDecided():
            return f"产业{event.industry}裁定由{event.group}负责", f"{event.industry} is decided to be {event.group}'s"
        case unit.UnitAliasWithdrawn():
            return f"撤销别名{event.name}", f"alias {event.name} withdrawn"
        case unit.UnitWithdrawn():
            return f"撤销单位登记{event.zh}", f"registration of {event.zh} withdrawn"
        case unit.UnitRenamed():
            return f"更名为{event.zh}", f"renamed to {event.en}"
        case person.PersonWithdrawn():
            return f"撤销人员登记{event.zh}", f"registration of {event.zh} withdrawn"
        case district.IndustryListed():
            groups = "、".join(dict.fromkeys(claim.group for claim in event.claims))
            return f"列入产业{event.zh}（{groups}）", f"list industry {event.en}"
        case unit.UnitRegistered():
            return f"登记单位{event.zh}", f"register unit {event.en}"
        case unit.UnitAliasAdded():
            return f"增加别名{event.name}", f"add alias {event.name}"
        case unit.UnitParentSet():
            above = event.parent or "—"
            return f"隶属{above}，自{event.effective}", f"stands under {above} from {event.effective}"
        case unit.UnitMerged():
            return f"并入{event.into_zh}（{event.into}），自{event.effective}", f"merged into {event.into}"
        case person.PersonRegistered():
            return f"登记人员{event.zh}", f"register person {event.en}"
        case _:
            return _of_group_or_post(event)


def _of_group_or_post(event: Any) -> tuple[str, str]:
    match event:
        case group.GroupFormed():
            return f"成立{event.zh}", f"form {event.en}"
        case group.DutiesSet():
            return f"工作职责{len(event.items)}项", f"set {len(event.items)} duties"
        case group.LeadUnitAssigned():
            industry = f"（{event.industry}）" if event.industry else ""
            return f"牵头单位{event.as_named}{industry}＝{event.unit}", f"lead unit {event.unit}"
        case group.ResponsibleUnitAssigned():
            return f"责任单位{event.as_named}＝{event.unit}", f"responsible unit {event.unit}"
        case group.LeadUnitWithdrawn() | group.ResponsibleUnitWithdrawn():
            return f"{event.unit}退出小组，自{event.effective}", f"{event.unit} leaves the group on {event.effective}"
        case group.TargetSet():
            whose = event.unit or "本组"
            return f"{event.year}年{event.indicator}目标（{whose}）", f"target {event.indicator} of {event.year}"
        case group.LeaderAppointed():
            return f"组长{event.name}，自{event.effective}", f"leader {event.person} from {event.effective}"
        case group.DeputyAppointed():
            return f"副组长{event.name}，自{event.effective}", f"deputy {event.person} from {event.effective}"
        case group.LiaisonDesignated() | unit.UnitLiaisonDesignated():
            return f"联络员{event.name}，自{event.effective}", f"liaison {event.person} from {event.effective}"
        case unit.UnitHeadAppointed():
            return f"主要负责同志{event.name}，自{event.effective}", f"head {event.person} from {event.effective}"
        case (
            group.LeaderReleased()
            | group.DeputyReleased()
            | group.LiaisonReleased()
            | unit.UnitHeadReleased()
            | unit.UnitLiaisonReleased()
        ):
            return f"{event.name}卸任，自{event.effective}", f"{event.person} leaves the post on {event.effective}"
        case group.PostHandedOver() | unit.UnitPostHandedOver():
            what = f"{event.from_person} hands over to {event.person} on {event.effective}"
            return f"{event.from_name}向{event.name}交接，{event.effective}", what
        case group.LiaisonEndAnnounced() | unit.UnitLiaisonEndAnnounced():
            if event.ends_on is None:
                return f"联络员{event.name}不再离任", f"liaison {event.person} stays after all"
            return (
                f"联络员{event.name}预计{event.ends_on}离任",
                f"liaison {event.person} is to leave on {event.ends_on}",
            )
        case _:
            name = type(event).__name__
            return name, name


def _calendar(event: district.CalendarPublished) -> tuple[str, str]:
    kind_zh, kind_en = ("暂行日历", "provisional calendar") if event.provisional else ("日历", "calendar")
    return f"{event.year}年{kind_zh}（{event.source}）", f"{kind_en} of {event.year}"
