"""A lead goes from one unit or group to another (流转): asked, accepted by the receiver, both credited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import PROJECT, PROTECTION
from services.projects.domain.lead.commands import CloseLead, ConvertLead, QualifyLead
from services.projects.domain.lead.events import CloseReason
from services.projects.domain.lead.transfer_commands import (
    AcceptTransfer,
    AskTransfer,
    DeclineTransfer,
    WithdrawTransfer,
)
from services.projects.domain.lead.transfer_events import LeadTransferEnded, TransferOutcome
from services.projects.domain.lead.transferring import parts_after
from services.projects.domain.project.events import CreditShared
from services.projects.domain.protection.commands import MoveReport
from services.projects.domain.values import CreditPart, Stage
from tests.unit.projects import protections
from tests.unit.projects.stories import (
    GROUP_ONE,
    GROUP_TWO,
    HEAD,
    LIAISON,
    OFFICER,
    STREET,
    TODAY,
    WAY,
    ZONE,
    Story,
    land,
    lead,
    open_project,
)

ASK = AskTransfer(ZONE, GROUP_TWO, Decimal("0.4"), "投资方改向电子信息产业（模拟）", TODAY, LIAISON)
ACCEPT = AcceptTransfer(1, TODAY, HEAD)
BOTH = (CreditPart(STREET, GROUP_ONE, Decimal("0.6")), CreditPart(ZONE, GROUP_TWO, Decimal("0.4")))


def asked() -> Story:
    return lead().after([ASK])


def test_the_receiver_takes_a_lead_over_and_both_are_credited() -> None:
    story = lead()
    [made] = story.when(ASK)
    assert (made.from_unit, made.to_unit, made.to_group, made.share) == (STREET, ZONE, GROUP_TWO, Decimal("0.4"))
    assert (story.state.unit, story.state.group) == (STREET, GROUP_ONE), "until then everything stays as it is"
    [taken] = story.when(ACCEPT)
    assert taken.parts == BOTH
    assert (story.state.unit, story.state.group, story.state.asked) == (ZONE, GROUP_TWO, None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"to_unit": STREET, "to_group": GROUP_ONE}, "same-holder", "to_unit"),
        ({"share": Decimal(0)}, "share-wrong", "share"),
        ({"share": Decimal(1)}, "share-wrong", "share"),
        ({"share": Decimal("0.1234567")}, "share-wrong", "share"),
        ({"reason": ""}, "reason-missing", "reason"),
        ({"reason": "询13800000000"}, "contact-details", "reason"),
    ],
)
def test_a_transfer_that_does_not_hold_says_what_and_where(changes: dict[str, Any], code: str, field: str) -> None:
    refused = lead().refused(replace(ASK, **changes))
    assert (refused.code, refused.field) == (code, field)


def test_one_transfer_at_a_time_and_none_of_a_lead_that_is_over() -> None:
    assert asked().refused(ASK).code == "transfer-open"
    closed = lead().after([CloseLead(TODAY, LIAISON, CloseReason.NO_CONTACT)])
    assert closed.refused(ASK).code == "lead-status"


def test_who_asked_does_not_accept() -> None:
    """Architecture, security: nobody confirms what he himself asked for."""
    assert asked().refused(replace(ACCEPT, by=LIAISON)).code == "own-transfer"
    assert asked().refused(replace(ACCEPT, transfer=2)).code == "unknown-transfer"


def test_a_transfer_is_declined_or_withdrawn_with_a_reason_and_may_be_asked_anew() -> None:
    for command, outcome in (
        (DeclineTransfer, TransferOutcome.DECLINED),
        (WithdrawTransfer, TransferOutcome.WITHDRAWN),
    ):
        story = asked()
        assert story.refused(command(1, " ", TODAY, HEAD)).code == "reason-missing"
        assert story.when(command(1, "力量不足", TODAY, HEAD)) == [
            LeadTransferEnded(1, outcome, "力量不足", TODAY, HEAD)
        ]
        assert (story.state.unit, story.state.parts) == (STREET, (CreditPart(STREET, GROUP_ONE, Decimal(1)),))
        [again] = story.when(ASK)
        assert again.transfer == 2


def test_a_lead_is_not_negotiated_while_its_transfer_awaits_an_answer() -> None:
    story = asked().after([QualifyLead(TODAY, HEAD)])
    assert story.refused(ConvertLead("410804-P-2026-0001", TODAY, LIAISON)).code == "transfer-open"
    story.after([ACCEPT])
    assert story.when(ConvertLead("410804-P-2026-0001", TODAY, LIAISON))


def test_a_lead_that_comes_back_adds_to_the_part_that_one_has() -> None:
    back = AskTransfer(STREET, GROUP_ONE, Decimal("0.5"), "回转", TODAY, OFFICER)
    story = asked().after([ACCEPT, back, replace(ACCEPT, transfer=2, by=LIAISON)])
    assert story.state.parts == (
        CreditPart(ZONE, GROUP_TWO, Decimal("0.2")),
        CreditPart(STREET, GROUP_ONE, Decimal("0.8")),
    )


def test_at_landing_all_who_had_the_lead_share_the_finders_part_and_that_of_the_group() -> None:
    """二(一): shares sum to one within one cohort and indicator."""
    story = Story(PROJECT).after([open_project(finder=ZONE, group=GROUP_TWO, parts=BOTH), WAY[1]()])
    shared = {one.cohort: one.shares for one in story.when(land()) if isinstance(one, CreditShared)}
    assert [(one.part.value, one.holder, one.share) for one in shared["units"]] == [
        ("finder", STREET, Decimal("0.18")),
        ("finder", ZONE, Decimal("0.12")),
        ("landing_unit", ZONE, Decimal("0.7")),
    ]
    assert [(one.holder, one.share) for one in shared["groups"]] == [
        (GROUP_ONE, Decimal("0.6")),
        (GROUP_TWO, Decimal("0.4")),
    ]
    assert story.state.stage is Stage.LANDED


SHARES = st.integers(1, 999_999).map(lambda n: Decimal(n) / 1_000_000)
HOLDERS = st.sampled_from([(f"410804-U-{unit}", f"410804-G-{group}") for unit in "abcd" for group in (1, 2)])


@given(st.lists(st.tuples(HOLDERS, SHARES), max_size=12))
def test_after_any_number_of_transfers_the_parts_sum_to_one_and_the_receiver_has_his(steps: list[Any]) -> None:
    parts: tuple[CreditPart, ...] = (CreditPart(STREET, GROUP_ONE, Decimal(1)),)
    for (unit, group), share in steps:
        parts = parts_after(parts, CreditPart(unit, group, share))
        assert sum(one.share for one in parts) == 1
        assert all(one.share > 0 and one.share == one.share.quantize(Decimal("0.000001")) for one in parts)
        assert (parts[-1].unit, parts[-1].group) == (unit, group)
        assert parts[-1].share >= share


@given(st.lists(st.tuples(HOLDERS, SHARES), max_size=6))
def test_at_landing_the_shares_of_any_parts_sum_to_one(steps: list[Any]) -> None:
    parts: tuple[CreditPart, ...] = (CreditPart(STREET, GROUP_ONE, Decimal(1)),)
    for (unit, group), share in steps:
        parts = parts_after(parts, CreditPart(unit, group, share))
    opened = open_project(finder=parts[-1].unit, group=parts[-1].group, parts=parts)
    for event in Story(PROJECT).after([opened, WAY[1]()]).when(land()):
        if isinstance(event, CreditShared):
            assert sum(one.share for one in event.shares) == 1


def test_the_protection_goes_with_the_lead_unless_it_is_contested() -> None:
    """首报首谈: only the holder negotiates; the holder is another now."""
    story = Story(PROTECTION).after([protections.report()])
    number = next(iter(story.state.reports))
    [moved] = story.when(MoveReport(number, ZONE, GROUP_TWO, TODAY))
    assert (moved.unit_was, moved.unit, story.state.reports[number].group) == (STREET, ZONE, GROUP_TWO)
    assert story.when(MoveReport(number, ZONE, GROUP_TWO, TODAY)) == []
    contested = protections.reported(protections.FIRST, protections.SECOND).after([protections.contest()])
    assert contested.refused(MoveReport(protections.FIRST, ZONE, GROUP_TWO, TODAY)).code == "contest-open"
