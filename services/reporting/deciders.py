"""The aggregates of reporting."""

from __future__ import annotations

from services.reporting.domain.report.decide import decide
from services.reporting.domain.report.events import REPORT_EVENTS
from services.reporting.domain.report.evolve import evolve
from services.reporting.domain.report.state import Report
from sevenx.kernel.decider import Decider

REPORT: Decider[Report] = Decider("report", Report(), decide, evolve, REPORT_EVENTS)

DECIDERS = (REPORT,)
