"""The rules about a unit: its registration and its names. Posts and structure have modules of their own."""

from __future__ import annotations

from services.registry.domain.correction import RollBackImport, roll_back
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import (
    AddAlias,
    AnnounceUnitLiaisonEnd,
    AppointUnitHead,
    Command,
    DesignateUnitLiaison,
    HandOverUnitHead,
    HandOverUnitLiaison,
    MergeUnit,
    RegisterUnit,
    ReleaseUnitHead,
    RenameUnit,
    SetUnitParent,
)
from .events import (
    UnitAliasAdded,
    UnitRegistered,
    UnitRenamed,
)
from .posts import (
    announce_liaison_end,
    appoint_head,
    designate_liaison,
    hand_over_head,
    hand_over_liaison,
    release_head,
)
from .state import Unit
from .structure import merge, set_parent


def decide(command: Command, state: Unit) -> Decision:
    if isinstance(command, RegisterUnit):
        return register(command, state)
    if isinstance(command, RollBackImport):
        return roll_back(command, state)
    if state.kind is None:
        return Rejection("unit-unknown", zh="该单位尚未登记。", en="The unit is not registered.", status=404)
    if isinstance(command, MergeUnit):
        return merge(command, state)
    if state.merged_into is not None:
        return _merged(state.zh, state.merged_into)
    match command:
        case SetUnitParent():
            return set_parent(command, state)
        case AddAlias():
            return add_alias(command, state)
        case RenameUnit():
            return rename(command, state)
        case AppointUnitHead():
            return appoint_head(command, state)
        case ReleaseUnitHead():
            return release_head(command, state)
        case DesignateUnitLiaison():
            return designate_liaison(command, state)
        case AnnounceUnitLiaisonEnd():
            return announce_liaison_end(command, state)
        case HandOverUnitHead():
            return hand_over_head(command, state)
        case HandOverUnitLiaison():
            return hand_over_liaison(command, state)


def register(command: RegisterUnit, state: Unit) -> Decision:
    """一: a unit is registered once with all its spellings; registering it again adds the spellings that are new."""
    if not command.zh.strip():
        return Rejection("name-missing", zh="请填写单位名称。", en="Give the unit's name.", rule="一")
    if state.kind is None:
        return [
            UnitRegistered(
                command.zh,
                command.en,
                command.kind,
                command.aliases,
                command.in_x_department,
                command.name_source,
            )
        ]
    if command.kind is not state.kind or command.zh not in state.names():
        return Rejection(
            "unit-differs",
            zh=f"该编号已登记为{state.zh}（{state.kind}），与{command.zh}（{command.kind}）不符；更名请使用更名操作。",
            en=f"The id is registered as {state.zh} ({state.kind}), not as {command.zh} ({command.kind}); to give it "
            "another name, rename the unit.",
            rule="一",
            status=409,
            details={"registered": state.zh},
        )
    known = set(state.names())
    return [UnitAliasAdded(alias.name, alias.source) for alias in command.aliases if alias.name not in known]


def _merged(name: str, into: str) -> Rejection:
    """一: a unit that was merged acts no more; whoever meant it means the survivor."""
    return Rejection(
        "unit-merged",
        zh=f"{name}已并入{into}；请对{into}办理。",
        en=f"{name} was merged into {into}; give the command for {into}.",
        rule="一",
        status=409,
        details={"into": into},
    )


def add_alias(command: AddAlias, state: Unit) -> Decision:
    """一: a spelling belongs to one unit, so that a name in a document means one unit."""
    if command.name in state.names():
        return []
    if not command.name.strip():
        return Rejection("name-missing", zh="请填写别名。", en="Give the spelling.", rule="一", field="name")
    if command.borne_by:
        return _taken(command.name, command.borne_by, "name")
    return [UnitAliasAdded(command.name, command.source)]


def _taken(name: str, bearers: tuple[str, ...], field: str) -> Rejection:
    return Rejection(
        "alias-taken",
        zh=f"“{name}”已是{'、'.join(bearers)}的名称。",
        en=f"{name} is already a name of {', '.join(bearers)}.",
        rule="一",
        status=409,
        details={"borne_by": list(bearers)},
        field=field,
    )


def rename(command: RenameUnit, state: Unit) -> Decision:
    """一: a unit keeps its id and its former names when a reform renames it; the new name belongs to it alone."""
    if (command.zh, command.en) == (state.zh, state.en):
        return []
    if command.borne_by:
        return _taken(command.zh, command.borne_by, "zh")
    if not command.zh.strip() or not command.reason.strip():
        return Rejection(
            "reason-missing",
            zh="请填写新名称和更名依据。",
            en="Give the new name and the basis of the change.",
            rule="一",
            field="reason" if command.zh.strip() else "zh",
        )
    return [UnitRenamed(command.zh, command.en, state.zh, command.effective, command.reason)]
