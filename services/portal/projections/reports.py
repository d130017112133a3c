"""The groups' monthly reports. The steps of a report's path are its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal.tables import metadata
from services.portal.tables.reports import contribution, report, report_figure
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

DRAFT, FROZEN = "draft", "frozen"
"""Sources of a report's figures."""
_SAME = (
    "period", "starts_at", "ends_at", "due_at", "due_day", "contribution_due_at", "clock_stops_at", "lead_units",
    "responsible_units", "provisional",
)  # fmt: skip

projections = Projections(metadata)
_on = projections.on


@_on("reporting.ReportPeriodOpened")
def opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        report,
        **{name: data[name] for name in _SAME},
        group_id=data["group"],
        settings={one["key"]: one["value"] for one in data["settings"]},
        status="open",
        draft=0,
        submission=0,
        missed=False,
        frozen=False,
        restatements=0,
    )


@_on("reporting.DeadlineMoved")
def deadline_moved(event: Recorded, rows: Changes) -> None:
    data = event.data
    changed = {name: data[name] for name in ("due_at", "due_day", "provisional")}
    if data["contribution_due_at"] is not None:
        changed["contribution_due_at"] = data["contribution_due_at"]
    rows.set(report, **changed)


@_on("reporting.CalendarConfirmed")
def calendar_confirmed(event: Recorded, rows: Changes) -> None:
    rows.set(report, provisional=event.data["provisional"])


@_on("reporting.ContributionSubmitted")
def contributed(event: Recorded, rows: Changes) -> None:
    data = event.data
    state = "late" if data["late"] else "submitted"
    by, at = data["submitted_by"], event.meta.occurred_at
    rows.put(contribution, data["unit"], state=state, text=data["text"], by=by, at=at)


@_on("reporting.ContributionOverdue")
def contribution_overdue(event: Recorded, rows: Changes) -> None:
    rows.put(contribution, event.data["unit"], state="overdue", text=None, by=None, at=event.meta.occurred_at)


@_on("reporting.ReportDrafted")
def drafted(event: Recorded, rows: Changes) -> None:
    """Each draft begins the reviews anew."""
    data = event.data
    kept = {name: data[name] for name in ("draft", "drafted_by", "narrative", "figures_as_of")}
    rows.set(report, status="drafted", **kept, outstanding=None)
    _figures(rows, DRAFT, data["figures"])


@_on("reporting.FigureDiscrepancyNoted")
def discrepancy_noted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report_figure, DRAFT, data["indicator"], claimed=data["claimed"], explanation=data["explanation"])


@_on("reporting.ReportReviewed")
def reviewed(event: Recorded, rows: Changes) -> None:
    outstanding = list(event.data["outstanding"])
    rows.set(report, outstanding=outstanding, **({} if outstanding else {"status": "reviewed"}))


@_on("reporting.ReportSentBack")
def sent_back(_: Recorded, rows: Changes) -> None:
    rows.set(report, status="sent_back")


@_on("reporting.SignOffDelegated")
def delegated(event: Recorded, rows: Changes) -> None:
    rows.set(report, delegate=event.data["delegate"])


@_on("reporting.ReportClockStopped")
def clock_stopped(event: Recorded, rows: Changes) -> None:
    rows.set(report, stopped_at=event.data["stopped_at"], late_seconds=event.data["late_seconds"])


@_on("reporting.ReportSubmitted")
def submitted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(report, status="submitted", submission=data["submission"], submitted_at=data["submitted_at"])


@_on("reporting.ReportReturned")
def returned(_: Recorded, rows: Changes) -> None:
    rows.set(report, status="returned")


@_on("reporting.ReportAccepted")
def accepted(_: Recorded, rows: Changes) -> None:
    rows.set(report, status="accepted")


@_on("reporting.DeadlineMissed")
def deadline_missed(_: Recorded, rows: Changes) -> None:
    rows.set(report, missed=True)


@_on("reporting.ReportFiguresFrozen")
def figures_frozen(event: Recorded, rows: Changes) -> None:
    rows.set(report, frozen=True)
    _figures(rows, FROZEN, event.data["figures"])


@_on("reporting.ReportRestated")
def restated(event: Recorded, rows: Changes) -> None:
    rows.set(report, restatements=event.data["restatement"])
    for one in event.data["corrections"]:
        rows.set(report_figure, FROZEN, one["indicator"], month=one["now"], before_restatement=one["was"])


def _figures(rows: Changes, source: str, figures: Iterable[Mapping[str, Any]]) -> None:
    names = ("month", "cumulative", "last_year", "target", "completion")
    for one in figures:
        rows.put(report_figure, source, one["indicator"], **{name: one[name] for name in names})
