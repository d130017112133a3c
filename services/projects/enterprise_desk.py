"""What the routes on enterprises share: an enterprise's state, its scopes, the stream of the groups of companies."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from services.projects import enterprise_queries as q
from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.values import Party
from services.projects.enterprise_merges import Merges
from services.projects.roster import roster_of
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads

COMPANY_GROUPS_STREAM = "EG-1"
"""The one stream of a district's groups of companies, after the district's code."""


def company_groups_id(district: str) -> str:
    return f"{district}-{COMPANY_GROUPS_STREAM}"


def scopes_of(state: Enterprise) -> Scopes:
    """The unit or group that registered an enterprise; it is either."""
    return body_scopes(state.registered_for)


def body_scopes(body: str) -> Scopes:
    return {"group": body, "finder": body}


async def registered(desk: CommandDesk, enterprise: str) -> Enterprise:
    """The enterprise as it stands; Problem 404 when there is none."""
    state: Enterprise = await desk.state(ENTERPRISE, enterprise)
    if not state.id:
        raise unknown_enterprise(enterprise)
    return state


def unknown_enterprise(enterprise: str) -> Problem:
    return Problem(
        404,
        "unknown-enterprise",
        f"没有企业 {enterprise}。",
        f"There is no enterprise {enterprise}.",
        details={"enterprise": enterprise},
    )


async def check_body(reads: Reads, body: str) -> None:
    """Problem 422 unless the registry knows the unit or group."""
    roster = await roster_of(reads)
    if "-G-" in body:
        roster.check_group(body)
    else:
        roster.check_units(body)


async def surviving(desk: CommandDesk, enterprise: str) -> Enterprise:
    """The enterprise, or what it was found to be; Problem 404 when there is none."""
    state = await registered(desk, enterprise)
    while state.merged_into is not None:
        state = await registered(desk, state.merged_into)
    return state


async def one_with(desk: CommandDesk, enterprise: str) -> list[Enterprise]:
    """The enterprise and all that were found to be one with it. One query for each step of mergers."""
    known, wanted = dict[str, Enterprise](), {enterprise}
    while wanted:
        states = await desk.states([(ENTERPRISE, one) for one in sorted(wanted)])
        known |= states
        merged = {one for state in states.values() for one in (state.merged_into, *state.absorbed) if one}
        wanted = merged - known.keys()
    return [state for state in known.values() if state.id]


async def owner_of(reads: Reads, code: str | None) -> str | None:
    """The enterprise that has a code, as far as it has been read."""
    found = await reads.scalar(q.of_code(code)) if code else None
    return None if found is None else (await Merges.read(reads)).survivor(str(found))


async def investor_of(desk: CommandDesk, named: Party) -> Party:
    """An investor that is named by its id, as the register has it: merges followed, its code filled in. Problem 404 for
    an id that nobody has, 422 for a code that is another's."""
    if named.id is None:
        return named
    return as_registered(named, await surviving(desk, named.id))


def as_registered(named: Party, state: Enterprise) -> Party:
    """An investor that is named by its id, as the register has the enterprise. Problem 422 for a code of another's."""
    if named.code is not None and state.code is not None and named.code != state.code:
        raise Problem(
            422,
            "enterprise-code-differs",
            f"投资方代码 {named.code} 与客商库企业 {state.id} 的代码 {state.code} 不同；请核对是哪一家。",
            f"The investor's code {named.code} is not that of enterprise {state.id}, {state.code}; check which it is.",
            details={"field": "investor.id", "enterprise": state.id},
        )
    return Party(named.name, named.code or state.code, state.id)


async def surviving_each(desk: CommandDesk, ids: Collection[str]) -> dict[str, Enterprise]:
    """By each id the enterprise, or what it was found to be; without those that nobody has. One query, and one more for
    each step of mergers."""
    known, wanted = dict[str, Enterprise](), set(ids)
    while wanted:
        states = await desk.states([(ENTERPRISE, one) for one in sorted(wanted)])
        known |= {one: state for one, state in states.items() if state.id}
        wanted = {state.merged_into for state in states.values() if state.merged_into} - known.keys()
    return {one: _end(known, one) for one in ids if one in known}


def _end(known: Mapping[str, Enterprise], enterprise: str) -> Enterprise:
    state = known[enterprise]
    while state.merged_into is not None:
        state = known[state.merged_into]
    return state
