"""The rules about taking up a post and leaving it; what a tenure is stands in `sevenx.district.tenure`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.registry.domain.ids import refuse_id
from sevenx.district.tenure import Change, Changes, Tenure, Tenures, holder_on, last_holder, tenures_of
from sevenx.kernel.errors import Rejection

__all__ = [
    "Change",
    "Changes",
    "Succession",
    "Tenure",
    "Tenures",
    "holder_on",
    "last_holder",
    "leaving",
    "refuse_release",
    "succeed",
    "taking",
    "tenures_of",
]


def leaving(changes: Changes, person: str, day: date) -> tuple[date, ...]:
    """The days of which it must be said that the person does not hold the post, so that he holds it no more from `day`
    on: also later days of which the contrary was said, such as a first day that was then corrected to an earlier one.
    The last first, so that who follows the events learns the right day at the end."""
    return (*reversed(_said_otherwise(changes, person, day, begins=True)), day)


def taking(changes: Changes, person: str, day: date) -> tuple[date, ...]:
    """The days of which it must be said that the person holds the post, so that he holds it from `day` on: also later
    days of which the contrary was said, when somebody else was to have taken it up."""
    return (day, *_said_otherwise(changes, person, day, begins=False))


def _said_otherwise(changes: Changes, person: str, day: date, *, begins: bool) -> list[date]:
    last = {change.effective: change.begins for change in changes if change.person == person}
    return sorted(one for one, said in last.items() if said is begins and one > day)


@dataclass(frozen=True, slots=True)
class Succession:
    """A person can take up the post, and on the same day the former holder, if there is one, leaves it."""

    former: Tenure | None


def succeed(tenures: Tenures, person: str, name: str, effective: date) -> Succession | Rejection | None:
    """Whether the person can take up the post on that day; None when the person has done so already.

    A successor may not begin before the post's last tenure began, or ended: past reports show who held it then.
    Beginning on the same day is allowed: it corrects a mistake, and leaves the former holder not one day. A holder's
    own start, which may have been assumed, can be moved back to the day on which the predecessor left.
    """
    if refused := refuse_id("N", person):
        return refused
    if any(t.person == person and _took_up(t, effective) for t in tenures):
        return None
    holder = last_holder(tenures)
    corrects = holder is not None and holder.person == person
    before = tenures[:-1] if corrects else tenures
    if before and effective < (earliest := before[-1].end or before[-1].start):
        return Rejection(
            "post-already-held",
            zh=f"{name}的任职日期{effective}早于{before[-1].name}的任职或离任日期{earliest}；请填写该日或之后的日期。",
            en=f"{name} cannot take up the post on {effective}: {before[-1].name} took up or left it on {earliest}. "
            "Give that day or a later one.",
            rule="一",
            status=409,
            details={"holder": before[-1].person, "earliest": earliest.isoformat()},
        )
    return Succession(None if corrects else holder)


def _took_up(tenure: Tenure, day: date) -> bool:
    if tenure.end is None:
        return tenure.start <= day
    return tenure.start == day < tenure.end


def refuse_release(tenures: Tenures, effective: date) -> Rejection | None:
    """Only a holder can leave a post, and not before taking it up."""
    holder = last_holder(tenures)
    if holder is None:
        return Rejection("post-vacant", zh="该职务目前无人担任。", en="Nobody holds the post.", rule="一", status=409)
    if effective < holder.start:
        return Rejection(
            "release-before-start",
            zh=f"{holder.name}自{holder.start}起任职，离任日期不能早于该日。",
            en=f"{holder.name} took up the post on {holder.start} and cannot have left it before.",
            rule="一",
            details={"holder": holder.person, "start": holder.start.isoformat()},
        )
    return None
