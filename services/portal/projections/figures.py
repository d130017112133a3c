"""What projects' events add to the figures of a month, as entries that may be summed in any order (三(三)).

An entry counts in the period in which it was recorded (business time), whatever date is written in the event.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.portal.projections.projects import RANK, STAGES
from services.portal.tables import metadata
from services.portal.tables.projects import figure_entry, work_item
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

FUNDS = {"claimed": "funds_claimed", "first_checked": "funds_in_place", "recognised": "funds_recognised"}
"""The entries that 到位资金 is summed from, by the setting `funds.monthly_basis`."""
_OF_STAGE = {
    "signed": ("signed_count", "signed_amount"),
    "landed": ("landed_count",),
    "started": ("started_count",),
    "in_production": ("produced_count",),
}
_COUNTED = {
    "ProjectSigned": "signed_count",
    "ProjectLanded": "landed_count",
    "ConstructionStarted": "started_count",
    "ProductionStarted": "produced_count",
}
_ONE = Decimal(1)

projections = Projections(metadata)
_on = projections.on


@_on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    rows.put(work_item, group_id=event.data["group"])
    _entry(event, rows, "leads", _ONE)


@_on("projects.ProjectOpened")
def project_opened(event: Recorded, rows: Changes) -> None:
    rows.put(work_item, group_id=event.data["group"])


@_on(*(f"projects.{name}" for name in _COUNTED))
def stage_counted(event: Recorded, rows: Changes) -> None:
    """One project counts once: an extension (增资) adds its increment to amounts and no project to counts."""
    if event.data["extends"] is None:
        _entry(event, rows, _COUNTED[event.name], _ONE)


@_on("projects.ProjectSigned")
def amount_counted(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, "signed_amount", event.data["amount"])


@_on("projects.ContractAmended")
def amendment_counted(event: Recorded, rows: Changes) -> None:
    """By what it changes, on its own day."""
    difference = event.data["amount"] - event.data["amount_was"]
    if difference:
        _entry(event, rows, "signed_amount", difference)


@_on("projects.StageCorrected")
def stage_corrected(event: Recorded, rows: Changes) -> None:
    """Each stage above the one gone back to no longer counts. What it had counted is looked up when it is summed."""
    for stage in STAGES[RANK[event.data["to_stage"]] + 1 : RANK[event.data["from_stage"]] + 1]:
        for indicator in _OF_STAGE.get(stage, ()):
            _entry(event, rows, indicator, None)


@_on("projects.FundsClaimed", "projects.FundsChecked", "projects.FundsRecognised")
def funds_counted(event: Recorded, rows: Changes) -> None:
    basis = {"FundsClaimed": "claimed", "FundsChecked": "first_checked", "FundsRecognised": "recognised"}[event.name]
    _entry(event, rows, FUNDS[basis], event.data["amount"])


@_on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    _entry(event, rows, FUNDS["first_checked"], -event.data["amount"])
    _entry(event, rows, FUNDS["recognised"], -event.data["off_recognised"])


def _entry(event: Recorded, rows: Changes, indicator: str, value: Any) -> None:
    rows.put(figure_entry, event.version, indicator, at=event.meta.occurred_at, value=value)
