"""Audit's aggregates."""

from __future__ import annotations

from services.audit.domain import records, seals
from services.audit.domain.events import LogSealed, RecordDiscarded, TamperingDetected
from services.audit.domain.finding.decide import Finding, decide, evolve
from services.audit.domain.finding.events import FINDING_EVENTS
from sevenx.kernel.decider import Decider

SEALS = Decider("seals", seals.Ledger(), seals.decide, seals.evolve, (LogSealed,))
"""The ledger of seals, one stream a district: `410804-S-seals`."""

RECORD = Decider("record", records.Record(), records.decide, records.evolve, (TamperingDetected, RecordDiscarded))
"""Conclusions about one record: `410804-X-<first 16 hex digits of its hash>`."""

FINDING = Decider("finding", Finding(), decide, evolve, FINDING_EVENTS)
"""A finding: `410804-A-<first 16 hex digits of the digest of its kind and evidence>`."""

DECIDERS = (SEALS, RECORD, FINDING)
