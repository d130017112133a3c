"""What the registry says, as commands need it for facts: units, groups, industries and settings of the district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Integer, Select, Text, cast, literal, null, select, union_all

from services.projects import tables as t
from services.projects.domain.protection.commands import Terms
from services.projects.domain.values import Commerce
from sevenx.district.posts import standing
from sevenx.district.settings import DistrictSettings, WrongSetting
from sevenx.district.unknown import unknown
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Roster:
    """The roster as this service has read it. What it does not know is a Problem that names it and the nearest that it
    knows: an id that was misspelt is not taken."""

    unit_kinds: Mapping[str, str]
    """By unit: `zone`, `sub_district`, `department` …"""
    groups: Collection[str]
    industries: Collection[str]
    """Without what is counted apart and is no industry."""
    published: DistrictSettings
    leads: Collection[Row]
    """Changes of the groups' lead units: stream (the group), unit, begins, effective, version."""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Roster:
        """The roster of rows (what, stream, text, version, begins, effective); see `_QUERY`."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[row["what"]].append(row)
        return cls(
            unit_kinds={row["stream"]: row["text"] for row in found["unit"]},
            groups=[row["stream"] for row in found["group"]],
            industries=[row["text"] for row in found["industry"]],
            published=DistrictSettings.of((row["stream"], row["text"]) for row in found["setting"]),
            leads=[{**row, "unit": row["text"]} for row in found["lead"]],
        )

    def check_units(self, *ids: str) -> None:
        """Problem 422 `unknown-unit` unless the registry knows every one."""
        for one in ids:
            if one not in self.unit_kinds:
                raise unknown("unit", "单位", one, self.unit_kinds)

    def check_group(self, group: str) -> None:
        """Problem 422 `unknown-group` unless the registry knows it."""
        if group not in self.groups:
            raise unknown("group", "招商小组", group, self.groups)

    def check_industry(self, industry: str) -> None:
        """Problem 422 `unknown-industry` unless the registry lists it; what is counted apart is no industry."""
        if industry not in self.industries:
            raise unknown("industry", "产业", industry, self.industries)

    def unit_kind(self, unit: str) -> str:
        """`zone`, `sub_district`, `department` …; Problem 422 for a unit that the registry does not know."""
        self.check_units(unit)
        return self.unit_kinds[unit]

    def lead_units(self, group: str, on: date) -> tuple[str, ...]:
        """The lead units of a group on a day."""
        return tuple(sorted(unit for unit, led in self._leading(on) if led == group))

    def commerce(self, on: date) -> Commerce:
        """The Commerce Bureau's unit and the groups that it leads on a day."""
        bureau = self.settings.text("bodies.commerce_bureau")
        return Commerce(bureau, tuple(sorted(group for unit, group in self._leading(on) if unit == bureau)))

    def _leading(self, on: date) -> set[tuple[str, str]]:
        """(unit, group) of every lead unit on a day."""
        return standing(self.leads, ("unit", "stream"), on)

    def terms(self) -> Terms:
        """The figures of protections (settings `protection.*`); their defaults where the roster has not been read."""
        said = self.published
        return Terms(
            months=said.integer("protection.months"),
            extensions=said.integer("protection.extensions"),
            warn_days=said.integer("protection.warn_days"),
            release_days=said.integer("protection.release_days"),
            contest_working_days=said.integer("protection.contest_working_days"),
            decision_working_days=said.integer("protection.decision_working_days"),
        )

    def recognising_bodies(self) -> tuple[str, ...]:
        """The units that recognise funds jointly (setting `funds.recognised_by`)."""
        return self.settings.items("funds.recognised_by")

    def gates_required_from(self) -> date | None:
        """From which day on a signature needs its gates (setting `gates.required_from`); None for never."""
        try:
            return self.settings.day("gates.required_from")
        except WrongSetting as wrong:
            raise Problem(
                409,
                "setting-wrong",
                "设置项 gates.required_from 须为日期（如 2027-01-01）或 never，请区政府办公室更正后再签约。",
                f"The {wrong}: the district office mends it before a contract is signed.",
            ) from wrong

    def statistics_unit(self) -> str | None:
        """The unit that counts fixed-asset investment (setting `bodies.statistics_bureau`); None where none is set."""
        return self.published.published.get("bodies.statistics_bureau")

    def rate_days(self) -> int:
        """By how many working days a contract's exchange rate may be older than it (setting `contract.rate_days`)."""
        return self.published.integer("contract.rate_days")

    def documents_required(self) -> bool:
        """Whether a document must be stored before it is filed (setting `documents.required`)."""
        return self.published.flag("documents.required")

    def default_shares(self) -> tuple[Decimal, Decimal]:
        """The finder's and the landing unit's part (settings `credit.finder_share`, `credit.landing_share`)."""
        settings = self.settings
        return settings.decimal("credit.finder_share"), settings.decimal("credit.landing_share")

    @property
    def settings(self) -> DistrictSettings:
        """The district's settings. Problem 503 `roster-missing` while the registry's roster has not been read."""
        if not self.published.published:
            raise Problem(
                503,
                "roster-missing",
                "尚未读到区登记簿（名册未导入或正在同步），请稍后重试。",
                "The registry's roster has not been read yet: it is not imported, or still on its way.",
                headers={"Retry-After": "2"},
            )
        return self.published


async def roster_of(reads: Reads) -> Roster:
    """The roster, in one query, and kept until the registry says something new."""
    return await reads.kept("registry", "roster", lambda: _load(reads))


async def _load(reads: Reads) -> Roster:
    return Roster.of(await reads.rows(_QUERY))


def _part(what: str, stream: ColumnElement[Any], text: ColumnElement[Any], *change: ColumnElement[Any]) -> Select[Any]:
    """Rows of one kind; `change` is version, begins and effective, where they are changes."""
    version, begins, effective = change or (cast(null(), Integer), cast(null(), Boolean), cast(null(), Date))
    return select(
        literal(what).label("what"),
        stream.label("stream"),
        text.label("text"),
        version.label("version"),
        begins.label("begins"),
        effective.label("effective"),
    )


_units, _groups, _changes = t.UNITS.unit.c, t.UNITS.work_group.c, t.POSTS.unit_change.c
_industries, _settings = t.industry.c, t.SETTINGS.setting.c
_QUERY = union_all(
    _part("unit", _units.stream, _units.kind),
    _part("group", _groups.stream, cast(null(), Text)),
    _part("industry", _industries.stream, _industries.industry).where(~_industries.indicator),
    _part("setting", _settings.key, _settings.value),
    _part("lead", _changes.stream, _changes.unit, _changes.version, _changes.begins, _changes.effective).where(
        _changes.part == "lead"
    ),
)
"""Some hundred rows: all that the district's roster means to this service."""
