"""Who may do what. The auditor reads all and writes nothing."""

from __future__ import annotations

from services.audit.domain.commands import ConcludeRecord, RecordSeal
from sevenx.kernel.auth import Rule

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    RecordSeal: (Rule("operator"),),
    ConcludeRecord: (Rule("supervision_office"), Rule("operator")),
}
READERS = ("auditor", "operator", "supervision_office", "district_office", "district_leader")
"""Roles that may see seals, forks and conclusions."""
