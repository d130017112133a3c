"""Who may do what in area notifier. A person sees only his own inbox."""

from __future__ import annotations

import inspect

import pytest

from services.notifier.domain.escalation import commands as e
from services.notifier.domain.notice import commands as n
from services.notifier.domain.recipients import OFFICES, office_subject
from services.notifier.permissions import PERMISSIONS, inboxes, on_behalf
from sevenx.kernel.auth import ROLES, Principal, authorize
from sevenx.kernel.errors import Problem

from .given import DISTRICT, G1, person

BUREAU = f"{DISTRICT}-commerce-bureau"


def somebody(name: str, *grants: str) -> Principal:
    return Principal(name, DISTRICT, frozenset(grants))


def may(command: type, principal: Principal, owner: str) -> bool:
    try:
        authorize(principal, PERMISSIONS.get(command, ()), {"person": on_behalf(principal, owner)}, command.__name__)
    except Problem:
        return False
    return True


def test_nobody_gives_what_reactions_the_clock_and_the_sender_give() -> None:
    classes = {
        one
        for module in (n, e)
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__
    }
    assert classes - set(PERMISSIONS) == {
        n.QueueNotice, n.RecordDelivery, n.RecordFailure, e.ScheduleEscalation, e.RaiseLevel, e.ResolveEscalation
    }  # fmt: skip


def test_a_person_reads_his_own_inbox_and_no_other() -> None:
    jia = somebody(person("jia"), f"liaison@{G1}", f"group_leader@{G1}")
    assert may(n.MarkRead, jia, person("jia"))
    assert not may(n.MarkRead, jia, person("yi"))
    assert not may(n.MarkRead, jia, BUREAU)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "self"])
def test_no_role_opens_a_persons_inbox(role: str) -> None:
    assert not may(n.MarkRead, somebody("410804-N-x", f"{role}@{DISTRICT}", f"{role}@{G1}"), person("jia"))


def test_whoever_holds_an_office_reads_the_offices_inbox() -> None:
    clerk = somebody(person("clerk"), f"commerce_bureau@{DISTRICT}")
    assert inboxes(clerk) == (person("clerk"), BUREAU)
    assert may(n.MarkRead, clerk, BUREAU)
    assert inboxes(somebody(BUREAU, f"commerce_bureau@{DISTRICT}")) == (BUREAU,)
    assert inboxes(somebody(person("x"), "commerce_bureau@410811")) == (person("x"),)


def test_only_an_operator_lets_a_notice_be_sent_again() -> None:
    assert may(n.RetryDelivery, somebody("x", f"operator@{DISTRICT}"), person("jia"))
    assert not may(n.RetryDelivery, somebody(person("jia"), f"auditor@{DISTRICT}"), person("jia"))


def test_every_office_is_a_role() -> None:
    assert set(OFFICES) <= set(ROLES)
    assert office_subject(DISTRICT, "commerce_bureau") == BUREAU
