"""A budget under any order of commands (hypothesis): it is never overspent, clause 三(四)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.outreach.deciders import BUDGET
from services.outreach.domain.budget import commands as c
from services.outreach.domain.budget.events import ExpenseApproved, ExpenseClaimed, ExpensePaid
from services.outreach.domain.budget.state import Budget, ExpenseState
from tests.unit.machine import StreamMachine

from .given import ALLOCATE, FINANCE, HEAD, LEADER, LIAISON, TRIP_ID, UNIT, claim, day

TODAY = day("08-20")
amounts = st.decimals(Decimal("0.01"), 6000, places=2)
numbers = st.integers(1, 5)
people = st.sampled_from([LIAISON, HEAD, LEADER, FINANCE])
trips = st.sampled_from([None, TRIP_ID])


class BudgetMachine(StreamMachine[Budget]):
    """10 000 yuan, and amounts that soon use them up."""

    decider = BUDGET

    @initialize()
    def allocated(self) -> None:
        self.in_documents = Decimal(0)
        self.documents = 0
        self.give(ALLOCATE)
        self.in_documents = ALLOCATE.amount

    def document(self) -> str:
        self.documents += 1
        return f"模拟财预〔2026〕{self.documents + 1}号"

    @rule(amount=amounts)
    def increase(self, amount: Decimal) -> None:
        if self.give(c.IncreaseBudget(FINANCE, TODAY, amount, self.document(), "追加")):
            self.in_documents += amount

    @rule(amount=amounts)
    def reduce(self, amount: Decimal) -> None:
        before = self.state.available
        took = bool(self.give(c.ReduceBudget(FINANCE, TODAY, amount, self.document(), "调减")))
        assert took is (amount <= before), "exactly what is available can be taken back"
        self.in_documents -= amount if took else 0

    @rule(amount=amounts, trip=trips)
    def commit(self, amount: Decimal, trip: str | None) -> None:
        self.give(c.CommitExpense(HEAD, TODAY, UNIT, "活动", amount, trip))

    @rule(number=numbers)
    def release(self, number: int) -> None:
        self.give(c.ReleaseCommitment(HEAD, TODAY, number, "结余"))

    @rule()
    def release_trip(self) -> None:
        self.give(c.ReleaseTrip(LIAISON, TODAY, TRIP_ID, "取消"))
        assert self.give(c.ReleaseTrip(LIAISON, TODAY, TRIP_ID, "取消")) == []

    @rule(amount=amounts, commitment=st.none() | numbers, by=people)
    def claim(self, amount: Decimal, commitment: int | None, by: str) -> None:
        held = None if commitment is None else self.state.commitments.get(commitment)
        trip = held.trip if held else None
        self.give(replace(claim(), amount=amount, commitment=commitment, by=by, trip=trip))

    @rule(fen=st.sampled_from([Decimal("-0.01"), Decimal(0), Decimal("0.01")]))
    def all_that_is_left_can_be_claimed_and_not_a_fen_more(self, fen: Decimal) -> None:
        amount = self.state.available + fen
        assert bool(self.give(replace(claim(), amount=amount))) is (0 < amount <= amount - fen)

    @rule(amount=st.decimals(1, 900, places=2), voucher=st.integers(1, 4))
    def the_whole_path_in_one_go(self, amount: Decimal, voucher: int) -> None:
        for claimed in self.give(replace(claim(), amount=amount)):
            self.give(c.ApproveExpense(HEAD, TODAY, claimed.expense))
            self.give(c.PayExpense(FINANCE, TODAY, claimed.expense, amount, f"ZF{voucher}", TODAY))

    @rule(expense=numbers, amount=st.none() | amounts, by=people)
    def approve(self, expense: int, amount: Decimal | None, by: str) -> None:
        self.give(c.ApproveExpense(by, TODAY, expense, amount))

    @rule(expense=numbers, by=people)
    def reject(self, expense: int, by: str) -> None:
        self.give(c.RejectExpense(by, TODAY, expense, "票据不全"))

    @rule(expense=numbers, amount=amounts, voucher=st.integers(1, 4), by=people)
    def pay(self, expense: int, amount: Decimal, voucher: int, by: str) -> None:
        due = self.state.expenses.get(expense)
        paid = min(amount, due.amount) if due else amount
        self.give(c.PayExpense(by, TODAY, expense, paid, f"ZF{voucher}", TODAY))

    @rule(expense=numbers, by=people)
    def reverse(self, expense: int, by: str) -> None:
        self.give(c.ReverseExpense(by, TODAY, expense, "冲销"))

    @invariant()
    def it_is_never_overspent(self) -> None:
        assert self.state.available >= 0
        assert self.state.committed >= 0
        assert self.state.allocated == self.state.available + self.state.committed + self.state.spent

    @invariant()
    def what_is_allocated_is_what_the_documents_say(self) -> None:
        assert self.state.allocated == self.in_documents

    @invariant()
    def what_binds_is_each_expenses_last_amount(self) -> None:
        """Recounted from the events alone, without the state's own sums."""
        last: dict[int, Decimal] = {}
        for event in self.events:
            match event:
                case ExpenseClaimed(expense=number, amount=amount) | ExpenseApproved(expense=number, amount=amount):
                    last[number] = amount
                case ExpensePaid(expense=number, amount=amount):
                    last[number] = amount
        gone = {n for n, one in self.state.expenses.items() if one.state in (ExpenseState.REJECTED, "reversed")}
        assert self.state.spent == sum((one for n, one in last.items() if n not in gone), Decimal(0))

    @invariant()
    def a_voucher_pays_once_and_never_its_own_approver_or_claimant(self) -> None:
        paid = [one for one in self.events if isinstance(one, ExpensePaid)]
        assert len({one.voucher_number for one in paid}) == len(paid)
        for one in paid:
            expense = self.state.expenses[one.expense]
            assert one.recorded_by not in (expense.claimed_by, expense.approved_by)
            assert expense.approved_by != expense.claimed_by

    @invariant()
    def the_events_tell_what_is_left(self) -> None:
        told = [one for one in self.events if hasattr(one, "available")]
        if told and told[-1] is self.events[-1]:
            assert told[-1].available == self.state.available

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert BUDGET.fold(self.events) == self.state


BudgetMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestBudgetMachine = BudgetMachine.TestCase
