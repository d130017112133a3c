"""The rules about where a unit stands among the units: under whom, and merged into whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.registry.domain.ids import refuse_id
from services.registry.domain.tenure import Changes, leaving, tenures_of
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import MergeUnit, SetUnitParent
from .events import UnitHeadReleased, UnitLiaisonReleased, UnitMerged, UnitParentSet
from .state import Unit

MERGED = "merged"


def set_parent(command: SetUnitParent, state: Unit) -> Decision:
    """一: an office or institution belongs to one unit above it (上级/所属), and no unit stands under itself."""
    if command.parent is not None and (refused := refuse_id("U", command.parent)):
        return refused
    if command.parent == state.parent:
        return []
    if command.unit in (command.parent, *command.above):
        return Rejection(
            "unit-under-itself",
            zh=f"{command.parent}本身隶属于{state.zh}（或就是该单位），不能再作其上级；请先调整{command.parent}的隶属关系。",
            en=f"{command.parent} is {state.en} or stands under it: it cannot be above it; move {command.parent}.",
            rule="一",
            status=409,
            details={"above": list(command.above)},
        )
    if not command.reason.strip():
        return Rejection(
            "reason-missing", zh="请填写隶属关系的依据。", en="Give the basis of where the unit belongs.", rule="一"
        )
    return [UnitParentSet(command.parent, command.effective, command.reason)]


def merge(command: MergeUnit, state: Unit) -> Decision:
    """一: when a reform merges two units, one of them goes on; ids never change, and what was done under the former
    one stays its own.

    The posts of the merged unit end on that day. A merger is recorded on its day or later, never before: names lead to
    the survivor from then on.
    """
    if refused := refuse_id("U", command.into):
        return refused
    if state.merged_into == command.into:
        return []
    if refused := _refuse_merger(command, state):
        return refused
    day = command.effective
    return [
        *(UnitHeadReleased(*one, MERGED) for one in _ending(state.head_changes, day)),
        *(UnitLiaisonReleased(*one, MERGED) for one in _ending(state.liaison_changes, day)),
        UnitMerged(command.into, command.into_zh, day, command.reason),
    ]


def _refuse_merger(command: MergeUnit, state: Unit) -> Rejection | None:
    if state.merged_into is not None:
        return Rejection(
            "unit-merged",
            zh=f"{state.zh}已于{state.merged_on}并入{state.merged_into}，不能再次合并。",
            en=f"{state.zh} was merged into {state.merged_into} on {state.merged_on} and cannot be merged again.",
            rule="一",
            status=409,
            details={"into": state.merged_into},
        )
    if command.into == command.unit:
        return Rejection(
            "merged-into-itself",
            zh=f"{state.zh}不能并入自身；请填写存续单位。",
            en=f"{state.en} cannot be merged into itself; name the unit that goes on.",
            rule="一",
        )
    if not command.into_zh or command.into_merged_into is not None:
        gone = command.into_merged_into
        return Rejection(
            "survivor-unknown",
            zh=f"{command.into}" + (f"已并入{gone}；请并入{gone}。" if gone else "尚未登记；请先登记该单位。"),
            en=f"{command.into} "
            + (f"was itself merged into {gone}; merge into that one." if gone else "is not registered; register it."),
            rule="一",
            status=409,
            details={"into": gone},
        )
    if not command.reason.strip():
        return Rejection("reason-missing", zh="请填写合并依据。", en="Give the basis of the merger.", rule="一")
    if command.effective > command.today:
        return Rejection(
            "merger-ahead",
            zh=f"合并日期{command.effective}晚于今天{command.today}；请在当日或之后登记。",
            en=f"The merger is on {command.effective}, after today, {command.today}; record it on its day or later.",
            rule="一",
        )
    begun_after = [t for t in (*state.heads, *state.liaisons) if t.start > command.effective]
    if begun_after:
        late = begun_after[0]
        return Rejection(
            "post-begun-after-merger",
            zh=f"{late.name}自{late.start}起在该单位任职，合并日期不能早于该日。",
            en=f"{late.name} took up a post there on {late.start}; the merger cannot be before that day.",
            rule="一",
            status=409,
            details={"holder": late.person, "start": late.start.isoformat()},
        )
    return None


def _ending(changes: Changes, on: date) -> Iterator[tuple[str, str, date]]:
    """(person, name, day) of what is to be said of a post that somebody would hold on that day or later."""
    tenures = tenures_of(changes)
    last = tenures[-1] if tenures else None
    if last is not None and (last.end is None or last.end > on):
        yield from ((last.person, last.name, day) for day in leaving(changes, last.person, on))
