"""The aggregates of area notifier."""

from __future__ import annotations

from services.notifier.domain.escalation import decide as escalation_rules
from services.notifier.domain.escalation.events import ESCALATION_EVENTS
from services.notifier.domain.escalation.evolve import evolve as evolve_escalation
from services.notifier.domain.escalation.state import Escalation
from services.notifier.domain.notice import decide as notice_rules
from services.notifier.domain.notice.events import NOTICE_EVENTS
from services.notifier.domain.notice.evolve import evolve as evolve_notice
from services.notifier.domain.notice.state import Notice
from sevenx.kernel.decider import Decider

NOTICE: Decider[Notice] = Decider("notice", Notice(), notice_rules.decide, evolve_notice, NOTICE_EVENTS)
ESCALATION: Decider[Escalation] = Decider(
    "escalation", Escalation(), escalation_rules.decide, evolve_escalation, ESCALATION_EVENTS
)

DECIDERS = (NOTICE, ESCALATION)
