"""The aggregates of reporting."""

from __future__ import annotations

from services.reporting.domain.directive.decide import decide as decide_directive
from services.reporting.domain.directive.events import DIRECTIVE_EVENTS
from services.reporting.domain.directive.evolve import evolve as evolve_directive
from services.reporting.domain.directive.state import Directive
from services.reporting.domain.hearing.decide import decide as decide_hearing
from services.reporting.domain.hearing.events import HEARING_EVENTS
from services.reporting.domain.hearing.evolve import evolve as evolve_hearing
from services.reporting.domain.hearing.state import Hearing
from services.reporting.domain.report.decide import decide as decide_report
from services.reporting.domain.report.events import REPORT_EVENTS
from services.reporting.domain.report.evolve import evolve as evolve_report
from services.reporting.domain.report.state import Report
from sevenx.kernel.decider import Decider

REPORT: Decider[Report] = Decider("report", Report(), decide_report, evolve_report, REPORT_EVENTS)
"""A group's monthly report: `410804-R-2026-08-G1`."""

HEARING: Decider[Hearing] = Decider("hearing", Hearing(), decide_hearing, evolve_hearing, HEARING_EVENTS)
"""A bi-monthly hearing: `410804-HD-2026-08`."""

DIRECTIVE: Decider[Directive] = Decider("directive", Directive(), decide_directive, evolve_directive, DIRECTIVE_EVENTS)
"""A directive: `410804-V-2026-0001`."""

DECIDERS = (REPORT, HEARING, DIRECTIVE)
