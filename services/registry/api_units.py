"""Commands on units and people."""

from __future__ import annotations

from fastapi import APIRouter

from services.registry.api_models import (
    AddAliasBody,
    AppointBody,
    DesignateBody,
    RegisterPersonBody,
    ReleaseBody,
    RenameUnitBody,
)
from services.registry.api_types import UnitId
from services.registry.deciders import PERSON, UNIT
from services.registry.domain.person.commands import RegisterPerson
from services.registry.domain.unit.commands import (
    AddAlias,
    AppointUnitHead,
    Command,
    DesignateUnitLiaison,
    ReleaseUnitHead,
    RenameUnit,
)
from services.registry.facts import bearers, person_name
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands

router = APIRouter()


async def _give(desk: CommandDesk, unit_id: str, command: Command) -> Answer:
    return await desk.give(UNIT, unit_id, command, {"unit": unit_id})


@router.post("/people", status_code=201, tags=["people 人员"])
async def register_person(body: RegisterPersonBody, desk: Commands) -> Answer:
    """Register a person by name, so that posts can be given. Registering the same person again changes nothing."""
    if not body.id.startswith(f"{desk.principal.district}-"):
        raise Problem(
            422,
            "other-district",
            f"人员编号须以本区区划代码{desk.principal.district}开头。",
            f"A person's id begins with this district's code {desk.principal.district}.",
        )
    return await desk.give(PERSON, body.id, RegisterPerson(body.zh, body.en, body.basis))


@router.post("/units/{unit_id}/rename", tags=["units 单位"])
async def rename_unit(unit_id: UnitId, body: RenameUnitBody, desk: Commands) -> Answer:
    """Give a unit another full name after a reform. It keeps its id, and its former names as spellings."""
    taken = await bearers(desk, body.zh, but=unit_id)
    command = RenameUnit(body.zh, body.en, body.effective or desk.today(), body.reason, taken)
    return await _give(desk, unit_id, command)


@router.post("/units/{unit_id}/aliases", tags=["units 单位"])
async def add_alias(unit_id: UnitId, body: AddAliasBody, desk: Commands) -> Answer:
    """Add a spelling of the unit's name. A spelling belongs to one unit (一)."""
    return await _give(desk, unit_id, AddAlias(body.name, body.source, await bearers(desk, body.name, but=unit_id)))


@router.post("/units/{unit_id}/head", tags=["units 单位"])
async def appoint_head(unit_id: UnitId, body: AppointBody, desk: Commands) -> Answer:
    """Appoint the principal head (主要负责同志), whom the quota of time outside binds (三（一）)."""
    name, day = await person_name(desk, body.person), body.effective or desk.today()
    return await _give(desk, unit_id, AppointUnitHead(body.person, name, day, body.assumed, body.basis))


@router.post("/units/{unit_id}/head/release", tags=["units 单位"])
async def release_head(unit_id: UnitId, body: ReleaseBody, desk: Commands) -> Answer:
    """Release the principal head without a successor."""
    return await _give(desk, unit_id, ReleaseUnitHead(body.effective or desk.today(), body.reason))


@router.post("/units/{unit_id}/liaison", tags=["units 单位"])
async def designate_liaison(unit_id: UnitId, body: DesignateBody, desk: Commands) -> Answer:
    """Designate the unit's one liaison (三（三）): by its head, the Commerce Bureau or the district office."""
    name, day = await person_name(desk, body.person), body.effective or desk.today()
    return await _give(desk, unit_id, DesignateUnitLiaison(body.person, name, day, body.basis))
