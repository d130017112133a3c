"""The aggregates of area projects."""

from __future__ import annotations

from services.projects.domain.lead import decide as lead_decide
from services.projects.domain.lead import evolve as lead_evolve
from services.projects.domain.lead.events import LEAD_EVENTS
from services.projects.domain.lead.state import Lead
from services.projects.domain.project import decide as project_decide
from services.projects.domain.project import evolve as project_evolve
from services.projects.domain.project.events import PROJECT_EVENTS
from services.projects.domain.project.state import Project
from sevenx.kernel.decider import Decider

LEAD: Decider[Lead] = Decider("lead", Lead(), lead_decide.decide, lead_evolve.evolve, LEAD_EVENTS)
PROJECT: Decider[Project] = Decider("project", Project(), project_decide.decide, project_evolve.evolve, PROJECT_EVENTS)
DECIDERS = (LEAD, PROJECT)
