"""Who held a post, and when: a post's tenures follow one another and never overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sevenx.kernel.errors import Rejection


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a post from `start` up to, and without, `end`; without an end the person still holds it."""

    person: str
    name: str
    start: date
    end: date | None = None


Tenures = tuple[Tenure, ...]
"""The tenures of one post in their order."""


def holder_on(tenures: Tenures, day: date) -> Tenure | None:
    """Who held the post on that day; a past report shows this holder, whoever came later."""
    return next((t for t in tenures if t.start <= day and (t.end is None or day < t.end)), None)


def last_holder(tenures: Tenures) -> Tenure | None:
    """The holder whose tenure has no end yet."""
    return tenures[-1] if tenures and tenures[-1].end is None else None


def begun(tenures: Tenures, person: str, name: str, start: date) -> Tenures:
    return (*tenures, Tenure(person, name, start))


def ended(tenures: Tenures, end: date) -> Tenures:
    return (*tenures[:-1], replace(tenures[-1], end=end))


def held(tenures: Tenures, person: str, effective: date) -> bool:
    """The person took up the post on that day and was in it, or took it up earlier and still holds it."""
    return any(t.person == person and _took_up(t, effective) for t in tenures)


def _took_up(tenure: Tenure, day: date) -> bool:
    if tenure.end is None:
        return tenure.start <= day
    return tenure.start == day < tenure.end


def refuse_succession(tenures: Tenures, name: str, effective: date) -> Rejection | None:
    """A successor may not begin before the post's last tenure began, or ended: past reports show who held it then.

    Beginning on the same day is allowed: it corrects a mistake, and leaves the former holder not one day.
    """
    if not tenures:
        return None
    last = tenures[-1]
    earliest = last.end or last.start
    if effective >= earliest:
        return None
    event_zh = "离任" if last.end else "任职"
    return Rejection(
        "post-already-held",
        zh=f"{name}的任职日期{effective}早于{last.name}的{event_zh}日期{earliest}；请填写该日或之后的日期。",
        en=f"{name} cannot take up the post on {effective}: {last.name} {'left' if last.end else 'took up'} it on "
        f"{earliest}. Give that day or a later one.",
        rule="一",
        details={"holder": last.person, "earliest": earliest.isoformat()},
    )


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
