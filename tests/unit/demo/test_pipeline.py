"""The pipeline around the projects: what the year plans of enterprises, referrals, plans, contracts and matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from graphlib import TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.domain.codes import is_credit_code
from services.projects.domain.enterprise.likeness import Mention, likeness
from sevenx.demo.agenda import Act
from sevenx.demo.companies import Company
from sevenx.demo.milestones import Milestones, milestones
from sevenx.demo.plan import Plan
from sevenx.demo.plans.action_plans import shares
from sevenx.demo.scenario import Scenario
from sevenx.demo.ventures import Venture
from sevenx.district.referrals import chain


@pytest.fixture(scope="module")
def year() -> Plan:
    return Plan.of(Scenario.named("year"))


def of(plan: Plan, deed: str) -> list[Act]:
    return [act for act in plan.acts if act.deed == deed]


def ways_of(plan: Plan) -> dict[str, Milestones]:
    return {one.story: one for one in milestones(plan.acts, plan.open_days[-1])}


def companies(plan: Plan) -> dict[str, Company]:
    return {act.facts["company"].key: act.facts["company"] for act in of(plan, "enterprises.register")}


def test_the_month_plays_none_of_it() -> None:
    areas = {act.deed.partition(".")[0] for act in Plan.of(Scenario.named("month")).acts}
    assert areas == {"projects", "reports"}


def test_each_enterprise_is_registered_once_with_a_code_or_a_registration_abroad(year: Plan) -> None:
    known = companies(year)
    assert 60 <= len(known) <= 100
    assert len(of(year, "enterprises.register")) == len(known)
    assert all("（模拟）" in one.name for one in known.values())
    assert all((one.code is None) is bool(one.abroad) for one in known.values())
    codes = [one.code for one in known.values() if one.code is not None]
    assert len(codes) == len(set(codes))
    assert all(is_credit_code(code) and code.startswith("91000000") for code in codes)
    assert {one.origin for one in known.values() if one.abroad} == {"foreign"}


def test_an_enterprise_is_registered_before_anything_else_is_said_of_it(year: Plan) -> None:
    registered = {act.facts["company"].key: act.on for act in of(year, "enterprises.register")}
    for act in year.acts:
        if act.deed.startswith("enterprises.") and act.deed != "enterprises.register":
            for name in {"company", "other"} & act.facts.keys():
                assert registered[act.facts[name].key] < act.on, act


def test_what_was_entered_twice_and_what_only_looks_so_are_both_proposed(year: Plan) -> None:
    """All without a credit code, which alone would tell them apart; the other pair is one in spite of its codes."""
    merged, dismissed = of(year, "enterprises.merge"), of(year, "enterprises.dismiss")
    assert (len(merged), len(of(year, "enterprises.undo")), len(dismissed)) == (3, 1, 1)
    for act in (*merged, *dismissed):
        pair = [act.facts["company"], act.facts["other"]]
        alike = likeness(*(Mention((one.name,), frozenset([one.code] if one.code else [])) for one in pair))
        assert alike.likely is not act.facts.get("despite_codes", False), pair


def test_every_investor_is_brought_by_one_and_no_chain_closes(year: Plan) -> None:
    brought: dict[str, str] = {}
    for one in year.ventures:
        if one.referred_by:
            brought.setdefault(one.code, one.referred_by[1])
    told = of(year, "leads.refer")
    for act in told:
        assert act.facts["referred"].code not in brought
        brought[act.facts["referred"].code] = act.facts["referrer"].code
    TopologicalSorter({one: [by] for one, by in brought.items()}).prepare()  # CycleError where a chain closes
    assert max(len(chain(brought, one)) - 1 for one in brought) >= 3
    assert max(Counter(brought.values()).values()) >= 5
    assert len(of(year, "leads.refer_wrongly")) == len(of(year, "leads.withdraw_referral")) == 1


@given(st.integers(0, 10**10), st.lists(st.integers(1, 20), min_size=1, max_size=12), st.sampled_from([1, 100_000]))
def test_parts_sum_to_the_whole_and_are_multiples_but_the_last(value: int, weights: list[int], coarse: int) -> None:
    parts = shares(value, weights, coarse)
    assert (sum(parts), len(parts)) == (value, len(weights))
    assert all(part >= 0 for part in parts)
    assert all(part % coarse == 0 for part in parts[:-1])


def test_every_group_adopts_its_plan_and_one_a_new_version_in_the_middle_of_the_year(year: Plan) -> None:
    adopted = of(year, "plans.adopt")
    first = [act for act in adopted if act.on < date(2026, 2, 1)]
    assert {act.facts["group"] for act in first} == set(range(1, 8))
    assert [act.facts["group"] for act in adopted if act.on > date(2026, 6, 1)] == [2]
    assert [act.facts["group"] for act in of(year, "plans.send_back")] == [5]
    for act in of(year, "plans.draft"):
        group = year.district.group(act.facts["group"])
        for target in act.facts["targets"]:
            parts = dict(target["parts"])
            assert sum(target["months"]) == sum(parts.values()) == target["value"]
            assert len(target["months"]) == 12
            assert parts.keys() <= {*group.lead_units, *group.responsible_units}


def test_contracts_are_amended_after_their_signature_and_before_they_are_over(year: Plan) -> None:
    ways, amended = ways_of(year), of(year, "contracts.amend")
    assert len(amended) == 5
    for act in (*amended, *of(year, "contracts.count")):
        way = ways[act.facts["venture"].story]
        assert way.days["signed"] < act.on
        assert way.open_on(act.on)


def test_three_contracts_are_in_dollars_and_are_paid_in_them_to_the_cent(year: Plan) -> None:
    ways = ways_of(year)
    dollars = [one for one in year.ventures if one.dollars]
    assert len(dollars) == 3
    for one in dollars:
        assert one.party == {"name": one.investor}
        assert ways[one.story].on("signed") is not None
    paid = [act for act in of(year, "projects.claim") if act.facts["venture"] in dollars]
    assert paid
    assert all(act.facts["amount"] * 100 % 71 == 0 for act in paid)


def test_an_extension_is_negotiated_once_its_base_is_signed(year: Plan) -> None:
    ways = ways_of(year)
    [one] = [one for one in year.ventures if one.extends]
    base = ways[one.extends]
    assert base.venture.code == one.code
    assert base.days["signed"] < ways[one.story].days["negotiating"]
    assert base.open_on(ways[one.story].days["signed"])


def test_leads_are_transferred_accepted_and_declined_and_stay_leads(year: Plan) -> None:
    asked = of(year, "leads.ask_transfer")
    outcomes = {name: len(of(year, f"leads.{name}")) for name in ("accept", "decline", "withdraw")}
    assert sum(outcomes.values()) == len(asked)
    assert all(outcomes.values())
    for act in asked:
        one: Venture = act.facts["venture"]
        assert one.goes == "lead"
        assert (act.facts["to_unit"], act.facts["to_group"]) != (one.finder, f"410804-G-{one.group}")


def test_a_landing_is_taken_back_and_entered_anew_before_its_month_closes(year: Plan) -> None:
    """Nothing else is entered of the project meanwhile, and its day stays its day."""
    back, again = of(year, "corrections.take_back"), of(year, "corrections.land_again")
    assert len(back) == len(again) > 0
    for act in again:
        story = act.facts["venture"].story
        assert act.facts["landed_on"] == ways_of(year)[story].days["landed"]
        assert 0 < (act.on - act.facts["landed_on"]).days < 10
        assert not [one for one in year.acts if one.story == story and one.on == act.on]


def test_a_project_is_taken_up_again_when_nobody_has_worked_on_it_for_long(year: Plan) -> None:
    woken = of(year, "corrections.talk_again")
    assert len(woken) == 3
    for act in woken:
        own = [one.on for one in year.acts if one.story == act.facts["venture"].story]
        assert (act.on - max(own)).days > 120


def test_whoever_hands_over_has_done_the_last_of_his_work(year: Plan) -> None:
    [handed] = of(year, "roster.hand_over")
    assert handed.facts["successor"].id not in {one.id for one in year.cast.people}
    own = [act.on for act in year.acts if act.facts.get("unit") == handed.facts["unit"] and act.story != handed.story]
    assert own
    assert max(own) < handed.on


def test_some_papers_are_sent_in(year: Plan) -> None:
    assert 8 <= sum(bool(act.facts.get("stored")) for act in of(year, "projects.file")) <= 20


def beside(plan: Plan) -> Iterator[Act]:
    """What is done about ventures beside their own way."""
    for act in plan.acts:
        venture = act.facts.get("venture")
        if isinstance(venture, Venture) and not act.deed.startswith("projects."):
            yield act


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_the_seed_nothing_is_asked_of_what_is_not_there_yet_or_over(seed: int) -> None:
    """Procedures, problems, gates, promises, amendments, figures: of a venture between its steps alone."""
    plan = Plan.of(replace(Scenario.named("year"), seed=seed))
    ways, needs = ways_of(plan), {"leads": "register", "commitments": "negotiating"}
    for act in beside(plan):
        way = ways[act.facts["venture"].story]
        since = way.on(needs.get(act.deed.partition(".")[0], "negotiating"))
        assert since is not None, act
        assert since < act.on, act
        assert way.open_on(act.on), act
        if act.deed == "commitments.hold_gate":
            assert act.on < way.days["signed"], act
        if act.deed == "commitments.promise":
            assert way.days["signed"] < act.on, act
