"""Random commands for a project, of every kind and in whatever order, as a state machine without its invariants."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project import promise_commands as p
from services.projects.domain.project.contract_commands import (
    AddExtension,
    DeclareExtension,
    RemoveExtension,
    WithdrawExtension,
)
from services.projects.domain.project.events import (
    CreditShare,
    Gate,
    GateOutcome,
    PromiseKind,
    PromiseParty,
    ShareBasis,
    SharePart,
)
from services.projects.domain.project.gate_commands import TakeGateBack
from services.projects.domain.project.lights import first_change
from services.projects.domain.project.standing_still import facts_of
from services.projects.domain.project.state import Project
from services.projects.domain.project.statistics_commands import CorrectStatistics, RecordStatistics
from services.projects.domain.values import STAGES, ProjectType, Referee, Stage, Status
from services.projects.rulebooks import lights_rulebook
from sevenx.kernel.errors import Rejection
from tests.unit.machine import StreamMachine
from tests.unit.projects.stories import (
    BODIES,
    COMMERCE,
    GROUP_ONE,
    GROUP_TWO,
    LEAD_UNIT,
    RULES,
    STREET,
    TODAY,
    WAY,
    ZONE,
    amend,
    claim,
    documents,
    gate,
    open_project,
    promise,
    sha,
    voucher,
)

LIGHTS = lights_rulebook()
PEOPLE = st.sampled_from(["410804-N-a", "410804-N-b"])
GROUPS = st.sampled_from([GROUP_ONE, GROUP_TWO])
AMOUNTS = st.integers(-1, 24).map(lambda n: Decimal(n) * 5_000_000)
PARTS = st.sampled_from([Decimal(part) for part in ("-0.1", "0", "0.4", "0.5", "1", "1.1")])
"""Of what a step may take at most."""
OVERSEER = (Referee.DISTRICT_OFFICE,)
NUMBERS = st.integers(0, 4)
REASONS = st.sampled_from(["", "原因", "原因"])
OFFICES = st.sampled_from(["right", "right", "right", "wrong"])


class ProjectCommands(StreamMachine[Project]):
    """Random commands against one project; the day moves on by itself. What must hold stands in a subclass."""

    decider = PROJECT

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY

    def give(self, command: Any) -> list[Any]:
        """And whatever the clock finds due thereafter."""
        decided = self.attempt(command)
        if isinstance(decided, Rejection):
            return []
        self.clock()
        return list(decided)

    @initialize(kind=st.sampled_from(ProjectType), group=GROUPS, stage=st.sampled_from(STAGES), by=PEOPLE)
    def open(self, kind: ProjectType, group: str, stage: Stage, by: str) -> None:
        """A project of any type that has come some way."""
        self.give(open_project(project_type=kind, group=group, today=self.today, by=by))
        for _ in range(stage.rank):
            self.advance(filed=True)

    @rule(by=PEOPLE)
    def open_again(self, by: str) -> None:
        self.give(open_project(today=self.today, by=by))

    @rule(days=st.integers(1, 40))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.clock()

    def clock(self) -> None:
        """Judge on each day up to today that changes something."""
        self.must(p.JudgePromises(self.today))
        while self.state.opened and (day := first_change(facts_of(self.state), self.state.light, LIGHTS, self.today)):
            assert self.must(c.JudgeProgress(day)), "the clock was sent in vain"

    @rule(days=st.integers(-3, 30))
    def talk(self, days: int) -> None:
        held_on = self.today - timedelta(days=days)
        self.give(c.RecordProjectTalk(held_on, "宁波市", "对接", self.today, "410804-N-a"))

    @rule(stage=st.sampled_from(STAGES), complete=st.booleans())
    def file(self, stage: Stage, complete: bool) -> None:
        if self.state.opened is not None:
            wanted = documents(stage, self.state.opened.project_type)
            self.give(c.FileEvidence(wanted if complete else wanted[1:], RULES, self.today, "410804-N-a"))

    @rule(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        if number < len(self.state.filed):
            proof = self.state.filed[number]
            self.give(c.WithdrawEvidence(proof.kind, proof.sha256, "传错", self.today, "410804-N-a"))

    @rule(filed=st.booleans())
    def advance(self, filed: bool) -> None:
        """The next stage, with or without its documents."""
        at = self.state.stage.rank
        if self.state.opened is None or at + 1 == len(STAGES):
            return
        stage = STAGES[at + 1]
        wanted = documents(stage, self.state.opened.project_type) if filed else ()
        self.give(WAY[stage.rank](documents=wanted, today=self.today))

    @rule(stage=st.sampled_from(STAGES))
    def jump(self, stage: Stage) -> None:
        if stage is not Stage.NEGOTIATING:
            self.give(WAY[stage.rank](today=self.today))

    @rule(stage=st.sampled_from(STAGES), reason=REASONS)
    def correct(self, stage: Stage, reason: str) -> None:
        self.give(c.CorrectStage(stage, reason, self.today, "410804-N-b"))

    @rule(status=st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.DELAYED, Status.DORMANT, Status.LOST]))
    def change_status(self, status: Status) -> None:
        self.give(c.ChangeStatus(status, self.today, "原因", self.today, "410804-N-a"))

    @rule(stage=st.sampled_from(STAGES), days=st.integers(0, 900), reason=REASONS)
    def agree(self, stage: Stage, days: int, reason: str) -> None:
        self.give(c.AgreeDates(((stage, TODAY + timedelta(days=days)),), self.today, "410804-N-a", reason))

    @rule(
        claimant=st.sampled_from([ZONE, ZONE, LEAD_UNIT, STREET, COMMERCE.unit]),
        amount=AMOUNTS,
        numbers=st.lists(st.integers(0, 12), min_size=1, max_size=3),
        by=PEOPLE,
    )
    def claim(self, claimant: str, amount: Decimal, numbers: list[int], by: str) -> None:
        vouchers = tuple(voucher(str(number), 200_000_000) for number in numbers)
        month = self.today.isoformat()[:7]
        self.give(
            claim(claimant=claimant, amount=amount, vouchers=vouchers, month=month, today=self.today, by=by,
                  lead_units=(LEAD_UNIT, COMMERCE.unit))
        )  # fmt: skip

    @rule(number=st.integers(0, 12), tens=st.integers(1, 12), steps=st.integers(1, 4), kept=st.sampled_from([1, 2]))
    def claim_in_order(self, number: int, tens: int, steps: int, kept: int) -> None:
        """The ordinary way of a claim, or its beginning: claimed by one person, decided by another."""
        before = len(self.state.claims)
        self.claim(ZONE, Decimal(tens) * 10_000_000, [number], "410804-N-a")
        if len(self.state.claims) == before:
            return
        if steps > 1:
            self.check(before, Decimal(1) / kept, "right", "410804-N-b", "原因")
        if steps > 2:
            self.recognise(before, Decimal(1) / kept, "right", "410804-N-b", True, "原因" if tens % 2 else "")
        if steps > 3:
            self.reverse(before, Decimal(1) / kept, "right", "410804-N-b")

    def pick(self, number: int) -> int:
        """A claim that there is, mostly."""
        return 1 + number % max(1, len(self.state.claims) + (number == 4))

    def office(self, number: int, which: str) -> Referee:
        found = self.state.claim(number)
        right = found.referee if found else Referee.COMMERCE_BUREAU
        return right if which == "right" else next(one for one in Referee if one is not right)

    @precondition(lambda self: self.state.claims)
    @rule(number=NUMBERS, part=PARTS, office=OFFICES, by=PEOPLE, reason=REASONS)
    def check(self, number: int, part: Decimal, office: str, by: str, reason: str) -> None:
        number = self.pick(number)
        found = self.state.claim(number)
        amount = part * (found.claimed if found else 1)
        self.give(c.CheckFunds(number, amount, self.office(number, office), self.today, by, reason))

    @precondition(lambda self: self.state.checked > 0)
    @rule(number=NUMBERS, part=PARTS, office=OFFICES, by=PEOPLE, complete=st.booleans(), note=REASONS)
    def recognise(self, number: int, part: Decimal, office: str, by: str, complete: bool, note: str) -> None:
        number = self.pick(number)
        found = self.state.claim(number)
        amount = part * ((found.checked if found else None) or 1)
        barred = {found.claimant if found else "", COMMERCE.unit if self.office(number, office) in OVERSEER else ""}
        bodies = tuple(body for body in BODIES if body not in barred) if complete else BODIES
        deciding, minutes = self.office(number, office), sha("minutes")
        self.give(
            c.RecogniseFunds(number, amount, bodies, BODIES, COMMERCE, minutes, deciding, self.today, by, "核", note)
        )

    @precondition(lambda self: self.state.checked > 0)
    @rule(number=NUMBERS, part=PARTS, office=OFFICES, by=PEOPLE)
    def reverse(self, number: int, part: Decimal, office: str, by: str) -> None:
        number = self.pick(number)
        found = self.state.claim(number)
        amount = part * ((found.checked if found else None) or 1)
        self.give(c.ReverseFunds(number, amount, "回流", self.office(number, office), self.today, by))

    @rule(amount=AMOUNTS, number=st.integers(0, 30), note=REASONS, later=st.booleans(), wide=st.booleans())
    def amend(self, amount: Decimal, number: int, note: str, later: bool, wide: bool) -> None:
        """A supplementary agreement to another amount, with or without its note and another date."""
        following = STAGES[min(self.state.stage.rank + 1, len(STAGES) - 1)]
        dates = ((following, self.today + timedelta(days=30)),) if later else ()
        content = f"内容{number}" if wide else None
        facts = {
            "sha256": sha(f"amendment {number}"),
            "number": f"补{number}号",
            "excess_note": note,
            "content": content,
        }
        self.give(amend(amount=amount, dates=dates, dated=self.today, today=self.today, **facts))

    @rule(month=st.integers(1, 8), amount=AMOUNTS, correct=st.booleans(), reason=REASONS)
    def count(self, month: int, amount: Decimal, correct: bool, reason: str) -> None:
        """The statistics bureau records or corrects a month."""
        text = f"2026-{month:02}"
        if correct:
            self.give(CorrectStatistics(text, amount, reason, self.today, "410804-N-b"))
        else:
            self.give(RecordStatistics(text, amount, self.today, "410804-N-b"))

    @rule(other=st.sampled_from(["410804-P-2026-0008", "410804-P-2026-0009"]), way=st.integers(0, 3), reason=REASONS)
    def extend(self, other: str, way: int, reason: str) -> None:
        """This project extends another, or another this one; or no longer."""
        by, own = "410804-N-a", "410804-P-2026-0001"
        given = (
            DeclareExtension(own, other, self.today, by),
            AddExtension(other, self.today, by),
            WithdrawExtension(reason, self.today, by),
            RemoveExtension(other, reason, self.today, by),
        )
        self.give(given[way])

    @rule(
        of=st.sampled_from(Gate), outcome=st.sampled_from(GateOutcome), stated=st.booleans(), days=st.integers(-2, 20),
        document=st.integers(0, 30),
    )  # fmt: skip
    def hold_gate(self, of: Gate, outcome: GateOutcome, stated: bool, days: int, document: int) -> None:
        held_on, conditions = self.today - timedelta(days=days), "条件" if stated else ""
        facts = {"outcome": outcome, "conditions": conditions, "document_sha256": sha(f"gate {document}")}
        self.give(gate(of, held_on=held_on, today=self.today, **facts))

    @rule()
    def pass_the_gates_and_sign(self) -> None:
        """Where the district demands the gates."""
        for of in Gate:
            self.give(gate(of, held_on=self.today, document_sha256=sha(f"{self.today} {of}"), today=self.today))
        self.sign_behind_gates()

    @rule()
    def sign_behind_gates(self) -> None:
        if self.state.opened is not None:
            wanted = documents(Stage.SIGNED, self.state.opened.project_type)
            self.give(
                WAY[Stage.SIGNED.rank](documents=wanted, today=self.today, signed_on=self.today, gates_from=TODAY)
            )

    @rule(number=st.integers(1, 12), reason=REASONS)
    def take_gate_back(self, number: int, reason: str) -> None:
        self.give(TakeGateBack(number, reason, self.today, "410804-N-b"))

    @rule(
        party=st.sampled_from(PromiseParty),
        kind=st.sampled_from(PromiseKind),
        days=st.integers(-5, 60),
        doc=st.booleans(),
    )
    def make_promise(self, party: PromiseParty, kind: PromiseKind, days: int, doc: bool) -> None:
        due, basis = self.today + timedelta(days=days), sha("basis") if doc else None
        self.give(promise(party=party, kind=kind, due=due, basis_sha256=basis, today=self.today))

    @rule(number=st.integers(1, 6), days=st.integers(-5, 60), more=st.integers(0, 1), reason=REASONS)
    def amend_promise(self, number: int, days: int, more: int, reason: str) -> None:
        due = self.today + timedelta(days=days)
        self.give(p.AmendPromise(number, reason, self.today, "410804-N-a", due=due, value=Decimal(300 + more)))

    @rule(number=st.integers(1, 6), end=st.sampled_from(["kept", "kept", "less", "broken", "withdrawn"]))
    def end_promise(self, number: int, end: str) -> None:
        match end:
            case "broken":
                self.give(p.BreakPromise(number, self.today, "停建", self.today, "410804-N-a"))
            case "withdrawn":
                self.give(p.WithdrawPromise(number, "录错", self.today, "410804-N-b"))
            case _:
                reached = Decimal(400 if end == "kept" else 1)
                self.give(p.FulfilPromise(number, self.today, sha("kept"), self.today, "410804-N-a", reached))

    @rule(tenths=st.integers(0, 10), indicator=st.sampled_from(["all", "funds"]))
    def share(self, tenths: int, indicator: str) -> None:
        finder, landing = Decimal(tenths) / 10, 1 - Decimal(tenths) / 10
        shares = (CreditShare(SharePart.FINDER, STREET, finder), CreditShare(SharePart.LANDING_UNIT, ZONE, landing))
        self.give(c.ShareCredit("units", indicator, shares, ShareBasis.AGREED, "商定", self.today, "410804-N-b"))
