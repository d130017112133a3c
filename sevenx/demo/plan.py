"""The whole plan of a scenario: pure, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sevenx.demo.agenda import Act, Day, agenda
from sevenx.demo.cast import Cast
from sevenx.demo.desk import Desk
from sevenx.demo.district import District
from sevenx.demo.milestones import milestones
from sevenx.demo.plans.action_plans import plan_action_plans
from sevenx.demo.plans.assessment import plan_assessment
from sevenx.demo.plans.commitments import plan_commitments
from sevenx.demo.plans.contracts import plan_contracts
from sevenx.demo.plans.corrections import plan_corrections
from sevenx.demo.plans.enterprises import plan_enterprises
from sevenx.demo.plans.findings import plan_findings
from sevenx.demo.plans.hearings import plan_hearings
from sevenx.demo.plans.leads import plan_leads
from sevenx.demo.plans.ledger import plan_ledger
from sevenx.demo.plans.matters import plan_matters
from sevenx.demo.plans.projects import plan_projects
from sevenx.demo.plans.referrals import plan_referrals
from sevenx.demo.plans.reports import plan_reports
from sevenx.demo.plans.roster import plan_roster
from sevenx.demo.plans.trips import plan_trips
from sevenx.demo.scenario import Scenario
from sevenx.demo.ventures import Venture, ventures


@dataclass(frozen=True)
class Plan:
    """Who acts, and what is done on which day."""

    scenario: Scenario
    district: District
    cast: Cast
    ventures: tuple[Venture, ...]
    open_days: tuple[date, ...]
    """The working days."""
    days: tuple[Day, ...]
    """Those on which something is entered."""

    @classmethod
    def of(cls, scenario: Scenario, district: District | None = None) -> Plan:
        """From the scenario and its seed."""
        known = district or District.read()
        cast = Cast.of(scenario, known)
        open_days = tuple(known.working_days(scenario.posts_from, (scenario.ends - timedelta(days=1)).date()))
        told = tuple(ventures(scenario, known, len(open_days)))
        desk = Desk(scenario, open_days)
        acts = _acts(scenario, known, cast, told, desk)
        within = (act for act in acts if act.on <= open_days[-1])
        return cls(scenario, known, cast, told, open_days, tuple(agenda(within)))

    @property
    def acts(self) -> list[Act]:
        return [act for day in self.days for act in day.acts]


def _acts(scenario: Scenario, district: District, cast: Cast, told: Sequence[Venture], desk: Desk) -> Iterator[Act]:
    on_ventures = list(plan_projects(scenario, told, desk))
    ways = milestones(on_ventures, desk.last)
    yield from on_ventures
    yield from plan_action_plans(scenario, district, desk)
    yield from plan_roster(scenario, cast, desk)
    yield from plan_enterprises(scenario, ways, desk)
    yield from plan_referrals(scenario, ways, desk)
    yield from plan_leads(scenario, district, ways, desk)
    yield from plan_contracts(scenario, ways, desk)
    yield from plan_commitments(scenario, ways, desk)
    yield from plan_corrections(scenario, on_ventures, ways, desk)
    yield from plan_matters(scenario, district, ways, desk)
    yield from plan_ledger(scenario, desk)
    yield from plan_reports(scenario, district, desk)
    yield from plan_trips(scenario, district, cast, desk)
    yield from plan_hearings(scenario, district, desk)
    yield from plan_assessment(scenario)
    yield from plan_findings(scenario, desk)
