"""The beginnings of the stories that the tests of protections tell. All names are fictional (模拟数据)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.projects.deciders import PROTECTION
from services.projects.domain.protection import commands as c
from services.projects.domain.protection.commands import Terms
from services.projects.domain.values import Commerce, Referee
from sevenx.district.calendar import CalendarYear, WorkCalendar
from tests.unit.projects.stories import CHECKER, GROUP_ONE, INVESTOR, TODAY, Story

TERMS = Terms(months=6, extensions=1, warn_days=30, release_days=60, contest_working_days=5, decision_working_days=10)
NOBODY = Commerce("410804-U-commerce", ())
CALENDAR = WorkCalendar.of([CalendarYear(2026, frozenset(), frozenset()), CalendarYear(2027, frozenset(), frozenset())])
"""Weekends alone are off."""
FIRST, SECOND, THIRD = "410804-L-2026-0001", "410804-L-2026-0002", "410804-L-2026-0003"
MACUN, ANYANG, YOUTH = "410804-U-macun", "410804-U-anyangcheng", "410804-U-jiulishan"
UNITS = {FIRST: MACUN, SECOND: ANYANG, THIRD: YOUTH}
PEOPLE = {FIRST: "410804-N-first", SECOND: "410804-N-second", THIRD: "410804-N-third"}


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def report(lead: str = FIRST, today: date = TODAY, **changes: Any) -> c.ReportLead:
    facts: dict[str, Any] = {
        "lead": lead,
        "unit": UNITS[lead],
        "group": GROUP_ONE,
        "investor": INVESTOR,
        "intent_key": "aluminium",
        "terms": TERMS,
        "today": today,
        "by": PEOPLE[lead],
    }
    return c.ReportLead(**{**facts, **changes})


def reported(*leads: str) -> Story:
    """These leads were reported one after the other, on one day."""
    return Story(PROTECTION).after(report(lead) for lead in leads)


def extend(today: date = TODAY, **changes: Any) -> c.Extend:
    facts = {"lead": FIRST, "reason": "总部审批延后", "terms": TERMS, "commerce": NOBODY, "today": today, "by": CHECKER}
    return c.Extend(**{**facts, "office": Referee.COMMERCE_BUREAU, **changes})


def decide_release(release: bool, today: date, **changes: Any) -> c.DecideRelease:
    facts: dict[str, Any] = {
        "lead": FIRST,
        "release": release,
        "reason": "六十天无进展",
        "progress_on": None,
        "terms": TERMS,
        "commerce": NOBODY,
        "office": Referee.COMMERCE_BUREAU,
        "today": today,
        "by": CHECKER,
    }
    return c.DecideRelease(**{**facts, **changes})


def give_up(lead: str = FIRST, today: date = TODAY) -> c.GiveUp:
    return c.GiveUp(lead, "不再跟进", TERMS, today, PEOPLE[lead])


def contest(lead: str = SECOND, today: date = TODAY, **changes: Any) -> c.Contest:
    facts: dict[str, Any] = {
        "lead": lead,
        "grounds": "我单位首谈在先",
        "evidence": (),
        "terms": TERMS,
        "calendar": CALENDAR,
        "commerce": NOBODY,
        "today": today,
        "by": PEOPLE[lead],
    }
    return c.Contest(**{**facts, **changes})


def decide_contest(upheld: bool, today: date = TODAY, **changes: Any) -> c.DecideContest:
    facts: dict[str, Any] = {
        "lead": SECOND,
        "contest": 1,
        "upheld": upheld,
        "reason": "首谈纪要经投资方确认",
        "terms": TERMS,
        "office": Referee.COMMERCE_BUREAU,
        "today": today,
        "by": CHECKER,
    }
    return c.DecideContest(**{**facts, **changes})


def decide_intent(lead: str = SECOND, same_as: str | None = FIRST, **changes: Any) -> c.DecideIntent:
    facts: dict[str, Any] = {
        "lead": lead,
        "same_as": same_as,
        "reason": "同一项目",
        "terms": TERMS,
        "commerce": NOBODY,
        "office": Referee.COMMERCE_BUREAU,
        "today": TODAY,
        "by": CHECKER,
    }
    return c.DecideIntent(**{**facts, **changes})


def judge_idle(since: date, on: date, lead: str = FIRST) -> c.JudgeIdle:
    return c.JudgeIdle(((lead, since),), on)
