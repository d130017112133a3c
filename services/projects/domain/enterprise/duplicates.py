"""The rules of duplicates: found by a reaction, judged by the Commerce Bureau, merged by nobody else."""

from __future__ import annotations

import re

from services.projects.domain.dates import check_reason
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.identity import check_free_text
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_ID = re.compile(r"-E-(?P<year>[0-9]{4})-(?P<number>[0-9]+)$")


def by_age(one: str, other: str) -> tuple[str, str]:
    """Two ids of enterprises, the one registered first before the other. What is known of a pair stands in the stream
    of the later one, so that it stands once."""
    first, second = sorted((one, other), key=_age)
    return first, second


def _age(enterprise: str) -> tuple[int, int]:
    match = _ID.search(enterprise)
    if match is None:
        raise ValueError(f"{enterprise} is no id of an enterprise")
    return int(match["year"]), int(match["number"])


def suspect(command: c.SuspectDuplicates, state: Enterprise) -> Decision:
    """Each pair is proposed once, and not again once it was found to be two."""
    known = state.suspected | state.distinct
    return [
        e.DuplicateSuspected(one.other, one.score, one.ground, command.today)
        for one in command.found
        if one.other not in known and one.other != state.id
    ]


def dismiss(command: c.DismissDuplicate, state: Enterprise) -> Decision:
    """Two enterprises are found to be two, with the reason."""
    if command.other == state.id:
        return Rejection(
            "same-enterprise",
            f"{state.id} 与自身不能判为两家；请填写另一家企业的编号。",
            f"{state.id} cannot be found another than itself; name the other enterprise.",
            details={"field": "other"},
        )
    if command.other in state.distinct:
        return []
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [e.DuplicateDismissed(command.other, command.reason, command.today, command.by)]
