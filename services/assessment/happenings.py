"""Which events are measured, and which of their fields are kept for it."""

from __future__ import annotations

from collections.abc import Mapping

from services.assessment.tables import happening, metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

KEPT: Mapping[str, tuple[str, ...]] = {
    "projects.LeadRegistered": ("group", "finder"),
    "projects.LeadQualified": (),
    "projects.ProjectOpened": ("name", "group", "finder", "industry", "parts"),
    "projects.ProjectBaselined": ("name", "group", "finder", "industry"),
    "projects.ProjectCodeAssigned": ("code",),
    "projects.ProjectSigned": ("amount", "signed_on", "extends"),
    "projects.ContractAmended": ("number", "amount_was", "amount"),
    "projects.CompanyRegistered": ("registered_on",),
    "projects.ProjectLanded": ("landed_on", "agreed_on", "extends"),
    "projects.ConstructionStarted": ("started_on", "agreed_on", "extends"),
    "projects.ProductionStarted": ("started_on", "agreed_on", "extends"),
    "projects.CapacityReached": ("reached_on", "extends"),
    "projects.StageCorrected": ("from_stage", "to_stage", "void_shares"),
    "projects.FundsRecognised": ("amount",),
    "projects.FundsReversed": ("off_recognised",),
    "projects.CreditShared": ("cohort", "indicator", "shares"),
    "projects.ProjectStalled": ("stage", "idle_days", "group", "unit"),
    "projects.ReferralRecorded": ("referral", "lead"),
    "projects.ReferralWithdrawn": ("referral",),
    "reporting.ReportPeriodOpened": ("group", "period"),
    "reporting.ReportClockStopped": (),
    "reporting.DeadlineMissed": (),
    "reporting.ReportReturned": (),
    "reporting.ReportRestated": (),
    "reporting.DirectiveIssued": ("title", "owner", "group"),
    "reporting.DirectiveOverdue": ("due_on",),
    "reporting.DirectiveClosed": ("outcome", "late"),
    "outreach.TripCompleted": ("unit", "group", "counted_days"),
    "outreach.TripCompletionCorrected": ("unit", "group", "counted_days"),
    "outreach.QuotaOpened": ("name", "unit", "year", "required_days"),
    "outreach.QuotaAdjusted": ("unit", "year", "required_days", "counted_days"),
    "outreach.QuotaDaysCounted": ("unit", "year", "trip", "total", "required_days"),
}
"""By event, the fields that its measures need. Funds that were claimed or checked are not among them: only what was
recognised counts."""

happenings = Projections(metadata)


@happenings.on(*KEPT)
def happened(event: Recorded, rows: Changes) -> None:
    """Keep what is measured, as JSON holds it."""
    name = f"{event.area}.{event.name}"
    data = {one: plain(event.data[one]) for one in KEPT[name]}
    rows.put(happening, event.version, name=name, at=event.meta.occurred_at, data=data)
