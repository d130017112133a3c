"""What projects' events add to the month's figures, as entries that may be summed in any order; and where each project
stands, for the briefing pack.

The period follows from when an event was recorded (business time), not from the date written in it: an event that comes
after the cut-off falls into the next period (三(三)).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.reporting.domain.report.values import Indicator
from services.reporting.tables import figure_entry, metadata, work_item
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

FUNDS = {
    "claimed": "funds_claimed",
    "first_checked": Indicator.FUNDS_IN_PLACE,
    "recognised": "funds_recognised",
}
"""The entries that 到位资金 is summed from, by the setting `funds.monthly_basis`."""

_STAGES: tuple[tuple[str, tuple[Indicator, ...]], ...] = (
    ("negotiating", ()),
    ("signed", (Indicator.SIGNED_COUNT, Indicator.SIGNED_AMOUNT)),
    ("landed", (Indicator.LANDED_COUNT,)),
    ("started", (Indicator.STARTED_COUNT,)),
    ("in_production", (Indicator.PRODUCED_COUNT,)),
    ("at_capacity", ()),
)
_RANK = {stage: rank for rank, (stage, _) in enumerate(_STAGES)}
_ONE = Decimal(1)

figures_of_projects = Projections(metadata)
_on = figures_of_projects.on


@_on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(work_item, group=data["group"], finder=data["finder"], name=data["title"])
    _entry(event, rows, Indicator.LEADS, _ONE)


@_on("projects.ProjectOpened")
def project_opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = {name: data[name] for name in ("group", "finder", "name")}
    rows.put(work_item, **same, stage="negotiating", light="green", light_reasons=[])


@_on("projects.ProjectBaselined")
def project_baselined(event: Recorded, rows: Changes) -> None:
    """A project of the old ledgers (历史台账) stands where it stood and adds nothing to any month."""
    data = event.data
    same = {name: data[name] for name in ("group", "finder", "name", "stage", "landing_unit")}
    rows.put(work_item, **same, light="green", light_reasons=[])


@_on("projects.ProjectSigned")
def signed(event: Recorded, rows: Changes) -> None:
    rows.set(work_item, stage="signed")
    _counted(event, rows, Indicator.SIGNED_COUNT)
    _entry(event, rows, Indicator.SIGNED_AMOUNT, event.data["amount"])


@_on("projects.ContractAmended")
def amended(event: Recorded, rows: Changes) -> None:
    """An amendment counts by what it changes, on its own day: no month that is closed changes."""
    difference = event.data["amount"] - event.data["amount_was"]
    if difference:
        _entry(event, rows, Indicator.SIGNED_AMOUNT, difference)


@_on("projects.ProjectLanded")
def landed(event: Recorded, rows: Changes) -> None:
    landing = {"landing_unit": event.data["landing_unit"], "landed_at": event.meta.occurred_at}
    rows.set(work_item, stage="landed", **landing)
    _counted(event, rows, Indicator.LANDED_COUNT)


@_on("projects.ConstructionStarted")
def started(event: Recorded, rows: Changes) -> None:
    rows.set(work_item, stage="started")
    _counted(event, rows, Indicator.STARTED_COUNT)


@_on("projects.ProductionStarted")
def in_production(event: Recorded, rows: Changes) -> None:
    rows.set(work_item, stage="in_production")
    _counted(event, rows, Indicator.PRODUCED_COUNT)


@_on("projects.CapacityReached")
def at_capacity(_: Recorded, rows: Changes) -> None:
    rows.set(work_item, stage="at_capacity")


@_on("projects.ProjectStalled")
def stalled(event: Recorded, rows: Changes) -> None:
    rows.set(work_item, stalled_since=event.data["since"])


@_on("projects.StallEnded")
def stall_ended(_: Recorded, rows: Changes) -> None:
    rows.set(work_item, stalled_since=None)


@_on("projects.LightChanged")
def light_changed(event: Recorded, rows: Changes) -> None:
    rows.set(work_item, light=event.data["light"], light_reasons=[one["zh"] for one in event.data["reasons"]])


@_on("projects.StageCorrected")
def stage_corrected(event: Recorded, rows: Changes) -> None:
    """Each stage above the one gone back to no longer counts. What it had counted is looked up when it is summed."""
    stage = event.data["to_stage"]
    rows.set(work_item, stage=stage)
    if _RANK[stage] < _RANK["landed"]:
        rows.set(work_item, landing_unit=None, landed_at=None)
    undone = _STAGES[_RANK[event.data["to_stage"]] + 1 : _RANK[event.data["from_stage"]] + 1]
    for _, indicators in undone:
        for indicator in indicators:
            _entry(event, rows, indicator, None)


@_on("projects.FundsClaimed")
def funds_claimed(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, FUNDS["claimed"], event.data["amount"])


@_on("projects.FundsChecked")
def funds_checked(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, FUNDS["first_checked"], event.data["amount"])


@_on("projects.FundsRecognised")
def funds_recognised(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, FUNDS["recognised"], event.data["amount"])


@_on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, FUNDS["first_checked"], -event.data["amount"])
    _entry(event, rows, FUNDS["recognised"], -event.data["off_recognised"])


def _counted(event: Recorded, rows: Changes, indicator: Indicator) -> None:
    """One project counts once: an extension (增资) adds its increment to amounts and no project to counts."""
    if event.data["extends"] is None:
        _entry(event, rows, indicator, _ONE)


def _entry(event: Recorded, rows: Changes, indicator: str, value: Any) -> None:
    rows.put(figure_entry, event.version, indicator, at=event.meta.occurred_at, value=value)
