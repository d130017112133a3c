"""Leads (线索)."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import projects as t
from sevenx.district.parties import key_of
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import tell

projections = Projections(metadata)

_SAME = (
    "title", "intent", "origin", "origin_place", "source", "industry", "finder", "expected_investment",
    "registered_on", "registered_by",
)  # fmt: skip


@projections.on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    referrer = data["referred_by"]
    rows.put(
        t.lead,
        **{key: data[key] for key in _SAME},
        group_id=data["group"],
        found_by=data["finder"],
        found_group=data["group"],
        investor_name=data["investor"]["name"],
        investor_code=data["investor"]["code"],
        investor_id=data["investor"]["id"],
        investor_key=key_of(data["investor"]["name"], data["investor"]["code"]),
        referred_by=referrer["name"] if referrer else None,
        status="registered",
    )
    tell(rows, t.lead_text, title=data["title"], investor=data["investor"]["name"])


@projections.on("projects.InvestorIdentified")
def investor_identified(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, investor_id=event.data["enterprise"])


@projections.on("projects.LeadQualified")
def lead_qualified(_: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="qualified")


@projections.on("projects.LeadClosed")
def lead_closed(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="closed", closed_reason=event.data["reason"])


@projections.on("projects.LeadConverted")
def lead_converted(event: Recorded, rows: Changes) -> None:
    rows.set(t.lead, status="converted", project=event.data["project"])
