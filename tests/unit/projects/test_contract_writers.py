"""Two who write to one project at once: each decides on what he has read, and only one of two wins a version. Whatever
their interleaving, it ends as some serial order, and the funds' rule holds («Projects», funds in place)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project.state import Project
from services.projects.domain.values import Referee, Stage
from sevenx.kernel.errors import Rejection
from tests.unit.projects.stories import (
    BODIES,
    CHECKER,
    COMMERCE,
    OFFICER,
    TODAY,
    above_only_with_a_note,
    amend,
    claim,
    project_at,
    sha,
    voucher,
)

WRITERS = st.sampled_from(["a", "b"])
TENS = st.integers(1, 15).map(lambda n: Decimal(n) * 10_000_000)
NOTES = st.sampled_from(["", "", "说明"])
BUREAU = Referee.COMMERCE_BUREAU
RETRIES = 3


class Writers(RuleBasedStateMachine):
    """A log with optimistic versions, and what each writer has read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Any] = list(project_at(Stage.LANDED).events)
        self.seen: dict[str, tuple[int, Project]] = {}
        self.serial: list[Any] = []
        self.start = len(self.log)
        self.number = 0
        for writer in ("a", "b"):
            self.read(writer)

    @rule(writer=WRITERS)
    def read(self, writer: str) -> None:
        self.seen[writer] = len(self.log), PROJECT.fold(self.log)

    def write(self, writer: str, command: Any) -> None:
        """As the kernel does: decide on what was read; where another was first, read again and decide anew."""
        for _ in range(RETRIES):
            version, state = self.seen[writer]
            decided = PROJECT.decide(command, state)
            if version == len(self.log):
                break
            self.read(writer)
        else:
            raise AssertionError("one writer at a time always gets through")
        if isinstance(decided, Rejection) or not decided:
            return
        self.log.extend(decided)
        self.serial.append(command)
        self.seen[writer] = len(self.log), PROJECT.fold(decided, state)

    @rule(writer=WRITERS, amount=TENS)
    def claim(self, writer: str, amount: Decimal) -> None:
        self.number += 1
        self.write(writer, claim(amount=amount, vouchers=(voucher(str(self.number), int(amount)),)))

    @rule(writer=WRITERS, number=st.integers(1, 6), amount=TENS)
    def check(self, writer: str, number: int, amount: Decimal) -> None:
        self.write(writer, c.CheckFunds(number, amount, BUREAU, TODAY, CHECKER, "核减"))

    @rule(writer=WRITERS, number=st.integers(1, 6), amount=TENS, note=NOTES)
    def recognise(self, writer: str, number: int, amount: Decimal, note: str) -> None:
        command = c.RecogniseFunds(
            number, amount, BODIES, BODIES, COMMERCE, sha("minutes"), BUREAU, TODAY, OFFICER, "核减", note
        )
        self.write(writer, command)

    @rule(writer=WRITERS, number=st.integers(1, 6), amount=TENS)
    def reverse(self, writer: str, number: int, amount: Decimal) -> None:
        self.write(writer, c.ReverseFunds(number, amount, "回流", BUREAU, TODAY, OFFICER))

    @rule(writer=WRITERS, amount=TENS, note=NOTES)
    def amend(self, writer: str, amount: Decimal, note: str) -> None:
        self.number += 1
        facts = {"number": f"补{self.number}号", "sha256": sha(f"amendment {self.number}"), "excess_note": note}
        self.write(writer, amend(amount=amount, **facts))

    @rule(writer=WRITERS, amount=TENS)
    def claim_to_the_end(self, writer: str, amount: Decimal) -> None:
        """The ordinary way, so that funds come near the amount."""
        self.claim(writer, amount)
        claims = len(PROJECT.fold(self.log).claims)
        self.check(writer, claims, amount)
        self.recognise(writer, claims, amount, "")

    @invariant()
    def funds_stand_above_the_amount_only_with_a_note(self) -> None:
        above_only_with_a_note(self.log)

    def teardown(self) -> None:
        """Given one after the other in the order in which they were committed, the commands make the same log."""
        state, log = PROJECT.fold(self.log[: self.start]), self.log[: self.start]
        for command in self.serial:
            decided = PROJECT.decide(command, state)
            assert not isinstance(decided, Rejection)
            log, state = [*log, *decided], PROJECT.fold(decided, state)
        assert log == self.log


TestWriters = Writers.TestCase
TestWriters.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
