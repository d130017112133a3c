"""Commands on enterprises (客商库)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects import enterprise_models as m
from services.projects.api_types import EnterpriseId
from services.projects.deciders import COMPANY_GROUPS, ENTERPRISE
from services.projects.domain.company_group.commands import AssignParent, RemoveParent
from services.projects.domain.enterprise import commands as c
from services.projects.enterprise_desk import (
    body_scopes,
    check_body,
    company_groups_id,
    owner_of,
    registered,
    scopes_of,
)
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/enterprises", tags=["enterprises 客商"])


@router.post("", status_code=201)
async def register(body: m.RegisterEnterpriseBody, desk: Commands, reads: ReadModel) -> Answer:
    """Register an enterprise (客商登记). A unified social credit code stands once: whoever has it is named, 409."""
    await check_body(reads, body.registered_for)
    today, by = desk.today(), desk.principal.subject
    enterprise = await desk.next_id("E", today.year)
    command = c.RegisterEnterprise(
        enterprise=enterprise,
        name=body.name,
        origin=body.origin,
        place=body.place,
        registered_for=body.registered_for,
        today=today,
        by=by,
        code=body.code,
        foreign=body.foreign.foreign() if body.foreign else None,
        aliases=tuple(one.alias() for one in body.aliases),
        lists=tuple(one.listing() for one in body.lists),
        industry_code=body.industry_code,
        note=body.note,
        same_code=await owner_of(reads, body.code),
    )
    given: list[tuple[Decider[Any], str, Any]] = [(ENTERPRISE, enterprise, command)]
    if body.parent:
        await registered(desk, body.parent)
        assign = AssignParent(enterprise, body.parent, today, by)
        given.append((COMPANY_GROUPS, company_groups_id(desk.principal.district), assign))
    return await desk.give_all(given, body_scopes(body.registered_for))


@router.post("/{enterprise}/correct")
async def correct(enterprise: EnterpriseId, body: m.CorrectEnterpriseBody, desk: Commands) -> Answer:
    """Correct what was entered wrongly, with the reason. For a name that the enterprise itself changed: rename."""
    command = c.CorrectEnterprise(
        name=body.name,
        origin=body.origin,
        place=body.place,
        reason=body.reason,
        today=desk.today(),
        by=desk.principal.subject,
        foreign=body.foreign.foreign() if body.foreign else None,
        industry_code=body.industry_code,
        note=body.note,
    )
    return await _give(desk, enterprise, command)


@router.post("/{enterprise}/rename")
async def rename(enterprise: EnterpriseId, body: m.RenameEnterpriseBody, desk: Commands) -> Answer:
    """The enterprise took another name (更名); it is still found by the former one (曾用名)."""
    return await _give(
        desk, enterprise, c.RenameEnterprise(body.name, body.since, desk.today(), desk.principal.subject)
    )


@router.post("/{enterprise}/aliases", status_code=201)
async def add_alias(enterprise: EnterpriseId, body: m.AliasBody, desk: Commands) -> Answer:
    """Add a former, foreign or short name, by which the enterprise is found."""
    return await _give(desk, enterprise, c.AddEnterpriseAlias(body.alias(), desk.today(), desk.principal.subject))


@router.post("/{enterprise}/aliases/remove")
async def remove_alias(enterprise: EnterpriseId, body: m.RemoveAliasBody, desk: Commands) -> Answer:
    """Take out a name that was entered by mistake."""
    return await _give(
        desk, enterprise, c.RemoveEnterpriseAlias(body.name, body.reason, desk.today(), desk.principal.subject)
    )


@router.post("/{enterprise}/code")
async def assign_code(enterprise: EnterpriseId, body: m.CreditCodeBody, desk: Commands, reads: ReadModel) -> Answer:
    """Enter the unified social credit code (GB 32100); with the reason where it replaces another."""
    owner = await owner_of(reads, body.code)
    same_code = None if owner == enterprise else owner
    command = c.AssignCreditCode(body.code, desk.today(), desk.principal.subject, body.reason, same_code)
    return await _give(desk, enterprise, command)


@router.post("/{enterprise}/lists", status_code=201)
async def add_listing(enterprise: EnterpriseId, body: m.ListingBody, desk: Commands) -> Answer:
    """Enter a place on a published list (500强等榜单); the same list and year again corrects the rank."""
    return await _give(desk, enterprise, c.AddListing(body.listing(), desk.today(), desk.principal.subject))


@router.post("/{enterprise}/lists/remove")
async def remove_listing(enterprise: EnterpriseId, body: m.RemoveListingBody, desk: Commands) -> Answer:
    """Take out a list that was entered by mistake."""
    return await _give(
        desk, enterprise, c.RemoveListing(body.list_name, body.year, body.reason, desk.today(), desk.principal.subject)
    )


@router.post("/{enterprise}/parent")
async def assign_parent(enterprise: EnterpriseId, body: m.ParentBody, desk: Commands) -> Answer:
    """Say to which enterprise it belongs (母公司). Parents cannot form a circle."""
    state = await registered(desk, enterprise)
    await registered(desk, body.parent)
    command = AssignParent(enterprise, body.parent, desk.today(), desk.principal.subject)
    return await desk.give(COMPANY_GROUPS, company_groups_id(desk.principal.district), command, scopes_of(state))


@router.post("/{enterprise}/parent/remove")
async def remove_parent(enterprise: EnterpriseId, body: m.ReasonBody, desk: Commands) -> Answer:
    """It belongs to no other any more, or never did."""
    state = await registered(desk, enterprise)
    command = RemoveParent(enterprise, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(COMPANY_GROUPS, company_groups_id(desk.principal.district), command, scopes_of(state))


async def _give(desk: CommandDesk, enterprise: str, command: Any) -> Answer:
    await registered(desk, enterprise)
    return await desk.give(ENTERPRISE, enterprise, command, scopes_of)
