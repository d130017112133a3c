"""When every area has closed a month in every partition, the log is sealed."""

from __future__ import annotations

from services.audit.projections import AREAS
from services.audit.sealing import Sealing
from sevenx.kernel.reaction import Reaction


def reactions(sealing: Sealing) -> tuple[Reaction, ...]:
    """`seal`: looks after each announced cut-off, and after a fork was concluded, whether a month is due."""
    events = tuple(f"{area}.PeriodClosed" for area in AREAS)
    return (Reaction("seal", (*events, "audit.RecordDiscarded"), sealing.react),)
