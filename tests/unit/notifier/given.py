"""The words of the tests: a roster, a rule, and given events, when a command to a notice or escalation, then events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.notifier.deciders import ESCALATION, NOTICE
from services.notifier.domain.escalation import commands as e
from services.notifier.domain.escalation.decide import levels
from services.notifier.domain.notice import commands as n
from services.notifier.domain.notice.events import Channel
from services.notifier.domain.roster import Change, Roster
from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

CALENDAR = WorkCalendar.of(CalendarYear(year, frozenset(), frozenset(), source="test") for year in range(2024, 2029))
"""Weekends alone."""
DISTRICT = "410804"
G1, ALPHA, BETA, GAMMA = (f"{DISTRICT}-{rest}" for rest in ("G-1", "U-alpha", "U-beta", "U-gamma"))
SINCE = date(2020, 7, 1)


def person(name: str) -> str:
    return f"{DISTRICT}-N-{name}"


def at(text: str) -> datetime:
    """A time in China, `2026-08-24 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def change(scope: str, what: str, who: str, begins: bool = True, since: date = SINCE, version: int = 1) -> Change:
    return Change(scope, version, what, who, begins, since)


CHANGES = (
    change(G1, "group_leader", person("leader")),
    change(G1, "group_deputy", person("deputy")),
    change(G1, "liaison", person("liaison")),
    change(G1, "lead", ALPHA),
    change(G1, "lead", BETA),
    change(G1, "responsible", GAMMA),
    change(ALPHA, "unit_head", person("head-alpha")),
    change(BETA, "unit_head", person("head-beta")),
    change(GAMMA, "unit_liaison", person("contact-gamma")),
)
NAMES: Mapping[str, tuple[str, str]] = {
    G1: ("招商一组", "Group One"),
    GAMMA: ("丙局（模拟）", "Gamma Bureau (simulated)"),
    "draft": ("起草", "draft"),
}


def roster(*more: Change, on: date = date(2026, 8, 20)) -> Roster:
    return Roster.on(on, (*CHANGES, *more), NAMES)


QUEUE = n.QueueNotice(
    at=at("2026-08-20 09:00"),
    person=person("liaison"),
    channel=Channel.EMAIL,
    kind="report_opened",
    about="reporting/410804-R-2026-08-G1@1",
    told_as=f"liaison@{G1}",
    title_zh="题",
    title_en="title",
    body_zh="文",
    body_en="body",
    link="/reports/410804-G-1/2026-08",
    queued_for=at("2026-08-20 09:30"),
)
DELIVER = n.RecordDelivery(at("2026-08-20 09:31"), "<1.notice@example.org>")
MISSED = "reporting/410804-R-2026-08-G1@9"
DUE = at("2026-08-26 00:00")
"""The 24:00 of Tuesday, 25 August 2026."""


def schedule(about: str = MISSED, days: tuple[int, ...] = (1, 3), due_at: datetime = DUE) -> e.ScheduleEscalation:
    return e.ScheduleEscalation(
        about=about,
        obligation="410804-R-2026-08-G1",
        kind="report_overdue",
        title_zh="招商一组2026年8月月报",
        title_en="Group One's report of 2026-08",
        group=G1,
        unit=None,
        link="/reports/410804-G-1/2026-08",
        due_at=due_at,
        steps=levels(due_at, days, CALENDAR),
    )


def level(number: int, when: str) -> e.RaiseLevel:
    return e.RaiseLevel(at(when), number, (person("leader"),), "逾期", "overdue")


def done(version: int, when: str = "2026-08-27 10:00") -> e.ResolveEscalation:
    return e.ResolveEscalation(at(when), f"reporting/410804-R-2026-08-G1@{version}")


class Told:
    """A stream that the given commands have brought about, and what the last one answered."""

    def __init__(self, decider: Decider[Any], *commands: Any) -> None:
        self.decider = decider
        self.events: list[Any] = []
        self.state = decider.initial
        self.last: Any = []
        self.when(*commands)

    def when(self, *commands: Any) -> Told:
        """Give the commands in order; a refusal that is not the last one's fails the test."""
        for number, command in enumerate(commands):
            self.last = self.decider.decide(command, self.state)
            if isinstance(self.last, Rejection):
                assert number == len(commands) - 1, f"{command} was refused: {self.last}"
                break
            self.events.extend(self.last)
            self.state = self.decider.fold(self.last, self.state)
        return self

    def then(self, *kinds: type) -> list[Any]:
        """The last command caused exactly events of these kinds, which are returned."""
        assert not isinstance(self.last, Rejection), self.last
        assert [type(one) for one in self.last] == list(kinds)
        return list(self.last)

    def refused(self, code: str) -> None:
        """The last command was refused for this reason, in both languages."""
        assert isinstance(self.last, Rejection), self.last
        assert self.last.code == code
        assert self.last.zh
        assert self.last.en


def notice(*commands: Any) -> Told:
    return Told(NOTICE, *commands)


def escalation(*commands: Any) -> Told:
    return Told(ESCALATION, *commands)
