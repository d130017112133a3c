"""A post is handed over (交接), and an end that is near is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.registry.domain.tenure import Tenure, Tenures, last_holder, succeed
from sevenx.kernel.errors import Rejection


@dataclass(frozen=True, slots=True)
class Handover:
    """A person takes a post over (交接) and notes what was handed over, and who witnessed it (监交人)."""

    person: str
    name: str
    effective: date
    items: tuple[str, ...]
    note: str = ""
    witness: str = ""
    basis: str = ""


def hand_over(tenures: Tenures, command: Handover) -> Tenure | Rejection:
    """From whom the person takes the post over: there is a holder, who has held it for a day at least, and something
    is handed over. A vacant post is given by an appointment."""
    holder = last_holder(tenures)
    if holder is None:
        return Rejection(
            "post-vacant",
            zh="该职务目前无人担任，无从交接；请直接任命或指定。",
            en="Nobody holds the post and can hand it over; appoint or designate instead.",
            rule="一",
            status=409,
        )
    if holder.person == command.person:
        return Rejection(
            "handed-over-to-oneself",
            zh=f"{holder.name}自{holder.start}起即担任该职务；请填写接任人。",
            en=f"{holder.name} has held the post since {holder.start}; name the successor.",
            rule="一",
            status=409,
        )
    if not [item for item in command.items if item.strip()]:
        return Rejection(
            "handover-items",
            zh="请至少列出一项交接内容，如在谈线索台账、月报底稿。",
            en="Name at least one thing that is handed over, such as the ledger of leads or the report's drafts.",
            rule="三（三）",
        )
    if command.effective <= holder.start:
        return Rejection(
            "handover-before-start",
            zh=f"{holder.name}于{holder.start}到任，交接日期须在次日或之后；如属误登，请直接重新任命或指定。",
            en=f"{holder.name} took up the post on {holder.start}; hand it over on a later day, or, if that was a "
            "mistake, appoint or designate anew.",
            rule="一",
            details={"holder": holder.person, "start": holder.start.isoformat()},
        )
    change = succeed(tenures, command.person, command.name, command.effective)
    return change if isinstance(change, Rejection) else holder


def refuse_announcement(tenures: Tenures, ends_on: date | None, today: date, reason: str) -> Rejection | None:
    """三（三）: a liaison holds the post until a successor begins; an end that is near is announced beforehand."""
    holder = last_holder(tenures)
    if holder is None:
        return Rejection(
            "post-vacant", zh="该职务目前无人担任。", en="Nobody holds the post.", rule="三（三）", status=409
        )
    if not reason.strip():
        return Rejection("reason-missing", zh="请说明原因。", en="Give the reason.", rule="三（三）")
    if ends_on is not None and (ends_on < today or ends_on <= holder.start):
        return Rejection(
            "end-past",
            zh=f"预告离任日期{ends_on}须在今天（{today}）或之后，且晚于到任日期{holder.start}。",
            en=f"The announced end {ends_on} must be today ({today}) or later, and after {holder.start}, when "
            f"{holder.name} took up the post.",
            rule="三（三）",
        )
    return None
