"""The rules about the group's posts: leader, deputy, liaison."""

from __future__ import annotations

from services.registry.domain.tenure import Succession, refuse_release, succeed
from sevenx.kernel.decider import Decision

from .commands import AppointDeputy, AppointLeader, DesignateLiaison, ReleaseDeputy, ReleaseLeader
from .events import (
    DeputyAppointed,
    DeputyReleased,
    LeaderAppointed,
    LeaderReleased,
    LiaisonDesignated,
    LiaisonReleased,
)
from .state import Group

SUCCEEDED = "succeeded"


def appoint_leader(command: AppointLeader, state: Group) -> Decision:
    """一: each group has one leader; the former one's tenure ends on the day that the new one's begins."""
    change = succeed(state.leaders, command.person, command.name, command.effective)
    if not isinstance(change, Succession):
        return change or []
    appointed = LeaderAppointed(command.person, command.name, command.effective, command.assumed, command.basis)
    if change.former is None:
        return [appointed]
    return [LeaderReleased(change.former.person, change.former.name, command.effective, SUCCEEDED), appointed]


def release_leader(command: ReleaseLeader, state: Group) -> Decision:
    """一: a leader's post may be vacant until the next appointment."""
    if refused := refuse_release(state.leaders, command.effective):
        return refused
    holder = state.leaders[-1]
    return [LeaderReleased(holder.person, holder.name, command.effective, command.reason)]


def appoint_deputy(command: AppointDeputy, state: Group) -> Decision:
    """一: groups one to four have a deputy; five to seven have none, and may be given one."""
    change = succeed(state.deputies, command.person, command.name, command.effective)
    if not isinstance(change, Succession):
        return change or []
    appointed = DeputyAppointed(command.person, command.name, command.effective, command.assumed, command.basis)
    if change.former is None:
        return [appointed]
    return [DeputyReleased(change.former.person, change.former.name, command.effective, SUCCEEDED), appointed]


def release_deputy(command: ReleaseDeputy, state: Group) -> Decision:
    """一: a deputy's post may be vacant."""
    if refused := refuse_release(state.deputies, command.effective):
        return refused
    holder = state.deputies[-1]
    return [DeputyReleased(holder.person, holder.name, command.effective, command.reason)]


def designate_liaison(command: DesignateLiaison, state: Group) -> Decision:
    """三（三）: each group has exactly one liaison. There is no release without a successor: from the first designation
    on, every day has one liaison and only one."""
    change = succeed(state.liaisons, command.person, command.name, command.effective)
    if not isinstance(change, Succession):
        return change or []
    designated = LiaisonDesignated(command.person, command.name, command.effective, command.basis)
    if change.former is None:
        return [designated]
    return [LiaisonReleased(change.former.person, change.former.name, command.effective, SUCCEEDED), designated]
