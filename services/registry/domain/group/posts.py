"""The rules about the group's posts: leader, deputy, liaison."""

from __future__ import annotations

from services.registry.domain.handover import Handover, hand_over, refuse_announcement
from services.registry.domain.tenure import Succession, Tenure, last_holder, refuse_release, succeed
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

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

SUCCEEDED = "succeeded"
HANDED_OVER = "handed-over"


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
    former = hand_over(state.leaders, command)
    if isinstance(former, Rejection):
        return former
    person, name, day = command.person, command.name, command.effective
    return [
        LeaderReleased(former.person, former.name, day, HANDED_OVER),
        LeaderAppointed(person, name, day, False, command.basis),
        _handed_over("leader", former, command),
    ]


def hand_over_deputy(command: HandOverDeputy, state: Group) -> Decision:
    """一: as with the leader."""
    former = hand_over(state.deputies, command)
    if isinstance(former, Rejection):
        return former
    person, name, day = command.person, command.name, command.effective
    return [
        DeputyReleased(former.person, former.name, day, HANDED_OVER),
        DeputyAppointed(person, name, day, False, command.basis),
        _handed_over("deputy", former, command),
    ]


def hand_over_liaison(command: HandOverLiaison, state: Group) -> Decision:
    """三（三）: one liaison before and one after, and the new one knows the ledgers and drafts of the former."""
    former = hand_over(state.liaisons, command)
    if isinstance(former, Rejection):
        return former
    day = command.effective
    return [
        LiaisonReleased(former.person, former.name, day, HANDED_OVER),
        LiaisonDesignated(command.person, command.name, day, command.basis),
        _handed_over("liaison", former, command),
    ]


def _handed_over(post: str, former: Tenure, command: Handover) -> PostHandedOver:
    return PostHandedOver(
        post,
        former.person,
        former.name,
        command.person,
        command.name,
        command.effective,
        tuple(item for item in command.items if item.strip()),
        command.note,
        command.witness,
        command.basis,
    )
