"""The aggregates of area outreach."""

from __future__ import annotations

from services.outreach.domain.budget.decide import decide as decide_budget
from services.outreach.domain.budget.events import BUDGET_EVENTS
from services.outreach.domain.budget.evolve import evolve as evolve_budget
from services.outreach.domain.budget.state import Budget
from services.outreach.domain.quota.decide import decide as decide_quota
from services.outreach.domain.quota.decide import decide_year
from services.outreach.domain.quota.events import QUOTA_EVENTS, QUOTA_YEAR_EVENTS
from services.outreach.domain.quota.evolve import evolve as evolve_quota
from services.outreach.domain.quota.evolve import evolve_year
from services.outreach.domain.quota.state import Quota, QuotaYear
from services.outreach.domain.trip.decide import decide as decide_trip
from services.outreach.domain.trip.events import TRIP_EVENTS
from services.outreach.domain.trip.evolve import evolve as evolve_trip
from services.outreach.domain.trip.state import Trip
from sevenx.kernel.decider import Decider

TRIP: Decider[Trip] = Decider("trip", Trip(), decide_trip, evolve_trip, TRIP_EVENTS)
QUOTA: Decider[Quota] = Decider("quota", Quota(), decide_quota, evolve_quota, QUOTA_EVENTS)
QUOTA_YEAR: Decider[QuotaYear] = Decider("quota_year", QuotaYear(), decide_year, evolve_year, QUOTA_YEAR_EVENTS)
BUDGET: Decider[Budget] = Decider("budget", Budget(), decide_budget, evolve_budget, BUDGET_EVENTS)

DECIDERS = (TRIP, QUOTA, QUOTA_YEAR, BUDGET)
