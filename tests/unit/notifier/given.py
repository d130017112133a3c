"""The words of the tests of notifier: a roster, and the commands of a notice and of an escalation."""

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
from tests.unit.given import CALENDAR, Told, at

DISTRICT = "410804"
G1, ALPHA, BETA, GAMMA = (f"{DISTRICT}-{rest}" for rest in ("G-1", "U-alpha", "U-beta", "U-gamma"))
SINCE = date(2020, 7, 1)


def person(name: str) -> str:
    return f"{DISTRICT}-N-{name}"


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


def notice(*commands: Any) -> Told[Any]:
    return Told(NOTICE, *commands)


def escalation(*commands: Any) -> Told[Any]:
    return Told(ESCALATION, *commands)
