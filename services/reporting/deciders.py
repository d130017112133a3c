"""The aggregates of reporting."""

from __future__ import annotations

from services.reporting.domain.decide import decide
from services.reporting.domain.events import REPORT_EVENTS
from services.reporting.domain.evolve import evolve
from services.reporting.domain.state import Report
from sevenx.kernel.decider import Decider

REPORT: Decider[Report] = Decider("report", Report(), decide, evolve, REPORT_EVENTS)

DECIDERS = (REPORT,)
