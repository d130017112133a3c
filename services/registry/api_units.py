"""Commands on units and people."""

from __future__ import annotations

from fastapi import APIRouter

from services.registry.api_models import (
    AddAliasBody,
    AppointBody,
    DesignateBody,
    HandoverBody,
    LiaisonEndBody,
    MergeBody,
    ParentBody,
    RegisterPersonBody,
    ReleaseBody,
    RenameUnitBody,
)
from services.registry.api_types import UnitId
from services.registry.deciders import PERSON, UNIT, decider_of
from services.registry.domain.mergers import follow_up
from services.registry.domain.person.commands import RegisterPerson
from services.registry.domain.unit.commands import (
    AddAlias,
    AnnounceUnitLiaisonEnd,
    AppointUnitHead,
    Command,
    DesignateUnitLiaison,
    HandOverUnitHead,
    HandOverUnitLiaison,
    MergeUnit,
    ReleaseUnitHead,
    RenameUnit,
    SetUnitParent,
)
from services.registry.domain.unit.state import Unit
from services.registry.facts import all_states, bearers, handed_over, person_name, standing_above, unit_named
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


@router.post("/units/{unit_id}/parent", tags=["units 单位"])
async def set_parent(unit_id: UnitId, body: ParentBody, desk: Commands) -> Answer:
    """Put a unit under another one (上级/所属), or under none any more. No unit stands under itself."""
    parent = None if body.parent is None else await unit_named(desk, body.parent)
    above = () if parent is None else await standing_above(desk, parent)
    return await _give(
        desk, unit_id, SetUnitParent(unit_id, parent, body.effective or desk.today(), body.reason, above)
    )


@router.post("/units/{unit_id}/merge", tags=["units 单位"])
async def merge_unit(unit_id: UnitId, body: MergeBody, desk: Commands) -> Answer:
    """Merge a unit into another one after a reform (并入). Its id stays and its posts end; its names lead to the unit
    that goes on, which takes its part in the groups, the units below it, and its place in the settings.

    All of it is one commit. What is told of a day before the merger still shows the unit under its name of that day.
    Targets that the unit has promised stay its own until its group distributes them anew.
    """
    earlier = await desk.earlier()
    if earlier is not None:
        return earlier[0]
    into = await unit_named(desk, body.into)
    states = await all_states(desk)
    survivor: Unit = states.get(into, Unit())
    effective, reason = body.effective or desk.today(), body.reason
    command = MergeUnit(unit_id, into, effective, reason, desk.today(), survivor.zh, survivor.merged_into)
    merged = states.get(unit_id, Unit()).merged_into is not None
    more = [] if merged or into == unit_id else list(follow_up(unit_id, into, effective, reason, states))
    return await desk.give_all(
        [(UNIT, unit_id, command), *((decider_of(stream), stream, one) for stream, one in more)], {"unit": unit_id}
    )


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


@router.post("/units/{unit_id}/head/handover", tags=["units 单位"])
async def hand_over_head(unit_id: UnitId, body: HandoverBody, desk: Commands) -> Answer:
    """Hand the principal head's post over (交接): release and appointment on one day, with what was handed over."""
    return await _give(desk, unit_id, HandOverUnitHead(**await handed_over(desk, body)))


@router.post("/units/{unit_id}/liaison/handover", tags=["units 单位"])
async def hand_over_liaison(unit_id: UnitId, body: HandoverBody, desk: Commands) -> Answer:
    """Hand the liaison's post over (交接)."""
    return await _give(desk, unit_id, HandOverUnitLiaison(**await handed_over(desk, body)))


@router.post("/units/{unit_id}/liaison/end", tags=["units 单位"])
async def announce_liaison_end(unit_id: UnitId, body: LiaisonEndBody, desk: Commands) -> Answer:
    """Announce that the liaison is to leave. He goes on until a successor begins; `/vacancies` warns until then."""
    return await _give(desk, unit_id, AnnounceUnitLiaisonEnd(body.ends_on, body.reason, desk.today()))
