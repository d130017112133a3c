"""The rows of filled-in sheets as commands: each is decided by the rules of its single request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.projects.api_contracts import extending
from services.projects.api_models import NegotiateBody, RegisterLeadBody
from services.projects.api_types import PartyBody
from services.projects.deciders import DOCUMENT, LEAD, PROJECT, PROTECTION, REFERRALS
from services.projects.document_desk import document_id
from services.projects.domain.document.state import StoredDocument
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.lead.commands import RegisterLead
from services.projects.domain.lead.state import Lead
from services.projects.domain.project.commands import OpenProject
from services.projects.domain.project.contract_commands import AddExtension, DeclareExtension
from services.projects.domain.values import Party
from services.projects.enterprise_desk import as_registered, surviving_each, unknown_enterprise
from services.projects.import_desk import Step, rehearse
from services.projects.lead_desk import negotiation, opening, registering, registration
from services.projects.protection_desk import protection_id, referrals_id, unknown_lead
from services.projects.roster import Roster
from services.projects.rulebooks import evidence_rulebook
from services.projects.sheet_columns import LEADS, PROJECTS
from services.projects.sheet_names import Named
from services.projects.sheet_reader import Filled, SheetReader
from services.projects.sheet_table import FileError, Table
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.slices import Slices

Row = Filled[RegisterLeadBody]
Project = Filled[NegotiateBody]


@dataclass(frozen=True)
class Ready:
    """The rows of a file as their rules accept them, or everything that is wrong. `steps` makes the commands of numbers
    for the rows."""

    letter: str
    count: int
    errors: Sequence[FileError]
    steps: Callable[[Sequence[str]], list[Step]]


def _tried(district: str, letter: str, count: int) -> list[str]:
    """Numbers by which rows are tried; no thing has them."""
    return [f"{district}-{letter}-0000-{number}" for number in range(count)]


async def lead_rows(desk: CommandDesk, table: Table, roster: Roster, names: Named) -> Ready:
    """Each row registers a lead, in the order of the rows."""
    reader = SheetReader(table, LEADS, names, RegisterLeadBody)
    rows, errors = await asyncio.to_thread(reader.read)
    named = {party.id for one in rows for party in _parties(one.body) if party.id is not None}
    register = await surviving_each(desk, named)
    district, terms, today, by = desk.principal.district, roster.terms(), desk.today(), desk.principal.subject
    leads: list[tuple[Row, RegisterLead]] = []
    slices = Slices()
    for one in rows:
        await slices.give_way()
        try:
            investor = _party(one.body.investor, register)
            referrer = _party(one.body.referred_by, register) if one.body.referred_by else None
        except Problem as wrong:
            errors.append(reader.at(one.row, "investor_id", wrong.zh, wrong.en))
            continue
        leads.append((one, registering(one.body, investor, referrer, today, by)))

    def steps(ids: Sequence[str]) -> list[Step]:
        return [
            Step(
                one.row,
                registration(district, lead_id, lead, terms),
                {"group": lead.group, "finder": lead.finder},
            )
            for lead_id, (one, lead) in zip(ids, leads, strict=True)
        ]

    streams = {protection_id(district, lead.investor) for _, lead in leads}
    wanted = [(PROTECTION, one) for one in sorted(streams)]
    states = await desk.states([*wanted, (REFERRALS, referrals_id(district))])
    tried = await asyncio.to_thread(steps, _tried(district, "L", len(leads)))
    refusals = await asyncio.to_thread(rehearse, tried, states, desk.check_permission)
    errors += [reader.refused(one.row, one.wrong) for one in refusals]
    return Ready("L", len(leads), _in_order(errors), steps)


def _parties(body: RegisterLeadBody) -> Iterator[PartyBody]:
    yield body.investor
    if body.referred_by is not None:
        yield body.referred_by


def _party(said: PartyBody, register: Mapping[str, Enterprise]) -> Party:
    """As `investor_of` answers; Problem where the register has no such enterprise, or it has another code."""
    party = said.party()
    if party.id is None:
        return party
    if party.id not in register:
        raise unknown_enterprise(party.id)
    return as_registered(party, register[party.id])


async def project_rows(desk: CommandDesk, table: Table, roster: Roster, names: Named) -> Ready:
    """Each row turns a qualified lead into a project (洽谈)."""
    reader = SheetReader(table, PROJECTS, names, NegotiateBody)
    rows, errors = await asyncio.to_thread(reader.read)
    district, today, by = desk.principal.district, desk.today(), desk.principal.subject
    mine = [one for one in rows if one.values["lead"].startswith(f"{district}-L-")]
    leads: dict[str, Lead] = await desk.states([(LEAD, one) for one in sorted({one.values["lead"] for one in mine})])
    opened: list[tuple[Project, OpenProject]] = []
    slices = Slices()
    for one in rows:
        await slices.give_way()
        lead = one.values["lead"]
        try:
            found = opening(lead, leads.get(lead, Lead()), one.body, evidence_rulebook(), today, by)
        except Problem:
            unknown = unknown_lead(lead)
            errors.append(reader.at(one.row, "lead", unknown.zh, unknown.en))
            continue
        opened.append((one, found))
    if roster.documents_required():
        errors += await _not_stored(desk, opened, reader)

    def steps(ids: Sequence[str]) -> list[Step]:
        made = []
        for project_id, (one, found) in zip(ids, opened, strict=True):
            given = negotiation(district, project_id, found)
            if one.body.extends is not None:
                given += extending(desk, project_id, one.body.extends)
            made.append(Step(one.row, given, {"group": found.group, "finder": found.finder}))
        return made

    streams = {protection_id(district, found.investor) for _, found in opened}
    bases = {one.body.extends for one, _ in opened if one.body.extends is not None}
    wanted: list[tuple[Any, str]] = [(PROTECTION, one) for one in sorted(streams)]
    states = await desk.states([*wanted, *((PROJECT, one) for one in sorted(bases))])
    tried = await asyncio.to_thread(steps, _tried(district, "P", len(opened)))
    refusals = await asyncio.to_thread(rehearse, tried, {**leads, **states}, desk.check_permission)
    for refusal in refusals:
        if isinstance(refusal.command, DeclareExtension | AddExtension):
            errors.append(reader.at(refusal.row, "extends", refusal.wrong.zh, refusal.wrong.en))
        else:
            errors.append(reader.refused(refusal.row, refusal.wrong))
    return Ready("P", len(opened), _in_order(errors), steps)


async def _not_stored(
    desk: CommandDesk, opened: Sequence[tuple[Project, OpenProject]], reader: SheetReader[NegotiateBody]
) -> list[FileError]:
    """Rows whose proof was not sent in for their lead, where the district asks for that (`documents.required`)."""
    streams = {
        one.row: document_id(desk.principal.district, document.sha256)
        for one, found in opened
        for document in found.documents
    }
    states: dict[str, StoredDocument] = await desk.states([(DOCUMENT, one) for one in sorted(set(streams.values()))])
    return [
        reader.at(
            one.row,
            "proof_sha256",
            f"文件还没有上传到 {found.lead}；请先在线索页上传，再导入",
            f"the document was not sent in for {found.lead}; send it in on the lead's page, then import",
        )
        for one, found in opened
        if one.row in streams and not states[streams[one.row]].is_of(found.lead)
    ]


def _in_order(errors: Sequence[FileError]) -> list[FileError]:
    return sorted(errors, key=lambda one: one.row)
