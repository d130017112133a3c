"""Audit's aggregates."""

from __future__ import annotations

from services.audit.domain import findings, seals
from services.audit.domain.events import LogSealed, RecordDiscarded, TamperingDetected
from sevenx.kernel.decider import Decider

SEALS = Decider("seals", seals.Ledger(), seals.decide, seals.evolve, (LogSealed,))
"""The ledger of seals, one stream a district: `410804-S-seals`."""

FINDING = Decider("finding", findings.Finding(), findings.decide, findings.evolve, (TamperingDetected, RecordDiscarded))
"""Conclusions about one record: `410804-X-<first 16 hex digits of its hash>`."""

DECIDERS = (SEALS, FINDING)
