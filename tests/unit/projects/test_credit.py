"""Credit shares: finder, group and landing unit each have a part (clause 二(一))."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.projects.domain.project.commands import ShareCredit
from services.projects.domain.project.events import CreditShare, CreditShared, ShareBasis, SharePart
from services.projects.domain.values import Stage
from tests.unit.projects.stories import GROUP_ONE, OFFICER, STREET, TODAY, ZONE, land, project_at

HALF = Decimal("0.5")
AGREED = (CreditShare(SharePart.FINDER, STREET, HALF), CreditShare(SharePart.LANDING_UNIT, ZONE, HALF))


def share(
    shares: tuple[CreditShare, ...] = AGREED, cohort: str = "units", indicator: str = "all", reason: str = "双方商定"
) -> ShareCredit:
    return ShareCredit(cohort, indicator, shares, ShareBasis.AGREED, reason, TODAY, OFFICER)


def test_the_default_ratio_names_who_gets_three_and_who_seven() -> None:
    """Clause 二(一): the default ratio; shares sum to one within one cohort and indicator."""
    events = [event for event in project_at(Stage.SIGNED).when(land()) if isinstance(event, CreditShared)]
    assert [(event.cohort, event.indicator, event.basis) for event in events] == [
        ("units", "all", ShareBasis.DEFAULT),
        ("groups", "all", ShareBasis.DEFAULT),
    ]
    units, groups = events
    assert [(one.part, one.holder, str(one.share)) for one in units.shares] == [
        (SharePart.FINDER, STREET, "0.3"),
        (SharePart.LANDING_UNIT, ZONE, "0.7"),
    ]
    assert [(one.holder, one.share) for one in groups.shares] == [(GROUP_ONE, 1)]


def test_a_default_ratio_that_does_not_sum_to_one_is_refused() -> None:
    refused = project_at(Stage.SIGNED).refused(land(finder_share=Decimal("0.4")))
    assert (refused.code, refused.details["sum"]) == ("shares-not-one", "1.1")


@pytest.mark.parametrize(
    "shares",
    [
        AGREED[:1],
        (*AGREED, CreditShare(SharePart.HELPER, STREET, Decimal("0.1"))),
        (CreditShare(SharePart.FINDER, STREET, Decimal(0)), CreditShare(SharePart.LANDING_UNIT, ZONE, Decimal(1))),
        (CreditShare(SharePart.FINDER, STREET, Decimal("0.1234567")),
         CreditShare(SharePart.LANDING_UNIT, ZONE, Decimal("0.8765433"))),
    ],
)  # fmt: skip
def test_shares_are_positive_and_sum_to_one(shares: tuple[CreditShare, ...]) -> None:
    assert project_at(Stage.LANDED).refused(share(shares)).code == "shares-not-one"


def test_shares_are_settled_anew_with_a_reason() -> None:
    """Clause 二(一): disputes are decided with the reason kept."""
    story = project_at(Stage.LANDED)
    assert story.refused(share(reason="")).code == "reason-missing"
    [event] = story.when(share())
    assert event.reason == "双方商定"
    assert story.state.shares["units", "all"] == event


def test_an_indicator_may_have_shares_of_its_own() -> None:
    story = project_at(Stage.LANDED).after([share(indicator="funds")])
    assert set(story.state.shares) == {("units", "all"), ("groups", "all"), ("units", "funds")}


def test_the_landing_unit_has_a_part_among_units() -> None:
    """Clause 二(一)."""
    alone = (CreditShare(SharePart.FINDER, STREET, Decimal(1)),)
    assert project_at(Stage.LANDED).refused(share(alone)).code == "landing-unit-left-out"
    assert project_at(Stage.LANDED).when(share((CreditShare(SharePart.GROUP, GROUP_ONE, Decimal(1)),), "groups"))


def test_a_holder_has_a_part_once() -> None:
    twice = (CreditShare(SharePart.LANDING_UNIT, ZONE, HALF), CreditShare(SharePart.LANDING_UNIT, ZONE, HALF))
    assert project_at(Stage.LANDED).refused(share(twice)).code == "share-twice"


def test_units_are_shared_among_units_and_groups_among_groups() -> None:
    assert project_at(Stage.LANDED).refused(share(cohort="cadres")).code == "unknown-cohort"


def test_credit_is_shared_once_the_project_has_landed() -> None:
    assert project_at(Stage.SIGNED).refused(share()).code == "not-landed"
