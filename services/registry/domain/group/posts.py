"""The rules about the group's posts: leader, deputy, liaison."""

from __future__ import annotations

from services.registry.domain.handover import hand_over, passed_on, refuse_announcement
from services.registry.domain.tenure import last_holder, leave, take_up
from sevenx.kernel.decider import Decision

from .commands import (
    AnnounceLiaisonEnd,
    AppointDeputy,
    AppointLeader,
    DesignateLiaison,
    HandOverDeputy,
    HandOverLeader,
    HandOverLiaison,
    ReleaseDeputy,
    ReleaseLeader,
)
from .events import (
    DeputyAppointed,
    DeputyReleased,
    LeaderAppointed,
    LeaderReleased,
    LiaisonDesignated,
    LiaisonEndAnnounced,
    LiaisonReleased,
    PostHandedOver,
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


def announce_liaison_end(command: AnnounceLiaisonEnd, state: Group) -> Decision:
    """三（三）: who is to leave goes on until a successor begins; the announcement lets others see it coming."""
    if refused := refuse_announcement(state.liaisons, command.ends_on, command.today, command.reason):
        return refused
    holder = last_holder(state.liaisons)
    if holder is None or command.ends_on == state.liaison_ends:
        return []
    return [LiaisonEndAnnounced(holder.person, holder.name, command.ends_on, command.reason)]


def hand_over_leader(command: HandOverLeader, state: Group) -> Decision:
    """一: one command ends the former leader's tenure, begins the new one's on the same day, and notes what passed."""
    taken_up = LeaderAppointed(command.person, command.name, command.effective, False, command.basis)
    return passed_on("leader", command, hand_over(state.leaders, command, taken_up, LeaderReleased), PostHandedOver)


def hand_over_deputy(command: HandOverDeputy, state: Group) -> Decision:
    """一: as with the leader."""
    taken_up = DeputyAppointed(command.person, command.name, command.effective, False, command.basis)
    return passed_on("deputy", command, hand_over(state.deputies, command, taken_up, DeputyReleased), PostHandedOver)


def hand_over_liaison(command: HandOverLiaison, state: Group) -> Decision:
    """三（三）: one liaison before and one after, and the new one knows the ledgers and drafts of the former."""
    taken_up = LiaisonDesignated(command.person, command.name, command.effective, command.basis)
    return passed_on("liaison", command, hand_over(state.liaisons, command, taken_up, LiaisonReleased), PostHandedOver)
