"""The roster as a district's files would say it today, in plain values: the reverse of what an import reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from services.registry.domain.district.events import IndustryListed, SettingChanged, SettingType
from services.registry.domain.district.industries import groups_of
from services.registry.domain.district.state import District
from services.registry.domain.group.state import Group, Membership
from services.registry.domain.names import resolve
from services.registry.domain.person.state import Person
from services.registry.domain.tenure import Tenure, Tenures
from services.registry.domain.unit.events import UnitAlias, UnitKind
from services.registry.domain.unit.state import Unit

EVERY_SUB_DISTRICT = "各街道办事处"
"""一: the words that stand for every sub-district where no notice was recorded with others."""
NOTICE, NOBODY = "notice", "无"


class Outline:
    """What stands in the log, as the files of a district's folder and the calendars have it.

    Not in the files: decisions, plans and targets, what was handed over, the days on which units joined the groups,
    and units that have left them.
    """

    def __init__(self, states: Mapping[str, Any]) -> None:
        """`states` are all streams of the registry by their ids, of a district that is established."""
        self.district: District = next(s for s in states.values() if isinstance(s, District))
        self.units = {
            s: state for s, state in sorted(states.items()) if isinstance(state, Unit) and state.kind is not None
        }
        self.people = {s: state for s, state in sorted(states.items()) if isinstance(state, Person) and state.zh}
        formed = ((s, state) for s, state in states.items() if isinstance(state, Group) and state.number)
        self.groups = dict(sorted(formed, key=lambda pair: pair[1].number))
        self._names = {stream: unit.names() for stream, unit in self.units.items()}
        self._sub_districts = {s: unit for s, unit in self.units.items() if unit.kind is UnitKind.SUB_DISTRICT}

        self._everybody = (self.district.notice.sub_districts if self.district.notice else "") or EVERY_SUB_DISTRICT

    def files(self) -> dict[str, dict[str, Any]]:
        """The content of each file of the district's folder by its name."""
        return {
            "district.yaml": self._district(),
            "units.yaml": {"units": [self._unit(s, u) for s, u in self.units.items() if s not in self._sub_districts]},
            "sub_districts.yaml": self._of_sub_districts(),
            "groups.yaml": {"groups": [self._group(stream, group) for stream, group in self.groups.items()]},
            "people.yaml": {"people": [self._person(stream, person) for stream, person in self.people.items()]},
            "industries.yaml": self._industries(),
            "settings.yaml": {"settings": [self._setting(one) for _, one in sorted(self.district.settings.items())]},
        }

    def calendars(self) -> dict[str, dict[str, Any]]:
        """The content of each calendar by its file's name."""
        return {
            f"CN-{year}.yaml": {
                "year": year,
                "provisional": one.provisional,
                "sources": [{"number": one.source}],
                "holidays": [{"days_off": list(one.days_off), "workdays": list(one.workdays)}],
            }
            for year, one in sorted(self.district.calendars.items())
        }

    def name(self, unit: str) -> str:
        """The name by which the files call a unit: its full name, or its id where another unit bears that name too."""
        known = self.units.get(unit)
        return known.zh if known is not None and resolve(known.zh, self._names) == unit else unit

    def _district(self) -> dict[str, Any]:
        genesis, notice = self.district.genesis, self.district.notice
        if genesis is None:
            raise ValueError("the district is not established")
        return {
            "code": genesis.code,
            "zh": genesis.zh,
            "en": genesis.en,
            "level": genesis.level.value,
            "city": {"code": genesis.city_code, "zh": genesis.city_zh},
            "notice": {"number": notice.number, "issued": {"date": notice.issued, "assumed": notice.assumed}}
            if notice
            else {},
        }

    def _unit(self, stream: str, unit: Unit) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": stream,
            "zh": unit.zh,
            "zh_source": unit.name_source,
            "en": unit.en,
            "kind": unit.kind,
            "aliases": [_alias(alias, NOTICE) for alias in _spellings(unit)],
        }
        return told | self._standing(unit)

    def _of_sub_districts(self) -> dict[str, Any]:
        sources = Counter(unit.name_source for unit in self._sub_districts.values())
        publisher = sources.most_common(1)[0][0] if sources else NOBODY
        return {
            "stands_for": self._everybody,
            "kind": UnitKind.SUB_DISTRICT,
            "source": {"publisher": publisher},
            "sub_districts": [self._sub_district(s, unit, publisher) for s, unit in self._sub_districts.items()],
        }

    def _sub_district(self, stream: str, unit: Unit, publisher: str) -> dict[str, Any]:
        told: dict[str, Any] = {"id": stream, "zh": unit.zh}
        if unit.name_source != publisher:
            told["zh_source"] = unit.name_source
        told |= {"en": unit.en, "aliases": [_alias(alias, publisher) for alias in _spellings(unit)]}
        return told | self._standing(unit)

    def _standing(self, unit: Unit) -> dict[str, Any]:
        told: dict[str, Any] = {"in_x_department": True} if unit.in_x_department else {}
        if unit.merged_into is not None:
            merged = {"into": unit.merged_into, "from": unit.merged_on, "reason": unit.merged_because}
            return told | {"merged": merged}
        return told if unit.parent is None else told | {"parent": self.name(unit.parent)}

    def _group(self, stream: str, group: Group) -> dict[str, Any]:
        leader, deputy = (_holder(tenures) for tenures in (group.leaders, group.deputies))
        told: dict[str, Any] = {"number": group.number, "id": stream, "zh": group.zh, "en": group.en}
        told |= {"clause": group.clause}
        told |= {key: value for key, value in (("leader", leader), ("deputy", deputy)) if value}
        return told | {
            "lead_units": [self._lead_unit(member) for member in group.lead_units],
            "responsible_units": list(dict.fromkeys(self._responsible(group.responsible_units))),
            "duties": group.duties,
            "duty_items": list(group.duty_items),
        }

    def _lead_unit(self, member: Membership) -> dict[str, str]:
        told = {"name": self._as_named(member)}
        return told if member.industry is None else told | {"industry": member.industry}

    def _responsible(self, members: tuple[Membership, ...]) -> Iterator[str]:
        """The words for every sub-district where all of them are there by these words, else each by its own name."""
        living = {s for s, unit in self._sub_districts.items() if unit.merged_into is None}
        everybody = {one.unit for one in members if one.as_named == self._everybody} == living
        for member in members:
            if member.as_named == self._everybody:
                yield self._everybody if everybody else self.name(member.unit)
            else:
                yield self._as_named(member)

    def _as_named(self, member: Membership) -> str:
        return member.as_named if resolve(member.as_named, self._names) == member.unit else self.name(member.unit)

    def _person(self, stream: str, person: Person) -> dict[str, Any]:
        told: dict[str, Any] = {"id": stream, "zh": person.zh, "en": person.en}
        if person.basis and person.basis != self._notice:
            told["basis"] = person.basis
        return told | {"posts": list(self._posts(stream))}

    def _posts(self, person: str) -> Iterator[dict[str, Any]]:
        for group in self.groups.values():
            of_group = (("leader", group.leaders), ("deputy", group.deputies), ("liaison", group.liaisons))
            for kind, tenures in of_group:
                yield from (self._post({"group": group.number}, kind, t) for t in tenures if t.person == person)
        for stream, unit in self.units.items():
            for kind, tenures in (("head", unit.heads), ("liaison", unit.liaisons)):
                yield from (self._post({"unit": self.name(stream)}, kind, t) for t in tenures if t.person == person)

    def _post(self, of: dict[str, Any], kind: str, tenure: Tenure) -> dict[str, Any]:
        told = of | {"as": kind, "from": tenure.start}
        if tenure.end is not None:
            told["until"] = tenure.end
        if tenure.assumed:
            told["assumed"] = True
        if tenure.basis and tenure.basis != self._notice:
            told["basis"] = tenure.basis
        return told

    @property
    def _notice(self) -> str:
        return self.district.notice.number if self.district.notice else ""

    def _industries(self) -> dict[str, Any]:
        listed = sorted(self.district.industries.values(), key=lambda one: one.industry)
        groups = {one.industry: groups_of(one.industry, self.district.industries) for one in listed}
        return {
            "industries": [_industry(one) for one in listed if not one.indicator],
            "indicators": [_industry(one) for one in listed if one.indicator],
            "overlaps": [
                {"industry": one.industry, "groups": sorted(_number(group) for group in groups[one.industry])}
                for one in listed
                if one.claims and not one.indicator and len(groups[one.industry]) > 1
            ],
        }

    def _setting(self, setting: SettingChanged) -> dict[str, Any]:
        value = setting.value
        if setting.type in (SettingType.UNIT, SettingType.UNITS):
            value = ",".join(self.name(unit) for unit in value.split(","))
        told: dict[str, Any] = {"key": setting.key, "value": value, "type": setting.type}
        if setting.one_of:
            told["one_of"] = list(setting.one_of)
        told["clause"] = setting.clause
        if setting.stated:
            told["stated"] = True
        return told | {"note": setting.reason}


def _spellings(unit: Unit) -> list[UnitAlias]:
    """The spellings beside the full name, each once, under its newest source."""
    return list({alias.name: alias for alias in unit.aliases}.values())


def _alias(alias: UnitAlias, plain: str) -> Any:
    return alias.name if alias.source == plain else {"name": alias.name, "source": alias.source}


def _holder(tenures: Tenures) -> str:
    """The last one of a post that somebody holds or is to hold."""
    return tenures[-1].name if tenures and tenures[-1].end is None else ""


def _industry(one: IndustryListed) -> dict[str, Any]:
    told: dict[str, Any] = {"id": one.industry, "zh": one.zh, "en": one.en}
    if one.parent is not None:
        told["parent"] = one.parent
    if one.claims:
        told["claims"] = [{"group": _number(c.group), "names": list(c.names), "in": c.kind} for c in one.claims]
    if one.keywords:
        told["keywords"] = {"source": one.keywords_source, "words": list(one.keywords)}
    return told


def _number(group: str) -> int:
    return int(group.rsplit("-", 1)[1])
