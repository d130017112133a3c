"""What the rules of groups of companies need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CompanyGroups:
    """Each enterprise's parent, and which enterprises were found to be one."""

    parent_of: Mapping[str, str] = field(default_factory=dict)
    """By each enterprise, as it was named."""
    merged_into: Mapping[str, str] = field(default_factory=dict)
    """Survivors by those that were merged into them."""
