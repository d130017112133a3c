"""What projects' events add to the month's figures, as entries that may be summed in any order.

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
    rows.put(work_item, group=event.data["group"])
    _entry(event, rows, Indicator.LEADS, _ONE)


@_on("projects.ProjectOpened")
def project_opened(event: Recorded, rows: Changes) -> None:
    rows.put(work_item, group=event.data["group"])


@_on("projects.ProjectSigned")
def signed(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, Indicator.SIGNED_COUNT, _ONE)
    _entry(event, rows, Indicator.SIGNED_AMOUNT, event.data["amount"])


@_on("projects.ProjectLanded")
def landed(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, Indicator.LANDED_COUNT, _ONE)


@_on("projects.ConstructionStarted")
def started(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, Indicator.STARTED_COUNT, _ONE)


@_on("projects.ProductionStarted")
def in_production(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, Indicator.PRODUCED_COUNT, _ONE)


@_on("projects.StageCorrected")
def stage_corrected(event: Recorded, rows: Changes) -> None:
    """Each stage above the one gone back to no longer counts. What it had counted is looked up when it is summed."""
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


def _entry(event: Recorded, rows: Changes, indicator: str, value: Any) -> None:
    rows.put(figure_entry, event.version, indicator, at=event.meta.occurred_at, value=value)
