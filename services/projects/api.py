"""The API of area projects, under `/api/projects`."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from services.projects import (
    api_baseline,
    api_contracts,
    api_documents,
    api_enterprise_contacts,
    api_enterprise_duplicates,
    api_enterprise_parts,
    api_enterprise_reads,
    api_enterprises,
    api_funds,
    api_gates,
    api_leads,
    api_lights,
    api_problem_reads,
    api_problems,
    api_procedure_reads,
    api_procedures,
    api_projects,
    api_promises,
    api_protection_reads,
    api_protections,
    api_reads,
    api_referrals,
    api_sheet_imports,
    api_sheets,
    api_transfers,
)
from services.projects.document_desk import documents_are_stored

router = APIRouter(dependencies=[Depends(documents_are_stored)])
for part in (
    api_sheets,
    api_sheet_imports,
    api_leads,
    api_transfers,
    api_protections,
    api_baseline,
    api_projects,
    api_contracts,
    api_funds,
    api_gates,
    api_promises,
    api_reads,
    api_protection_reads,
    api_lights,
    api_referrals,
    api_procedures,
    api_procedure_reads,
    api_problems,
    api_problem_reads,
    api_documents,
    api_enterprises,
    api_enterprise_contacts,
    api_enterprise_duplicates,
    api_enterprise_reads,
    api_enterprise_parts,
):
    router.include_router(part.router)
