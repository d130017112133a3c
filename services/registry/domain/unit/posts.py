"""The rules about the unit's posts: principal head, liaison."""

from __future__ import annotations

from services.registry.domain.handover import Handover, hand_over, refuse_announcement
from services.registry.domain.tenure import Succession, Tenure, last_holder, refuse_release, succeed
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import (
    AnnounceUnitLiaisonEnd,
    AppointUnitHead,
    DesignateUnitLiaison,
    HandOverUnitHead,
    HandOverUnitLiaison,
    ReleaseUnitHead,
)
from .events import (
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonEndAnnounced,
    UnitLiaisonReleased,
    UnitPostHandedOver,
)
from .state import Unit

SUCCEEDED = "succeeded"
HANDED_OVER = "handed-over"


def appoint_head(command: AppointUnitHead, state: Unit) -> Decision:
    """三（一）: a unit has one principal head at a time; the quota of time outside is this person's."""
    change = succeed(state.heads, command.person, command.name, command.effective)
    if not isinstance(change, Succession):
        return change or []
    appointed = UnitHeadAppointed(command.person, command.name, command.effective, command.assumed, command.basis)
    if change.former is None:
        return [appointed]
    return [UnitHeadReleased(change.former.person, change.former.name, command.effective, SUCCEEDED), appointed]


def release_head(command: ReleaseUnitHead, state: Unit) -> Decision:
    """三（一）: a post may be vacant; the quota is prorated to the days in the post."""
    if refused := refuse_release(state.heads, command.effective):
        return refused
    holder = state.heads[-1]
    return [UnitHeadReleased(holder.person, holder.name, command.effective, command.reason)]


def designate_liaison(command: DesignateUnitLiaison, state: Unit) -> Decision:
    """三（三）: each responsible unit has exactly one liaison; a new one begins on the day that the former one ends."""
    change = succeed(state.liaisons, command.person, command.name, command.effective)
    if not isinstance(change, Succession):
        return change or []
    designated = UnitLiaisonDesignated(command.person, command.name, command.effective, command.basis)
    if change.former is None:
        return [designated]
    return [UnitLiaisonReleased(change.former.person, change.former.name, command.effective, SUCCEEDED), designated]


def announce_liaison_end(command: AnnounceUnitLiaisonEnd, state: Unit) -> Decision:
    """三（三）: who is to leave goes on until a successor begins; the announcement lets others see it coming."""
    if refused := refuse_announcement(state.liaisons, command.ends_on, command.today, command.reason):
        return refused
    holder = last_holder(state.liaisons)
    if holder is None or command.ends_on == state.liaison_ends:
        return []
    return [UnitLiaisonEndAnnounced(holder.person, holder.name, command.ends_on, command.reason)]


def hand_over_head(command: HandOverUnitHead, state: Unit) -> Decision:
    """三（一）: the successor's quota begins on the day on which the former head's ends, and what passed is noted."""
    former = hand_over(state.heads, command)
    if isinstance(former, Rejection):
        return former
    return [
        UnitHeadReleased(former.person, former.name, command.effective, HANDED_OVER),
        UnitHeadAppointed(command.person, command.name, command.effective, False, command.basis),
        _handed_over("head", former, command),
    ]


def hand_over_liaison(command: HandOverUnitLiaison, state: Unit) -> Decision:
    """三（三）: one liaison before and one after, and the new one knows the ledgers and drafts of the former."""
    former = hand_over(state.liaisons, command)
    if isinstance(former, Rejection):
        return former
    return [
        UnitLiaisonReleased(former.person, former.name, command.effective, HANDED_OVER),
        UnitLiaisonDesignated(command.person, command.name, command.effective, command.basis),
        _handed_over("liaison", former, command),
    ]


def _handed_over(post: str, former: Tenure, command: Handover) -> UnitPostHandedOver:
    return UnitPostHandedOver(
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
