"""What falls due in assessment: the end of the public notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.assessment.deciders import YEAR
from services.assessment.domain.year.commands import EndPublicNotice
from services.assessment.tables import deadline
from sevenx.kernel.deadlines import Deadlines, Given


def command(row: Mapping[str, Any], _: datetime) -> Given:
    """The public notice is judged as of its own end, however late the clock looks."""
    return YEAR, row["stream"], EndPublicNotice(row["due_at"])


DEADLINES = Deadlines(deadline, command)
