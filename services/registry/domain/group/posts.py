"""The rules about the group's posts: leader, deputy, liaison."""

from __future__ import annotations

from services.registry.domain.handover import refuse_announcement
from services.registry.domain.passing import Post, appointed, handed_over, released
from services.registry.domain.tenure import Tenure, last_holder
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

LEADER = Post("leader", LeaderAppointed, LeaderReleased)
DEPUTY = Post("deputy", DeputyAppointed, DeputyReleased)
LIAISON = Post(
    "liaison", lambda person, name, day, _, basis: LiaisonDesignated(person, name, day, basis), LiaisonReleased
)


def appoint_leader(command: AppointLeader, state: Group) -> Decision:
    """一: each group has one leader; the former one's tenure ends on the day that the new one's begins."""
    return appointed(LEADER, state.leader_changes, _taker(command))


def release_leader(command: ReleaseLeader, state: Group) -> Decision:
    """一: a leader's post may be vacant until the next appointment."""
    return released(LEADER, state.leader_changes, command.effective, command.reason)


def appoint_deputy(command: AppointDeputy, state: Group) -> Decision:
    """一: groups one to four have a deputy; five to seven have none, and may be given one."""
    return appointed(DEPUTY, state.deputy_changes, _taker(command))


def release_deputy(command: ReleaseDeputy, state: Group) -> Decision:
    """一: a deputy's post may be vacant."""
    return released(DEPUTY, state.deputy_changes, command.effective, command.reason)


def designate_liaison(command: DesignateLiaison, state: Group) -> Decision:
    """三（三）: each group has exactly one liaison. There is no release without a successor: from the first designation
    on, every day has one liaison and only one."""
    taker = Tenure(command.person, command.name, command.effective, basis=command.basis)
    return appointed(LIAISON, state.liaison_changes, taker)


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
    return handed_over(LEADER, state.leader_changes, command, PostHandedOver)


def hand_over_deputy(command: HandOverDeputy, state: Group) -> Decision:
    """一: as with the leader."""
    return handed_over(DEPUTY, state.deputy_changes, command, PostHandedOver)


def hand_over_liaison(command: HandOverLiaison, state: Group) -> Decision:
    """三（三）: one liaison before and one after, and the new one knows the ledgers and drafts of the former."""
    return handed_over(LIAISON, state.liaison_changes, command, PostHandedOver)


def _taker(command: AppointLeader | AppointDeputy) -> Tenure:
    return Tenure(command.person, command.name, command.effective, None, command.assumed, command.basis)
