"""The rules about imports of a roster: numbered as they come, each rolled back once at most."""

from __future__ import annotations

from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import RecordImport, RecordRollback
from .events import ImportRolledBack, RosterImported
from .state import District


def record_import(command: RecordImport, state: District) -> Decision:
    """一: an import that changed something has a number, under which it can be looked up and rolled back."""
    return [
        RosterImported(
            len(state.imports) + 1,
            command.sha256,
            command.by,
            command.on,
            command.units,
            command.groups,
            command.people,
            command.industries,
            command.settings,
            command.calendars,
            command.changes,
        )
    ]


def record_rollback(command: RecordRollback, state: District) -> Decision:
    """一: an import is rolled back once, with the reason."""
    if refused := refuse_rollback(command.number, state):
        return refused
    if not command.reason.strip():
        return Rejection("reason-missing", zh="请说明回滚理由。", en="Say why the import is rolled back.", rule="一")
    return [
        ImportRolledBack(command.number, command.by, command.on, command.reason, command.corrections),
    ]


def refuse_rollback(number: int, state: District) -> Rejection | None:
    """The import is there, and was not rolled back before."""
    if number not in state.imports:
        return Rejection(
            "import-unknown",
            zh=f"没有第{number}次导入；共有{len(state.imports)}次。",
            en=f"There is no import {number}; there are {len(state.imports)}.",
            status=404,
        )
    if number in state.rolled_back:
        return Rejection(
            "import-rolled-back",
            zh=f"第{number}次导入已经回滚；如需恢复，请重新导入。",
            en=f"Import {number} was rolled back already; to have it again, import the files anew.",
            status=409,
        )
    return None
