"""Whatever is asked of an enterprise, in any order: its invariants hold and its events replay to one state."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from services.projects.deciders import ENTERPRISE
from services.projects.domain.codes import is_credit_code
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.enterprise.values import Alias, AliasKind, ForeignRegistration, Ground, Listing
from services.projects.domain.values import Origin
from tests.unit.machine import StreamMachine
from tests.unit.projects.enterprises import ONE, THREE, TWO, register
from tests.unit.projects.stories import LIAISON, STREET, TODAY, credit_code

NAMES = st.sampled_from(["星河（模拟）", "云帆（模拟）", "沧澜（模拟）", " ", "电13800000000"])
CODES = st.sampled_from([None, credit_code(1), credit_code(2), "91000000MA0000001X"])
ORIGINS = st.sampled_from(Origin)
FOREIGN = st.none() | st.builds(ForeignRegistration, st.sampled_from(["DE", "HK", "德国"]), st.sampled_from(["1", " "]))
TAKEN = st.sampled_from([None, None, TWO])
LISTS = st.builds(Listing, st.sampled_from(["甲榜", "乙榜"]), st.integers(2023, 2027), st.none() | st.integers(0, 9))


class EnterpriseMachine(StreamMachine[Enterprise]):
    """Random commands on one enterprise."""

    decider = ENTERPRISE
    statuses = (404, 409, 422)

    @rule(name=NAMES, code=CODES, origin=ORIGINS, foreign=FOREIGN, taken=TAKEN)
    def register(self, name: str, code: str, origin: Origin, foreign: Any, taken: str | None) -> None:
        self.give(register(name=name, code=code, origin=origin, foreign=foreign, same_code=taken))

    @rule(name=NAMES, origin=ORIGINS, foreign=FOREIGN, reason=st.sampled_from(["误", ""]))
    def correct(self, name: str, origin: Origin, foreign: Any, reason: str) -> None:
        self.give(c.CorrectEnterprise(name, origin, "某地", reason, TODAY, LIAISON, foreign))

    @rule(name=NAMES, days=st.integers(-3, 1))
    def rename(self, name: str, days: int) -> None:
        self.give(c.RenameEnterprise(name, TODAY + timedelta(days=days), TODAY, LIAISON))

    @rule(name=NAMES, kind=st.sampled_from(AliasKind), remove=st.booleans())
    def alias(self, name: str, kind: AliasKind, remove: bool) -> None:
        added = c.AddEnterpriseAlias(Alias(name, kind), TODAY, LIAISON)
        self.give(c.RemoveEnterpriseAlias(name, "误", TODAY, LIAISON) if remove else added)

    @rule(code=CODES.filter(bool), taken=TAKEN, reason=st.sampled_from(["误", ""]))
    def assign_code(self, code: str, taken: str | None, reason: str) -> None:
        self.give(c.AssignCreditCode(code, TODAY, LIAISON, reason, taken))

    @rule(listing=LISTS, remove=st.booleans())
    def listing(self, listing: Listing, remove: bool) -> None:
        removal = c.RemoveListing(listing.list_name, listing.year, "误", TODAY, LIAISON)
        self.give(removal if remove else c.AddListing(listing, TODAY, LIAISON))

    @rule(number=st.integers(1, 4), erase=st.booleans())
    def contact(self, number: int, erase: bool) -> None:
        erasure = c.EraseEnterpriseContact(f"410804-C-2026-0001-{number}", f"r-{number}", (), TODAY, LIAISON)
        self.give(erasure if erase else c.AddEnterpriseContact(STREET, TODAY, LIAISON))

    @rule(other=st.sampled_from([ONE, TWO, THREE]), into=st.booleans(), reason=st.sampled_from(["同一", ""]))
    def merge(self, other: str, into: bool, reason: str) -> None:
        self.give(c.MergeEnterprises(*((other, ONE) if into else (ONE, other)), reason, TODAY, LIAISON))

    @rule(other=st.sampled_from([TWO, THREE]), into=st.booleans())
    def undo_merge(self, other: str, into: bool) -> None:
        self.give(c.UndoMerge(*((other, ONE) if into else (ONE, other)), "误", TODAY, LIAISON))

    @rule(other=st.sampled_from([ONE, TWO, THREE]), dismiss=st.booleans())
    def suspect_or_dismiss(self, other: str, dismiss: bool) -> None:
        found = c.Suspect(other, Decimal("0.8"), Ground.LIKE_NAME)
        suspicion = c.SuspectDuplicates((found,), TODAY)
        self.give(c.DismissDuplicate(other, "两家", TODAY, LIAISON) if dismiss else suspicion)

    @invariant()
    def it_is_never_its_own_other(self) -> None:
        assert ONE not in self.state.absorbed | self.state.suspected | self.state.distinct
        assert self.state.merged_into != ONE

    @invariant()
    def nothing_is_proposed_twice_or_after_it_was_found_to_be_another(self) -> None:
        told: set[str] = set()
        for event in self.events:
            if isinstance(event, e.DuplicateSuspected):
                assert event.other not in told
                told.add(event.other)
            elif isinstance(event, e.DuplicateDismissed):
                told.add(event.other)

    @invariant()
    def its_identity_holds(self) -> None:
        """«Identity»: a code that holds, or the registration of another country."""
        if self.state.id:
            assert self.state.id == ONE
            assert self.state.code is None or is_credit_code(self.state.code)
            assert self.state.code or self.state.origin is Origin.FOREIGN
            assert self.state.foreign is None or self.state.origin is Origin.FOREIGN

    @invariant()
    def its_present_name_is_no_alias(self) -> None:
        assert self.state.name not in self.state.aliases
        assert all(name.strip() for name in self.state.aliases)

    @invariant()
    def no_contact_has_the_id_of_another(self) -> None:
        made = [event.contact for event in self.events if isinstance(event, e.EnterpriseContactAdded)]
        assert len(made) == len(set(made))
        assert self.state.erased <= set(made)

    @invariant()
    def nothing_on_the_bus_holds_a_telephone_number(self) -> None:
        assert "13800000000" not in repr(self.events)

    @invariant()
    def a_replay_gives_the_same_state(self) -> None:
        assert ENTERPRISE.fold(self.events) == self.state


TestEnterpriseMachine = EnterpriseMachine.TestCase
TestEnterpriseMachine.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
