"""What the rules of groups of companies need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CompanyGroups:
    """Each enterprise's parent."""

    parent_of: Mapping[str, str] = field(default_factory=dict)
