"""手续办理, clauses 二(二) and 三(二): a department is asked, promises, and answers; its time is measured."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.projects.deciders import PROCEDURE
from services.projects.domain.procedure import commands as c
from services.projects.domain.procedure import events as e
from services.projects.domain.procedure.state import Procedure
from services.projects.domain.values import Status
from services.projects.matter_rulebooks import procedure_rulebook
from tests.unit.given import CALENDAR, Told
from tests.unit.machine import StreamMachine
from tests.unit.projects.stories import GROUP_ONE, LIAISON, TODAY, sha

PLANNER, COLLEAGUE = "410804-N-planner", "410804-N-colleague"
"""TODAY is a Monday; planning is promised within 10 working days."""
PROMISED = date(2026, 8, 3)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def ask(**changes: Any) -> c.RequestProcedure:
    facts: dict[str, Any] = {
        "project": "410804-P-2026-0001",
        "group": GROUP_ONE,
        "status": Status.ACTIVE,
        "unit": "410804-U-planning",
        "kind": "planning",
        "title": "建设工程规划许可",
        "rules": procedure_rulebook(),
        "calendar": CALENDAR,
        "today": TODAY,
        "by": LIAISON,
    }
    return c.RequestProcedure(**{**facts, **changes})


def accept(today: date = TODAY, by: str = PLANNER) -> c.AcceptProcedure:
    return c.AcceptProcedure(today, by)


def supplement(today: date, by: str = PLANNER, materials: str = "总平面图") -> c.AskSupplement:
    return c.AskSupplement(materials, today, by)


def give(today: date) -> c.GiveSupplement:
    return c.GiveSupplement(CALENDAR, today, LIAISON)


def grant(today: date, by: str = PLANNER, **changes: Any) -> c.GrantProcedure:
    facts: dict[str, Any] = {"document_number": "建字第1号", "sha256": sha("许可证"), "dated": today}
    return c.GrantProcedure(**{**facts, **changes}, calendar=CALENDAR, today=today, by=by)


def refuse(today: date, by: str = PLANNER, reason: str = "不符合规划") -> c.RefuseProcedure:
    return c.RefuseProcedure(reason, "不予许可〔2026〕1号", sha("决定书"), today, CALENDAR, today, by)


def withdraw(today: date, reason: str = "选址调整") -> c.WithdrawProcedure:
    return c.WithdrawProcedure(reason, CALENDAR, today, LIAISON)


def told(*commands: Any) -> Told[Any]:
    return Told(PROCEDURE, *commands)


def test_a_department_promises_within_the_working_days_of_the_kind() -> None:
    """二(二): approvals are requests with a responsible department and a promised date."""
    [asked] = told(ask()).then(e.ProcedureRequested)
    assert (asked.working_days, asked.promised_on, asked.rulebook) == (10, PROMISED, procedure_rulebook().version)


def test_what_is_asked_has_a_known_kind_and_a_project_that_goes_on() -> None:
    unknown = told(ask(kind="handshake")).refused("unknown-kind")
    assert (unknown.field, "land" in unknown.details["kinds"]) == ("kind", True)
    told(ask(status=Status.LOST)).refused("project-over", "三（二）")
    told(ask(note="请电13800000000")).refused("contact-details")
    told(ask(), ask()).refused("procedure-exists")
    told(accept()).refused("unknown-procedure")


def test_the_outcome_tells_the_working_days_that_were_used() -> None:
    """三(二): others give policy support and approvals; here within four working days, over a weekend."""
    [granted] = told(ask(), accept(), grant(day(4), dated=day(3))).then(e.ProcedureGranted)
    assert (granted.working_days, granted.late, granted.document_number) == (4, False, "建字第1号")
    [over_weekend] = told(ask(), accept(), grant(day(7))).then(e.ProcedureGranted)
    assert over_weekend.working_days == 5


def test_nothing_is_granted_without_acceptance_nor_without_its_document() -> None:
    told(ask(), grant(day(1))).refused("not-accepted", "二（二）")
    accepted = told(ask(), accept())
    assert accepted.when(grant(day(1), sha256="abc")).refused("hash-wrong").field == "sha256"
    assert accepted.when(grant(day(1), dated=day(2))).refused("date-in-future").field == "dated"
    assert accepted.when(accept()).then() == []


def test_a_refusal_has_its_reason_and_needs_no_acceptance() -> None:
    asked = told(ask())
    assert asked.when(refuse(day(1), reason=" ")).refused("reason-missing").field == "reason"
    [refused] = asked.when(refuse(day(1))).then(e.ProcedureRefused)
    assert (refused.reason, refused.working_days) == ("不符合规划", 1)


@pytest.mark.parametrize(
    "answer",
    [
        accept(by=LIAISON),
        supplement(day(1), by=LIAISON),
        grant(day(1), by=LIAISON),
        refuse(day(1), by=LIAISON),
        c.MovePromisedDate(day(30), "商定", day(1), LIAISON),
    ],
)
def test_nobody_answers_what_he_asked_for_himself(answer: Any) -> None:
    told(ask(), answer).refused("own-request", "三（二）")


def test_while_material_is_lacking_the_clock_stands_still() -> None:
    """三(二): what waits for the applicant is not the department's time."""
    stopped = told(ask(), accept(), supplement(day(2)))
    assert stopped.when(c.JudgeProcedure(day(60))).then() == []
    stopped.when(grant(day(3))).refused("supplement-awaited")
    stopped.when(supplement(day(3))).refused("supplement-awaited")
    [given] = stopped.when(give(day(9))).then(e.SupplementGiven)
    assert (given.stopped_days, given.promised_on) == (5, date(2026, 8, 10))
    [granted] = stopped.when(grant(date(2026, 8, 10))).then(e.ProcedureGranted)
    assert (granted.working_days, granted.late) == (10, False)
    told(ask(), give(day(1))).refused("no-supplement-asked")


def test_material_given_on_the_same_day_moves_nothing() -> None:
    [given] = told(ask(), supplement(day(1)), give(day(1))).then(e.SupplementGiven)
    assert (given.stopped_days, given.promised_on, given.accepted) == (0, PROMISED, False)


def test_another_date_is_agreed_with_the_reason() -> None:
    asked = told(ask())
    past = asked.when(c.MovePromisedDate(day(-1), "商定", TODAY, PLANNER)).refused("promise-in-the-past")
    assert past.field == "promised_on"
    assert asked.when(c.MovePromisedDate(day(30), " ", TODAY, PLANNER)).refused("reason-missing").field == "reason"
    [moved] = asked.when(c.MovePromisedDate(day(30), "须专家评审", TODAY, PLANNER)).then(e.PromisedDateMoved)
    assert (moved.previous, moved.promised_on) == (PROMISED, day(30))
    assert asked.when(c.MovePromisedDate(day(30), "须专家评审", TODAY, PLANNER)).then() == []
    assert asked.when(c.JudgeProcedure(day(30))).then() == []


def test_it_is_overdue_once_from_the_day_after_the_promise() -> None:
    asked = told(ask())
    assert asked.when(c.JudgeProcedure(PROMISED)).then() == []
    [late] = asked.when(c.JudgeProcedure(date(2026, 8, 4))).then(e.ProcedureOverdue)
    assert (late.promised_on, late.overdue_on, late.unit) == (PROMISED, date(2026, 8, 4), "410804-U-planning")
    assert asked.when(c.JudgeProcedure(date(2026, 8, 20))).then() == []
    asked.when(c.MovePromisedDate(date(2026, 9, 1), "商定", date(2026, 8, 20), PLANNER))
    assert asked.when(c.JudgeProcedure(date(2026, 9, 20))).then() == []


def test_a_late_answer_does_not_forestall_the_clock() -> None:
    _, granted = told(ask(), accept(), grant(date(2026, 8, 4))).then(e.ProcedureOverdue, e.ProcedureGranted)
    assert (granted.late, granted.working_days) == (True, 11)


def test_what_has_its_outcome_stays_as_it_is() -> None:
    done = told(ask(), withdraw(day(1)))
    [withdrawn] = done.then(e.ProcedureWithdrawn)
    assert withdrawn.working_days == 1
    for command in (accept(), refuse(day(2)), withdraw(day(2)), give(day(2))):
        done.when(command).refused("procedure-done")
    assert done.when(c.JudgeProcedure(date(2026, 12, 1))).then() == []


PEOPLE = st.sampled_from([PLANNER, COLLEAGUE, LIAISON])


class ProcedureMachine(StreamMachine[Procedure]):
    """Random commands about one procedure; the clock looks on every day, or on the last of some alone."""

    decider = PROCEDURE
    statuses = (403, 409, 422)

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY

    @initialize(kind=st.sampled_from(sorted(procedure_rulebook().kinds)))
    def ask(self, kind: str) -> None:
        self.give(ask(kind=kind))

    @rule(days=st.integers(1, 12), away=st.booleans())
    def time_goes_by(self, days: int, away: bool) -> None:
        for left in reversed(range(days)):
            self.today += timedelta(days=1)
            if not away or not left:
                self.give(c.JudgeProcedure(self.today))

    @rule(by=PEOPLE)
    def accept(self, by: str) -> None:
        self.give(accept(self.today, by))

    @rule(by=PEOPLE)
    def lack(self, by: str) -> None:
        self.give(supplement(self.today, by))

    @rule()
    def supply(self) -> None:
        self.give(give(self.today))

    @rule(ahead=st.integers(-3, 30), by=PEOPLE)
    def move(self, ahead: int, by: str) -> None:
        self.give(c.MovePromisedDate(self.today + timedelta(days=ahead), "商定", self.today, by))

    @rule(by=PEOPLE, outcome=st.sampled_from([grant, refuse]), now=st.sampled_from([False, False, True]))
    def end(self, by: str, outcome: Any, now: bool) -> None:
        if now:
            self.give(outcome(self.today, by))

    @rule(now=st.sampled_from([False, False, True]))
    def withdraw(self, now: bool) -> None:
        if now:
            self.give(withdraw(self.today))

    @invariant()
    def it_has_one_outcome_and_is_overdue_once(self) -> None:
        ends = [one for one in self.events if isinstance(one, e.ProcedureGranted | e.ProcedureRefused)]
        ends += [one for one in self.events if isinstance(one, e.ProcedureWithdrawn)]
        assert len(ends) <= 1
        assert not ends or self.events[-1] is ends[0]
        assert sum(isinstance(one, e.ProcedureOverdue) for one in self.events) <= 1

    @invariant()
    def what_was_answered_in_time_was_never_overdue(self) -> None:
        overdue = any(isinstance(one, e.ProcedureOverdue) for one in self.events)
        for one in self.events:
            if isinstance(one, e.ProcedureGranted | e.ProcedureRefused):
                assert one.late == overdue
                assert 0 <= one.working_days <= (self.today - TODAY).days

    @invariant()
    def without_another_date_in_time_is_within_the_kinds_days(self) -> None:
        if any(isinstance(one, e.PromisedDateMoved) for one in self.events):
            return
        for one in self.events:
            if isinstance(one, e.ProcedureGranted) and not one.late:
                assert one.working_days <= self.events[0].working_days

    @invariant()
    def nobody_answered_himself(self) -> None:
        answers = ("accepted_by", "asked_by", "moved_by", "granted_by", "refused_by")
        assert not [one for one in self.events for name in answers if getattr(one, name, "") == LIAISON]

    @invariant()
    def a_replay_gives_the_same_state(self) -> None:
        assert PROCEDURE.fold(self.events) == self.state


TestProcedureMachine = ProcedureMachine.TestCase
TestProcedureMachine.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
