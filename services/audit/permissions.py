"""Who may do what. The auditor reads all and writes nothing; conclusions are the supervision office's.

Scopes of a finding: `unit` the units and `group` the groups that it concerns.
"""

from __future__ import annotations

from services.audit.domain.commands import ConcludeRecord, RecordSeal
from services.audit.domain.finding.commands import AnswerFinding, ConcludeFinding
from sevenx.kernel.auth import Rule

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    RecordSeal: (Rule("operator"),),
    ConcludeRecord: (Rule("supervision_office"), Rule("operator")),
    AnswerFinding: (
        Rule("unit_head", "unit"),
        Rule("unit_liaison", "unit"),
        Rule("lead_unit_head", "group"),
        Rule("liaison", "group"),
        Rule("group_leader", "group"),
    ),
    ConcludeFinding: (Rule("supervision_office"),),
}
READERS = ("auditor", "operator", "supervision_office", "district_office", "district_leader")
"""Roles that may see seals, forks and conclusions, and every finding."""
