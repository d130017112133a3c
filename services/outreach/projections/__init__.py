"""How events become rows: of the registry's facts, of trips, of quotas, of budgets."""

from __future__ import annotations

from services.outreach.projections.budgets import of_budgets
from services.outreach.projections.quotas import of_quotas
from services.outreach.projections.roster import of_roster
from services.outreach.projections.trips import of_trips
from services.outreach.tables import metadata
from sevenx.kernel.projection import Projections

projections = Projections(metadata, version=1, include=[of_roster, of_trips, of_quotas, of_budgets])
