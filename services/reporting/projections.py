"""How events become rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.reporting.directive_rows import directive_rows
from services.reporting.domain.report.state import Status
from services.reporting.hearing_rows import hearing_rows
from services.reporting.outreach_facts import outreach_facts
from services.reporting.project_figures import figures_of_projects
from services.reporting.tables import (
    CALENDARS,
    POSTS,
    SETTINGS,
    contribution,
    deadline,
    group,
    metadata,
    period_closed,
    report,
    report_figure,
    report_step,
    target,
    unit,
)
from sevenx.declaration import service
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

DUE, CONTRIBUTIONS, REMINDER = "due", "contributions", "reminder"
"""Names of deadlines."""
DRAFT, FROZEN = "draft", "frozen"
"""Sources of a report's figures."""
CLOSING_AREAS = service("reporting").reads()
"""The areas that must have closed a period before its figures are frozen: every one whose events are read here."""

projections = Projections(
    metadata,
    version=3,
    include=[
        POSTS.projections,
        SETTINGS.projections,
        CALENDARS.projections,
        figures_of_projects,
        outreach_facts,
        hearing_rows,
        directive_rows,
    ],
)


@projections.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(group, number=event.data["number"], zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.UnitRegistered", "registry.UnitRenamed")
def unit_named(event: Recorded, rows: Changes) -> None:
    rows.put(unit, zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    """The group's own total; the parts that its units take are no concern of the report."""
    if event.data["unit"] is None:
        rows.put(target, event.data["year"], event.data["indicator"], value=event.data["value"])


@projections.on(*(f"{area}.PeriodClosed" for area in CLOSING_AREAS))
def period_was_closed(event: Recorded, rows: Changes) -> None:
    rows.put(
        period_closed,
        event.version,
        area=event.area,
        partition=event.data["partition"],
        as_of=event.data["as_of"],
    )


@projections.on("reporting.ReportPeriodOpened")
def opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("group", "period", "starts_at", "ends_at", "due_at", "due_day", "nominal_day", "contribution_due_at")
    also = ("clock_stops_at", "lead_units", "responsible_units", "calendars", "provisional")
    rows.put(
        report,
        **{name: data[name] for name in (*same, *also)},
        status=Status.OPEN,
        settings={one["key"]: one["value"] for one in data["settings"]},
        draft=0,
        submission=0,
        missed=False,
        frozen=False,
        restatements=0,
    )
    rows.put(deadline, DUE, due_at=data["due_at"])
    rows.put(deadline, CONTRIBUTIONS, due_at=data["contribution_due_at"])
    _next_reminder(rows, [one["at"] for one in data["reminders"]])
    _step(event, rows, "opened", None, due_at=data["due_at"])


@projections.on("reporting.DeadlineMoved")
def deadline_moved(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("due_at", "due_day", "calendars", "provisional")
    rows.set(report, **{name: data[name] for name in names})
    rows.put(deadline, DUE, due_at=data["due_at"])
    if data["contribution_due_at"] is not None:
        rows.set(report, contribution_due_at=data["contribution_due_at"])
        rows.put(deadline, CONTRIBUTIONS, due_at=data["contribution_due_at"])
    _next_reminder(rows, [one["at"] for one in data["reminders"]])
    _step(event, rows, "deadline_moved", None, due_was=data["due_was"], due_at=data["due_at"], reason=data["reason"])


@projections.on("reporting.CalendarConfirmed")
def calendar_confirmed(event: Recorded, rows: Changes) -> None:
    rows.set(report, calendars=event.data["calendars"], provisional=event.data["provisional"])


@projections.on("reporting.ReportReminderDue")
def reminder_due(event: Recorded, rows: Changes) -> None:
    _next_reminder(rows, [event.data["next_at"]] if event.data["next_at"] else [])


@projections.on("reporting.ContributionSubmitted")
def contributed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        contribution,
        data["unit"],
        state="late" if data["late"] else "submitted",
        text=data["text"],
        by=data["submitted_by"],
        at=event.meta.occurred_at,
    )


@projections.on("reporting.ContributionOverdue")
def contribution_overdue(event: Recorded, rows: Changes) -> None:
    rows.put(contribution, event.data["unit"], state="overdue", at=event.meta.occurred_at)


@projections.on("reporting.ContributionsClosed")
def contributions_closed(_: Recorded, rows: Changes) -> None:
    rows.delete(deadline, CONTRIBUTIONS)


@projections.on("reporting.ReportDrafted")
def drafted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        report,
        status=Status.DRAFTED,
        draft=data["draft"],
        narrative=data["narrative"],
        figures_as_of=data["figures_as_of"],
    )
    _figures(rows, DRAFT, data["figures"])
    _step(event, rows, "drafted", data["drafted_by"], draft=data["draft"])


@projections.on("reporting.FigureDiscrepancyNoted")
def discrepancy_noted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report_figure, DRAFT, data["indicator"], claimed=data["claimed"], explanation=data["explanation"])


@projections.on("reporting.ReportReviewed")
def reviewed(event: Recorded, rows: Changes) -> None:
    data = event.data
    if not data["outstanding"]:
        rows.set(report, status=Status.REVIEWED)
    _step(event, rows, "reviewed", data["reviewed_by"], unit=data["unit"], outstanding=data["outstanding"])


@projections.on("reporting.ReportSentBack")
def sent_back(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, status=Status.SENT_BACK)
    _step(event, rows, "sent_back", data["sent_back_by"], unit=data["unit"], reasons=data["reasons"])


@projections.on("reporting.SignOffDelegated")
def delegated(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, delegate=data["delegate"])
    _step(event, rows, "delegated", data["delegated_by"], delegate=data["delegate"], reason=data["reason"])


@projections.on("reporting.ReportSignedOff")
def signed_off(event: Recorded, rows: Changes) -> None:
    data = event.data
    _step(event, rows, "signed_off", data["signed_by"], draft=data["draft"], on_behalf_of=data["on_behalf_of"])


@projections.on("reporting.ReportClockStopped")
def clock_stopped(event: Recorded, rows: Changes) -> None:
    rows.set(report, stopped_at=event.data["stopped_at"], late_seconds=event.data["late_seconds"])
    rows.delete(deadline, DUE)
    rows.delete(deadline, REMINDER)


@projections.on("reporting.ReportSubmitted")
def submitted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, status=Status.SUBMITTED, submission=data["submission"], submitted_at=data["submitted_at"])
    told = {name: data[name] for name in ("submission", "late", "late_seconds", "discrepancies")}
    _step(event, rows, "submitted", None, **told)


@projections.on("reporting.ReportReturned")
def returned(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, status=Status.RETURNED)
    _step(event, rows, "returned", data["returned_by"], submission=data["submission"], reasons=data["reasons"])


@projections.on("reporting.ReportAccepted")
def accepted(event: Recorded, rows: Changes) -> None:
    rows.set(report, status=Status.ACCEPTED)
    _step(event, rows, "accepted", event.data["accepted_by"], submission=event.data["submission"])


@projections.on("reporting.DeadlineMissed")
def deadline_missed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, missed=True)
    rows.delete(deadline, DUE)
    rows.delete(deadline, REMINDER)
    _step(event, rows, "deadline_missed", None, due_at=data["due_at"], reached=data["reached"])


@projections.on("reporting.ReportFiguresFrozen")
def figures_frozen(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, frozen=True, cut=plain(data["cut"]))
    _figures(rows, FROZEN, data["figures"])
    _step(event, rows, "frozen", None, differences=data["differences"])


@projections.on("reporting.ReportRestated")
def restated(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, restatements=data["restatement"])
    for one in data["corrections"]:
        rows.set(report_figure, FROZEN, one["indicator"], month=one["now"], before_restatement=one["was"])
    told = {"reason": data["reason"], "basis": data["basis"], "corrections": data["corrections"]}
    _step(event, rows, "restated", data["restated_by"], **told)


def _figures(rows: Changes, source: str, figures: Iterable[Mapping[str, Any]]) -> None:
    for one in figures:
        names = ("month", "cumulative", "last_year", "target", "completion")
        rows.put(report_figure, source, one["indicator"], **{name: one[name] for name in names})


def _next_reminder(rows: Changes, instants: list[datetime]) -> None:
    if instants:
        rows.put(deadline, REMINDER, due_at=min(instants))
    else:
        rows.delete(deadline, REMINDER)


def _step(event: Recorded, rows: Changes, step: str, by: str | None, **details: Any) -> None:
    rows.put(report_step, event.version, step=step, at=event.meta.occurred_at, by=by, details=plain(details))
