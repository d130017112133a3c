"""问题协调, clause 三(二) 及时协调解决有关问题: an owner, levels that coordinate, a closing that is not the owner's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.projects.deciders import PROBLEM
from services.projects.domain.problem import commands as c
from services.projects.domain.problem import events as e
from services.projects.domain.problem.events import Level, Outcome
from services.projects.domain.problem.state import ProblemState
from services.projects.domain.values import Referee
from services.projects.matter_rulebooks import problem_rulebook
from sevenx.kernel.errors import Rejection
from tests.unit.given import CALENDAR, Told
from tests.unit.machine import StreamMachine
from tests.unit.projects.stories import GROUP_ONE, LIAISON, TODAY

POWER, WATER, BUREAU = "410804-U-power-supply", "410804-U-water", "410804-U-commerce"
ENGINEER, CLERK, OFFICER = "410804-N-engineer", "410804-N-clerk", "410804-N-officer"
COMMERCE, DISTRICT = Referee.COMMERCE_BUREAU, Referee.DISTRICT_OFFICE
PROMISED = date(2026, 7, 27)
"""TODAY is a Monday; surroundings are settled within five working days."""


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def ask(**changes: Any) -> c.RaiseProblem:
    facts: dict[str, Any] = {
        "about": "410804-P-2026-0001",
        "group": GROUP_ONE,
        "owner": POWER,
        "kind": "surroundings",
        "title": "施工便道受阻",
        "text": "运输车辆无法进场",
        "rules": problem_rulebook(),
        "calendar": CALENDAR,
        "today": TODAY,
        "by": LIAISON,
    }
    return c.RaiseProblem(**{**facts, **changes})


def handle(today: date = TODAY, measure: str = "已到场勘查") -> c.HandleProblem:
    return c.HandleProblem(measure, today, ENGINEER)


def escalate(today: date = TODAY, office: Referee | None = None, by: str = ENGINEER, reason: str = "协调未果") -> Any:
    return c.EscalateProblem(reason, office, today, by)


def give_back(office: Referee | None, owner: str | None = None, today: date = TODAY) -> c.ReturnProblem:
    return c.ReturnProblem("请先行办理", office, today, CLERK, owner)


def close(today: date = TODAY, **changes: Any) -> c.CloseProblem:
    facts: dict[str, Any] = {"outcome": Outcome.SOLVED, "reason": "便道已通", "own_units": (), "office": None}
    return c.CloseProblem(**{**facts, "by": LIAISON, **changes}, calendar=CALENDAR, today=today)


def reopen(today: date) -> c.ReopenProblem:
    return c.ReopenProblem("再次受阻", CALENDAR, today, LIAISON)


def told(*commands: Any) -> Told[Any]:
    return Told(PROBLEM, *commands)


def test_a_problem_has_an_owner_and_is_to_be_solved_within_its_kinds_days() -> None:
    """三(二): 及时."""
    [raised] = told(ask()).then(e.ProblemRaised)
    assert (raised.owner, raised.promised_on, raised.rulebook) == (POWER, PROMISED, problem_rulebook().version)
    assert told(ask(kind="weather")).refused("unknown-kind").field == "kind"
    assert told(ask(text="请电13800000000")).refused("contact-details").field == "text"
    told(ask(), ask()).refused("problem-exists")
    told(handle()).refused("unknown-problem")


def test_what_was_done_is_on_record_and_closes_nothing() -> None:
    raised = told(ask())
    assert raised.when(handle(measure=" ")).refused("reason-missing").field == "measure"
    [first] = raised.when(handle()).then(e.ProblemHandled)
    [second] = raised.when(handle(day(1))).then(e.ProblemHandled)
    assert (first.step, second.step, raised.state.closed) == (1, 2, False)


def test_it_goes_from_the_group_to_the_commerce_bureau_and_to_the_district() -> None:
    """三(二): 区商务局 coordinates; the group's people decide on the first step alone."""
    raised = told(ask(), escalate())
    [first] = raised.then(e.ProblemEscalated)
    assert (first.from_level, first.to_level) == (Level.GROUP, Level.COMMERCE_BUREAU)
    raised.when(escalate()).refused("not-its-level")
    [second] = raised.when(escalate(office=COMMERCE)).then(e.ProblemEscalated)
    assert second.to_level is Level.DISTRICT_OFFICE
    raised.when(escalate(office=DISTRICT)).refused("highest-level")
    told(ask(), escalate(), escalate(by=LIAISON)).then(e.ProblemEscalated)
    told(ask(), escalate(reason=" ")).refused("reason-missing")


def test_the_office_where_it_stands_returns_it_also_to_another_owner() -> None:
    raised = told(ask())
    raised.when(give_back(COMMERCE)).refused("lowest-level")
    raised.when(escalate())
    raised.when(give_back(DISTRICT)).refused("not-its-level")
    [returned] = raised.when(give_back(COMMERCE, WATER)).then(e.ProblemReturned)
    assert (returned.to_level, returned.owner, returned.previous_owner) == (Level.GROUP, WATER, POWER)
    raised.when(close(own_units=(WATER,))).refused("own-problem")


def test_who_raised_it_closes_it_or_the_commerce_bureau_and_never_its_owner() -> None:
    """三(二), as with directives: 销号 is nobody's own."""
    raised = told(ask())
    raised.when(close(by=ENGINEER)).refused("not-the-closer", "三（二）")
    raised.when(close(by=LIAISON, own_units=(POWER,))).refused("own-problem", "三（二）")
    raised.when(close(by=OFFICER, office=DISTRICT)).refused("not-the-closer")
    assert raised.when(close(reason=" ")).refused("reason-missing").field == "reason"
    [closed] = raised.when(close(day(3))).then(e.ProblemClosed)
    assert (closed.outcome, closed.working_days, closed.late) == (Outcome.SOLVED, 3, False)
    told(ask(), close(by=OFFICER, office=COMMERCE, outcome=Outcome.NOT_SOLVABLE)).then(e.ProblemClosed)


def test_what_the_commerce_bureau_owns_the_district_closes() -> None:
    raised = told(ask(owner=BUREAU))
    raised.when(close(by=OFFICER, office=COMMERCE, own_units=(BUREAU,))).refused("own-problem")
    raised.when(escalate(), escalate(office=COMMERCE), close(by=OFFICER, office=DISTRICT)).then(e.ProblemClosed)


def test_a_wrong_closing_is_corrected_with_a_new_promise() -> None:
    """三(二): nothing is edited; the time used goes on from before."""
    story = told(ask(), close(day(2)))
    for command in (handle(), escalate(), close()):
        story.when(command).refused("problem-closed")
    [again] = story.when(reopen(day(7))).then(e.ProblemReopened)
    assert again.promised_on == date(2026, 8, 3)
    story.when(reopen(day(7))).refused("problem-open")
    [closed] = story.when(close(day(8))).then(e.ProblemClosed)
    assert closed.working_days == 3


def test_it_is_overdue_once_for_each_promise() -> None:
    story = told(ask())
    assert story.when(c.JudgeProblem(PROMISED)).then() == []
    [late] = story.when(c.JudgeProblem(date(2026, 7, 28))).then(e.ProblemOverdue)
    assert (late.owner, late.level, late.promised_on) == (POWER, Level.GROUP, PROMISED)
    assert story.when(c.JudgeProblem(date(2026, 7, 29))).then() == []
    [closed] = story.when(close(date(2026, 7, 29))).then(e.ProblemClosed)
    assert closed.late
    story.when(reopen(date(2026, 7, 29)), c.JudgeProblem(date(2026, 9, 1))).then(e.ProblemOverdue)
    told(ask(), handle(date(2026, 7, 28))).then(e.ProblemOverdue, e.ProblemHandled)


PEOPLE = st.sampled_from([ENGINEER, CLERK, OFFICER, LIAISON])
OFFICES = st.sampled_from([None, COMMERCE, DISTRICT])
UNITS = st.sampled_from([POWER, WATER, BUREAU])


class ProblemMachine(StreamMachine[ProblemState]):
    """Random commands about one problem; the clock looks on every day, or on the last of some alone."""

    decider = PROBLEM
    statuses = (403, 409, 422)

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY

    @initialize(kind=st.sampled_from(sorted(problem_rulebook().kinds)), owner=UNITS)
    def ask(self, kind: str, owner: str) -> None:
        self.give(ask(kind=kind, owner=owner))

    @rule(days=st.integers(1, 15), away=st.booleans())
    def time_goes_by(self, days: int, away: bool) -> None:
        for left in reversed(range(days)):
            self.today += timedelta(days=1)
            if not away or not left:
                self.give(c.JudgeProblem(self.today))

    @rule()
    def handle(self) -> None:
        self.give(handle(self.today))

    @rule(office=OFFICES, by=PEOPLE)
    def escalate(self, office: Referee | None, by: str) -> None:
        self.give(escalate(self.today, office, by))

    @rule(office=OFFICES, owner=st.none() | UNITS)
    def give_back(self, office: Referee | None, owner: str | None) -> None:
        self.give(give_back(office, owner, self.today))

    @rule(by=PEOPLE, office=OFFICES, own=st.sets(UNITS, max_size=1), outcome=st.sampled_from(Outcome))
    def close(self, by: str, office: Referee | None, own: set[str], outcome: Outcome) -> None:
        owner = self.state.owner
        decided = self.attempt(close(self.today, by=by, office=office, own_units=own, outcome=outcome))
        assert isinstance(decided, Rejection) or owner not in own

    @rule()
    def reopen(self) -> None:
        self.give(reopen(self.today))

    @invariant()
    def steps_are_counted_without_a_gap(self) -> None:
        steps = [one.step for one in self.events if hasattr(one, "step")]
        assert steps == list(range(1, len(steps) + 1))

    @invariant()
    def levels_follow_one_another(self) -> None:
        level = Level.GROUP
        for one in self.events:
            if isinstance(one, e.ProblemEscalated | e.ProblemReturned):
                assert one.from_level is level
                assert abs(list(Level).index(one.to_level) - list(Level).index(level)) == 1
                level = one.to_level
        assert level is self.state.level

    @invariant()
    def it_is_overdue_once_for_each_promise(self) -> None:
        promises = sum(isinstance(one, e.ProblemRaised | e.ProblemReopened) for one in self.events)
        assert sum(isinstance(one, e.ProblemOverdue) for one in self.events) <= promises

    @invariant()
    def what_was_closed_in_time_took_no_more_than_its_days(self) -> None:
        reopened = any(isinstance(one, e.ProblemReopened) for one in self.events)
        used = [one for one in self.events if isinstance(one, e.ProblemClosed)]
        assert [one.working_days for one in used] == sorted(one.working_days for one in used)
        if used and not reopened:
            assert used[0].late == (used[0].working_days > self.events[0].working_days)

    @invariant()
    def a_replay_gives_the_same_state(self) -> None:
        assert PROBLEM.fold(self.events) == self.state


TestProblemMachine = ProblemMachine.TestCase
TestProblemMachine.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
