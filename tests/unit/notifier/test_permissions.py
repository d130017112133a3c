"""Who may do what in area notifier. A person sees only his own inbox."""

from __future__ import annotations

import pytest

from services.notifier.domain.escalation import commands as e
from services.notifier.domain.notice import commands as n
from services.notifier.domain.recipients import OFFICES, office_subject
from services.notifier.permissions import PERMISSIONS, inboxes, on_behalf
from sevenx.kernel.auth import ROLES, Principal
from tests.unit import given
from tests.unit.given import commands_of, somebody

from .given import DISTRICT, G1, person

BUREAU = f"{DISTRICT}-commerce-bureau"


def may(command: type, principal: Principal, owner: str) -> bool:
    return given.may(PERMISSIONS, command, principal, {"person": on_behalf(principal, owner)})


def test_nobody_gives_what_reactions_the_clock_and_the_sender_give() -> None:
    assert commands_of(n, e) - set(PERMISSIONS) == {
        n.QueueNotice, n.RecordDelivery, n.RecordFailure, e.ScheduleEscalation, e.RaiseLevel, e.ResolveEscalation
    }  # fmt: skip


def test_a_person_reads_his_own_inbox_and_no_other() -> None:
    jia = somebody(f"liaison@{G1}", f"group_leader@{G1}", name=person("jia"))
    assert may(n.MarkRead, jia, person("jia"))
    assert not may(n.MarkRead, jia, person("yi"))
    assert not may(n.MarkRead, jia, BUREAU)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "self"])
def test_no_role_opens_a_persons_inbox(role: str) -> None:
    assert not may(n.MarkRead, somebody(f"{role}@{DISTRICT}", f"{role}@{G1}", name="410804-N-x"), person("jia"))


def test_whoever_holds_an_office_reads_the_offices_inbox() -> None:
    clerk = somebody(f"commerce_bureau@{DISTRICT}", name=person("clerk"))
    assert inboxes(clerk) == (person("clerk"), BUREAU)
    assert may(n.MarkRead, clerk, BUREAU)
    assert inboxes(somebody(f"commerce_bureau@{DISTRICT}", name=BUREAU)) == (BUREAU,)
    assert inboxes(somebody("commerce_bureau@410811", name=person("x"))) == (person("x"),)


def test_only_an_operator_lets_a_notice_be_sent_again() -> None:
    assert may(n.RetryDelivery, somebody(f"operator@{DISTRICT}", name="x"), person("jia"))
    assert not may(n.RetryDelivery, somebody(f"auditor@{DISTRICT}", name=person("jia")), person("jia"))


def test_every_office_is_a_role() -> None:
    assert set(OFFICES) <= set(ROLES)
    assert office_subject(DISTRICT, "commerce_bureau") == BUREAU
