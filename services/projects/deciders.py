"""The aggregates of area projects."""

from __future__ import annotations

from services.projects.domain.lead import decide as lead_decide
from services.projects.domain.lead import evolve as lead_evolve
from services.projects.domain.lead.events import LEAD_EVENTS
from services.projects.domain.lead.state import Lead
from services.projects.domain.project import decide as project_decide
from services.projects.domain.project import evolve as project_evolve
from services.projects.domain.project.events import PROJECT_EVENTS
from services.projects.domain.project.standing_still import lit
from services.projects.domain.project.state import Project
from services.projects.domain.protection import decide as protection_decide
from services.projects.domain.protection import evolve as protection_evolve
from services.projects.domain.protection.events import PROTECTION_EVENTS
from services.projects.domain.protection.state import Investor
from services.projects.domain.referral import decide as referral_decide
from services.projects.domain.referral import evolve as referral_evolve
from services.projects.domain.referral.events import REFERRAL_EVENTS
from services.projects.domain.referral.state import Referrals
from services.projects.rulebooks import lights_rulebook
from sevenx.kernel.decider import Decider

LEAD: Decider[Lead] = Decider("lead", Lead(), lead_decide.decide, lead_evolve.evolve, LEAD_EVENTS)
PROJECT: Decider[Project] = Decider(
    "project", Project(), lit(project_decide.decide, lights_rulebook()), project_evolve.evolve, PROJECT_EVENTS
)
"""Each decision carries what follows from it at once by the rulebook of lights."""
PROTECTION: Decider[Investor] = Decider(
    "protection", Investor(), protection_decide.decide, protection_evolve.evolve, PROTECTION_EVENTS
)
REFERRALS: Decider[Referrals] = Decider(
    "referrals", Referrals(), referral_decide.decide, referral_evolve.evolve, REFERRAL_EVENTS
)
DECIDERS = (LEAD, PROJECT, PROTECTION, REFERRALS)
