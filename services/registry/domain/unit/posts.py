"""The rules about the unit's posts: principal head, liaison."""

from __future__ import annotations

from services.registry.domain.handover import refuse_announcement
from services.registry.domain.passing import Post, appointed, handed_over, released
from services.registry.domain.tenure import Tenure, last_holder
from sevenx.kernel.decider import Decision

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

HEAD = Post("head", UnitHeadAppointed, UnitHeadReleased)
LIAISON = Post(
    "liaison",
    lambda person, name, day, _, basis: UnitLiaisonDesignated(person, name, day, basis),
    UnitLiaisonReleased,
)


def appoint_head(command: AppointUnitHead, state: Unit) -> Decision:
    """三（一）: a unit has one principal head at a time; the quota of time outside is this person's."""
    taker = Tenure(command.person, command.name, command.effective, None, command.assumed, command.basis)
    return appointed(HEAD, state.head_changes, taker)


def release_head(command: ReleaseUnitHead, state: Unit) -> Decision:
    """三（一）: a post may be vacant; the quota is prorated to the days in the post."""
    return released(HEAD, state.head_changes, command.effective, command.reason)


def designate_liaison(command: DesignateUnitLiaison, state: Unit) -> Decision:
    """三（三）: each responsible unit has exactly one liaison; a new one begins on the day that the former one ends."""
    taker = Tenure(command.person, command.name, command.effective, basis=command.basis)
    return appointed(LIAISON, state.liaison_changes, taker)


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
    return handed_over(HEAD, state.head_changes, command, UnitPostHandedOver)


def hand_over_liaison(command: HandOverUnitLiaison, state: Unit) -> Decision:
    """三（三）: one liaison before and one after, and the new one knows the ledgers and drafts of the former."""
    return handed_over(LIAISON, state.liaison_changes, command, UnitPostHandedOver)
