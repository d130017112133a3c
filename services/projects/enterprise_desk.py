"""What the routes on enterprises share: an enterprise's state, its scopes, the stream of the groups of companies."""

from __future__ import annotations

from services.projects import enterprise_queries as q
from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise.state import Enterprise
from services.projects.roster import Roster
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
    roster = Roster(reads)
    await (roster.check_group(body) if "-G-" in body else roster.check_units(body))


async def owner_of(reads: Reads, code: str | None) -> str | None:
    """The enterprise that has a code, as far as it has been read."""
    found = await reads.scalar(q.of_code(code)) if code else None
    return None if found is None else str(found)
