"""Whatever happens to an investor's reports, in any order: its invariants hold and its events replay to one state."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from services.projects.deciders import PROTECTION
from services.projects.domain.protection import commands as c
from services.projects.domain.protection import events as e
from services.projects.domain.protection.events import ReleaseCause
from services.projects.domain.protection.state import Investor, Standing
from services.projects.domain.values import Referee
from tests.unit.machine import StreamMachine
from tests.unit.projects.protections import CALENDAR, NOBODY, TERMS
from tests.unit.projects.stories import GROUP_ONE, INVESTOR, TODAY, sha

LEADS = st.integers(1, 6).map(lambda n: f"410804-L-2026-{n:04d}")
UNITS = st.sampled_from(["410804-U-macun", "410804-U-anyangcheng", "410804-U-commerce"])
INTENTS = st.sampled_from(["aluminium", "aluminium", "trade-logistics"])
REFEREES = st.sampled_from([Referee.COMMERCE_BUREAU, Referee.COMMERCE_BUREAU, Referee.DISTRICT_OFFICE])
JUDGE = "410804-N-judge"


class ProtectionMachine(StreamMachine[Investor]):
    """Random commands about one investor; the day moves on by itself."""

    decider = PROTECTION

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY

    @rule(lead=LEADS, unit=UNITS, intent=INTENTS)
    def report(self, lead: str, unit: str, intent: str) -> None:
        before = len(self.state.reports)
        known = lead in self.state.reports
        self.give(c.ReportLead(lead, unit, GROUP_ONE, INVESTOR, intent, TERMS, self.today, f"n-{lead}"))
        assert len(self.state.reports) == before + (not known), "a report is never refused"

    @rule(days=st.sampled_from([1, 3, 7, 30, 61, 190]))
    def time_goes_by(self, days: int) -> None:
        """What falls due in these days is judged, day by day as the clock would."""
        until = self.today + timedelta(days=days)
        while self.today < until:
            self.today += timedelta(days=1)
            self.judge()

    def judge(self) -> None:
        idle = tuple((hold.lead, hold.idle_from) for hold in self.state.holds.values())
        for command in (c.JudgeIdle(idle, self.today), c.JudgeTerms(TERMS, self.today), c.JudgeContests(self.today)):
            self.give(command)

    @rule(lead=LEADS)
    def extend(self, lead: str) -> None:
        self.give(c.Extend(lead, "延期", TERMS, NOBODY, Referee.COMMERCE_BUREAU, self.today, JUDGE))

    @rule(lead=LEADS, release=st.booleans())
    def decide_release(self, lead: str, release: bool) -> None:
        proposed = [hold.lead for hold in self.state.holds.values() if hold.proposed_since]
        target = proposed[0] if proposed else lead
        office = Referee.COMMERCE_BUREAU
        self.give(c.DecideRelease(target, release, "无进展", None, TERMS, NOBODY, office, self.today, JUDGE))

    @rule(lead=LEADS)
    def give_up(self, lead: str) -> None:
        self.give(c.GiveUp(lead, "放弃", TERMS, self.today, f"n-{lead}"))

    @rule(lead=LEADS, cause=st.sampled_from([ReleaseCause.LEAD_CLOSED, ReleaseCause.PROJECT_OVER]))
    def leave(self, lead: str, cause: ReleaseCause) -> None:
        self.give(c.Leave(lead, cause, "结束", TERMS, self.today, f"n-{lead}"))

    @rule(lead=LEADS)
    def convert(self, lead: str) -> None:
        self.give(c.ConvertProtected(lead, f"P-{lead}", self.today))

    @rule(lead=LEADS, signed=st.booleans())
    def sign_or_take_back(self, lead: str, signed: bool) -> None:
        project = f"P-{lead}"
        self.give(c.Fulfil(lead, project, self.today) if signed else c.Reopen(lead, project, "无效", self.today))

    @rule(lead=LEADS, days=st.integers(0, 40))
    def prove_talk(self, lead: str, days: int) -> None:
        self.give(c.ProveTalk(lead, self.today - timedelta(days=days), sha(lead), self.today))

    @rule(lead=LEADS)
    def contest(self, lead: str) -> None:
        self.give(c.Contest(lead, "首谈在先", (), TERMS, CALENDAR, NOBODY, self.today, f"n-{lead}"))

    @rule(upheld=st.booleans(), office=REFEREES, judge=st.sampled_from([JUDGE, JUDGE, "n-410804-L-2026-0001"]))
    def decide_contest(self, upheld: bool, office: Referee, judge: str) -> None:
        for number, one in sorted(self.state.contests.items())[:1]:
            self.give(c.DecideContest(one.made.lead, number, upheld, "核实", TERMS, office, self.today, judge))

    @rule(lead=LEADS, other=st.none() | LEADS, office=REFEREES)
    def decide_intent(self, lead: str, other: str | None, office: Referee) -> None:
        self.give(c.DecideIntent(lead, other, "核实", TERMS, NOBODY, office, self.today, JUDGE))

    @invariant()
    def one_lead_at_most_is_protected_for_an_intent(self) -> None:
        holding = [one for one in self.state.reports.values() if one.standing is Standing.HOLDING]
        assert max(Counter(one.intent for one in holding).values(), default=0) <= 1
        assert {one.intent: one.lead for one in holding} == {at: hold.lead for at, hold in self.state.holds.items()}

    @invariant()
    def nobody_waits_where_nobody_is_protected(self) -> None:
        waiting = {one.intent for one in self.state.reports.values() if one.standing is Standing.QUEUED}
        assert waiting <= set(self.state.holds)

    @invariant()
    def every_report_is_kept_in_its_order(self) -> None:
        numbers = sorted(one.number for one in self.state.reports.values())
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def an_open_contest_is_between_one_who_waits_and_who_holds(self) -> None:
        for one in self.state.contests.values():
            made = one.made
            assert self.state.reports[made.lead].standing is Standing.QUEUED
            assert self.state.holds[made.intent_key].lead == made.holder

    @invariant()
    def nothing_ended_by_itself_before_its_term(self) -> None:
        """首报首谈: release is never automatic."""
        for event in self.events:
            if isinstance(event, e.ProtectionReleased):
                assert event.decided_by
                if event.cause is ReleaseCause.IDLE:
                    assert event.decided_by == JUDGE

    @invariant()
    def no_first_talk_stands_behind_an_earlier_one(self) -> None:
        proved: dict[str, date] = {}
        for event in self.events:
            if isinstance(event, e.FirstTalkProved):
                assert event.talked_on < proved.get(event.intent_key, date.max)
                proved[event.intent_key] = event.talked_on

    @invariant()
    def a_replay_gives_the_same_state(self) -> None:
        assert PROTECTION.fold(self.events) == self.state


TestProtectionMachine = ProtectionMachine.TestCase
TestProtectionMachine.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
