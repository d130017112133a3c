"""The rules of merging: the Commerce Bureau finds two enterprises to be one, or takes that back."""

from __future__ import annotations

from services.projects.domain.dates import check_reason
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.identity import check_free_text
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def merge(command: c.MergeEnterprises, state: Enterprise) -> Decision:
    """Both stand for themselves until then, so that no circle of merges can close; different codes are those of
    different legal persons (GB 32100) unless one of them is a mistake."""
    if command.survivor == command.absorbed:
        return Rejection(
            "same-enterprise",
            f"{command.survivor} 不能与自身合并；请填写另一家企业的编号。",
            f"{command.survivor} cannot be merged with itself; name the other enterprise.",
            details={"field": "absorbed"},
        )
    if state.merged_into is not None:
        return merged_already(state.id, state.merged_into)
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason) or _check_codes(command)
    return wrong or [merged(command)]


def merged(command: c.MergeEnterprises) -> e.EnterprisesMerged:
    return e.EnterprisesMerged(command.survivor, command.absorbed, command.reason, command.today, command.by)


def _check_codes(command: c.MergeEnterprises) -> Rejection | None:
    one, other = command.codes
    if one is None or other is None or one == other or command.despite_codes:
        return None
    return Rejection(
        "different-codes",
        f"两家企业的统一社会信用代码不同（{one}、{other}），一般为两个法人；"
        "确系录入错误的，请注明 despite_codes 并写明理由。",
        f"The two have different unified social credit codes, {one} and {other}, and so are two legal persons; "
        "where one is a mistake, say so by despite_codes and give the reason.",
        rule="GB 32100-2015",
        details={"codes": [one, other]},
        status=409,
    )


def undo(command: c.UndoMerge, state: Enterprise) -> Decision:
    """A merge is taken back with the reason; both stay on record."""
    held = state.merged_into == command.survivor if state.id == command.absorbed else command.absorbed in state.absorbed
    if not held:
        return no_such_merge(command)
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [undone(command)]


def undone(command: c.UndoMerge) -> e.MergeUndone:
    return e.MergeUndone(command.survivor, command.absorbed, command.reason, command.today, command.by)


def no_such_merge(command: c.UndoMerge) -> Rejection:
    return Rejection(
        "no-such-merge",
        f"没有将 {command.absorbed} 并入 {command.survivor} 的记录，或已撤销。",
        f"No merge of {command.absorbed} into {command.survivor} holds.",
        status=404,
    )


def merged_already(enterprise: str, survivor: str) -> Rejection:
    """What is merged is changed no more: its survivor is."""
    return Rejection(
        "enterprise-merged",
        f"企业 {enterprise} 已并入 {survivor}，请在 {survivor} 上办理；合并有误的，先由商务局撤销合并。",
        f"The enterprise {enterprise} was merged into {survivor}: change that one, or let the Commerce Bureau undo the "
        "merge first.",
        details={"enterprise": enterprise, "survivor": survivor},
        status=409,
    )
