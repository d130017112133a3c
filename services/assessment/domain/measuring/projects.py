"""What a project's events add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.assessment.domain.measuring.happenings import Entry, Happening
from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.measuring.shares import Credit, Settled
from sevenx.district.yuan import yuan_zh

_STAGES = ("negotiating", "signed", "landed", "started", "in_production", "at_capacity")
_ZH = dict(zip(_STAGES, ("洽谈", "签约", "落地", "开工", "投产", "达产"), strict=True))
_REACHED: Mapping[str, tuple[str, Measure, str]] = {
    "projects.ProjectSigned": ("signed", Measure.SIGNED_COUNT, "signed_on"),
    "projects.ProjectLanded": ("landed", Measure.LANDED_COUNT, "landed_on"),
    "projects.ConstructionStarted": ("started", Measure.STARTED_COUNT, "started_on"),
    "projects.ProductionStarted": ("in_production", Measure.PRODUCED_COUNT, "started_on"),
    "projects.CapacityReached": ("at_capacity", Measure.CAPACITY_COUNT, "reached_on"),
}
"""Event to the stage, the measure that it counts in, and the field of its date."""
_JUDGED = ("landed", "started", "in_production")
"""三(五): signed lands early, landed starts early, started produces early."""
_ONE = Decimal(1)


OPENINGS = ("projects.ProjectOpened", "projects.ProjectBaselined")
"""First events of a project. One of an old ledger (历史台账) counts nothing of what lies before it."""


@dataclass
class Project:
    """One project as its events tell it, up to the cut-off."""

    stream: str
    name: str = ""
    group: str = ""
    finder: str = ""
    origin: tuple[tuple[str, str, Decimal], ...] = ()
    """(unit, group, part) of those who have had its lead, where that was transferred."""
    industry: str = ""
    code: str | None = None
    opened_at: datetime | None = None
    entries: list[Entry] = field(default_factory=list)
    settled: dict[tuple[str, str], Settled] = field(default_factory=dict)
    counted: dict[str, list[tuple[Measure, Decimal]]] = field(default_factory=dict)
    """What each stage that holds has counted."""
    registered: bool = False

    @property
    def credit(self) -> Credit:
        return Credit(self.group, self.finder, self.settled, self.origin)


def project_of(stream: str, happenings: Sequence[Happening]) -> Project:
    """Fold a project's happenings, which come in the order of their versions."""
    project = Project(stream)
    for one in happenings:
        _fold(project, one)
    return project


def _fold(project: Project, one: Happening) -> None:
    data = one.data
    match one.name:
        case "projects.ProjectOpened" | "projects.ProjectBaselined":
            project.name, project.group, project.finder = data["name"], data["group"], data["finder"]
            project.industry, project.opened_at = data["industry"], one.at
            parts = data.get("parts") or ()
            project.origin = tuple((part["unit"], part["group"], Decimal(part["share"])) for part in parts)
        case "projects.ProjectCodeAssigned":
            project.code = data["code"]
        case "projects.CompanyRegistered":
            if not project.registered:
                project.registered = True
                _add(project, one, Measure.COMPANIES_REGISTERED, _ONE, f"履约（项目公司注册）：{project.name}")
        case "projects.FundsRecognised":
            amount = Decimal(data["amount"])
            _add(project, one, Measure.FUNDS_RECOGNISED, amount, f"认定到位资金{yuan_zh(amount)}：{project.name}")
        case "projects.FundsReversed":
            amount = Decimal(data["off_recognised"])
            if amount:
                zh = f"核减已认定到位资金{yuan_zh(amount)}：{project.name}"
                _add(project, one, Measure.FUNDS_RECOGNISED, -amount, zh)
        case "projects.ContractAmended":
            _amend(project, one)
        case "projects.CreditShared":
            holders = tuple((part["holder"], Decimal(part["share"])) for part in data["shares"])
            project.settled[data["cohort"], data["indicator"]] = Settled(one.position, holders)
        case "projects.StageCorrected":
            _take_back(project, one)
        case _ if one.name in _REACHED:
            _reach(project, one)


def _reach(project: Project, one: Happening) -> None:
    """A stage counts once; reached again after a correction it counts again, for the correction has taken it back. One
    project counts once: an extension (增资) adds its increment and no project."""
    stage, measure, day = _REACHED[one.name]
    on, agreed = one.data[day], one.data.get("agreed_on")
    if stage in project.counted:
        return
    held = project.counted.setdefault(stage, [])
    extends = one.data.get("extends")
    if extends is None:
        held.append((measure, _ONE))
        _add(project, one, measure, _ONE, f"{_ZH[stage]}：{project.name}（{on}）")
    if stage == "signed":
        amount = Decimal(one.data["amount"])
        held.append((Measure.SIGNED_AMOUNT, amount))
        what = "签约合同额" if extends is None else f"增资（原项目{extends}）合同额"
        _add(project, one, Measure.SIGNED_AMOUNT, amount, f"{what}{yuan_zh(amount)}：{project.name}（{on}）")
    if stage in _JUDGED and agreed is not None:
        late = date.fromisoformat(on) > date.fromisoformat(agreed)
        judged = Measure.STAGES_LATE if late else Measure.STAGES_IN_TIME
        held.append((judged, _ONE))
        words = "逾期" if late else "按期"
        _add(project, one, judged, _ONE, f"{words}{_ZH[stage]}：{project.name}（约定{agreed}，实际{on}）")


def _amend(project: Project, one: Happening) -> None:
    """An amendment counts by what it changes, on its own day; it is taken back with its signature."""
    difference = Decimal(one.data["amount"]) - Decimal(one.data["amount_was"])
    if difference:
        project.counted.setdefault("signed", []).append((Measure.SIGNED_AMOUNT, difference))
        more = "增加" if difference > 0 else "减少"
        zh = f"补充协议（{one.data['number']}）{more}合同额{yuan_zh(abs(difference))}：{project.name}"
        _add(project, one, Measure.SIGNED_AMOUNT, difference, zh)


def _take_back(project: Project, one: Happening) -> None:
    """A stage entered wrongly no longer counts: what it had counted is taken off, when the correction was made."""
    gone = _STAGES[_STAGES.index(one.data["to_stage"]) + 1 : _STAGES.index(one.data["from_stage"]) + 1]
    for stage in gone:
        for measure, value in project.counted.pop(stage, []):
            _add(project, one, measure, -value, f"阶段更正，撤销{_ZH[stage]}：{project.name}")
    for void in one.data["void_shares"]:
        project.settled.pop((void["cohort"], void["indicator"]), None)


def _add(project: Project, one: Happening, measure: Measure, value: Decimal, zh: str) -> None:
    project.entries.append(Entry(measure, one.position, one.at, value, zh))


def counted_once(projects: Sequence[Project], policy: frozenset[str]) -> Iterator[tuple[Project, Entry, str]]:
    """Every entry of every project, with why it does not count (empty where it does).

    One project counts once: of two with one project code the one that was opened first counts. What is done for an
    industry that stands for 上级政策性资金争取 (`policy`) is no investment: its recognised funds are policy funds,
    which never count as funds in place, and nothing else of it counts.
    """
    first = _first_of_code(projects)
    for project in projects:
        original = first.get(project.code) if project.code else None
        why = (
            f"与{original}为同一项目（代码{project.code}），不重复计" if original not in (None, project.stream) else ""
        )
        for entry in project.entries:
            yield project, _policy(entry) if project.industry in policy else entry, why or _none(project, entry, policy)


def _policy(entry: Entry) -> Entry:
    if entry.measure is not Measure.FUNDS_RECOGNISED:
        return entry
    zh = entry.zh.replace("认定到位资金", "争取上级政策性资金")
    return Entry(Measure.POLICY_FUNDS, entry.position, entry.at, entry.value, zh)


def _none(project: Project, entry: Entry, policy: frozenset[str]) -> str:
    if project.industry not in policy or entry.measure is Measure.FUNDS_RECOGNISED:
        return ""
    return "上级政策性资金事项，不计招商项目"


def _first_of_code(projects: Sequence[Project]) -> dict[str, str]:
    first: dict[str, tuple[Any, str]] = {}
    for project in projects:
        if project.code and project.opened_at is not None:
            key = (project.opened_at, project.stream)
            first[project.code] = min(first.get(project.code, key), key)
    return {code: stream for code, (_, stream) in first.items()}
