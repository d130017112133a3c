"""Agreed dates as several request bodies have them."""

from __future__ import annotations

from typing import Any

from services.projects.domain.values import Stage
from sevenx.kernel.bodies import Body, Day


class AgreedDates(Body):
    """The agreed date of each stage to come; at signing all four are needed."""

    landed: Day | None = None
    started: Day | None = None
    in_production: Day | None = None
    at_capacity: Day | None = None

    def pairs(self) -> tuple[tuple[Stage, Any], ...]:
        given = ((stage, getattr(self, stage.value)) for stage in Stage if stage.rank >= Stage.LANDED.rank)
        return tuple((stage, on) for stage, on in given if on is not None)
