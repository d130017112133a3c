"""The aggregates of area projects."""

from __future__ import annotations

from services.projects.domain.company_group import decide as company_group_decide
from services.projects.domain.company_group import evolve as company_group_evolve
from services.projects.domain.company_group.events import COMPANY_GROUP_EVENTS
from services.projects.domain.company_group.state import CompanyGroups
from services.projects.domain.document import decide as document_decide
from services.projects.domain.document import evolve as document_evolve
from services.projects.domain.document.events import DOCUMENT_EVENTS
from services.projects.domain.document.state import StoredDocument
from services.projects.domain.enterprise import decide as enterprise_decide
from services.projects.domain.enterprise import evolve as enterprise_evolve
from services.projects.domain.enterprise.events import ENTERPRISE_EVENTS
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.file_import import decide as file_import_decide
from services.projects.domain.file_import import evolve as file_import_evolve
from services.projects.domain.file_import.events import FILE_IMPORT_EVENTS
from services.projects.domain.file_import.state import ImportedFile
from services.projects.domain.lead import decide as lead_decide
from services.projects.domain.lead import evolve as lead_evolve
from services.projects.domain.lead.events import LEAD_EVENTS
from services.projects.domain.lead.state import Lead
from services.projects.domain.problem import decide as problem_decide
from services.projects.domain.problem import evolve as problem_evolve
from services.projects.domain.problem.events import PROBLEM_EVENTS
from services.projects.domain.problem.state import ProblemState
from services.projects.domain.procedure import decide as procedure_decide
from services.projects.domain.procedure import evolve as procedure_evolve
from services.projects.domain.procedure.events import PROCEDURE_EVENTS
from services.projects.domain.procedure.state import Procedure
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
ENTERPRISE: Decider[Enterprise] = Decider(
    "enterprise", Enterprise(), enterprise_decide.decide, enterprise_evolve.evolve, ENTERPRISE_EVENTS
)
COMPANY_GROUPS: Decider[CompanyGroups] = Decider(
    "company_groups", CompanyGroups(), company_group_decide.decide, company_group_evolve.evolve, COMPANY_GROUP_EVENTS
)
PROCEDURE: Decider[Procedure] = Decider(
    "procedure", Procedure(), procedure_decide.decide, procedure_evolve.evolve, PROCEDURE_EVENTS
)
PROBLEM: Decider[ProblemState] = Decider(
    "problem", ProblemState(), problem_decide.decide, problem_evolve.evolve, PROBLEM_EVENTS
)
DOCUMENT: Decider[StoredDocument] = Decider(
    "document", StoredDocument(), document_decide.decide, document_evolve.evolve, DOCUMENT_EVENTS
)
"""Streams `410804-DOC-<sha256>`."""
FILE_IMPORT: Decider[ImportedFile] = Decider(
    "file_import", ImportedFile(), file_import_decide.decide, file_import_evolve.evolve, FILE_IMPORT_EVENTS
)
"""Streams `410804-IM-<sha256>`: a sheet is taken in once."""
DECIDERS = (
    LEAD, PROJECT, PROTECTION, REFERRALS, ENTERPRISE, COMPANY_GROUPS, PROCEDURE, PROBLEM, DOCUMENT, FILE_IMPORT,
)  # fmt: skip
