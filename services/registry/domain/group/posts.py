"""The rules about the group's posts: leader, deputy, liaison."""

from __future__ import annotations

from services.registry.domain.tenure import leave, take_up
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


def appoint_leader(command: AppointLeader, state: Group) -> Decision:
    """一: each group has one leader; the former one's tenure ends on the day that the new one's begins."""
    appointed = LeaderAppointed(command.person, command.name, command.effective, command.assumed, command.basis)
    return take_up(state.leaders, appointed, LeaderReleased)


def release_leader(command: ReleaseLeader, state: Group) -> Decision:
    """一: a leader's post may be vacant until the next appointment."""
    return leave(state.leaders, command.effective, command.reason, LeaderReleased)


def appoint_deputy(command: AppointDeputy, state: Group) -> Decision:
    """一: groups one to four have a deputy; five to seven have none, and may be given one."""
    appointed = DeputyAppointed(command.person, command.name, command.effective, command.assumed, command.basis)
    return take_up(state.deputies, appointed, DeputyReleased)


def release_deputy(command: ReleaseDeputy, state: Group) -> Decision:
    """一: a deputy's post may be vacant."""
    return leave(state.deputies, command.effective, command.reason, DeputyReleased)


def designate_liaison(command: DesignateLiaison, state: Group) -> Decision:
    """三（三）: each group has exactly one liaison. There is no release without a successor: from the first designation
    on, every day has one liaison and only one."""
    designated = LiaisonDesignated(command.person, command.name, command.effective, command.basis)
    return take_up(state.liaisons, designated, LiaisonReleased)
