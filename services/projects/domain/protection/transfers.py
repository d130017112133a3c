"""A report follows its lead when that is transferred (流转): the protection stays, its holder is another."""

from __future__ import annotations

from services.projects.domain.protection.checks import check_uncontested
from services.projects.domain.protection.commands import MoveReport
from services.projects.domain.protection.events import ReportMoved
from services.projects.domain.protection.state import Investor
from sevenx.kernel.decider import Decision


def move(command: MoveReport, state: Investor) -> Decision:
    """While its intent is contested a report stays where it is; who decides hangs on who is a party."""
    report = state.reports.get(command.lead)
    if report is None or (report.unit, report.group) == (command.unit, command.group):
        return []
    return check_uncontested(state, report.intent) or [
        ReportMoved(
            lead=report.lead,
            intent_key=report.intent,
            unit_was=report.unit,
            unit=command.unit,
            group_was=report.group,
            group=command.group,
            moved_on=command.today,
        )
    ]
