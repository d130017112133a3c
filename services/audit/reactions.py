"""When every area has closed a month in every partition, the log is sealed; what the log makes doubtful is raised."""

from __future__ import annotations

from services.audit.detection import DETECTION
from services.audit.projections import AREAS
from services.audit.queries import MONTH
from services.audit.sealing import Sealing
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Reaction


def reactions(sealing: Sealing) -> tuple[Reaction, ...]:
    """Those of DETECTION, and `seal`: after each announced cut-off of a month, and after a fork was concluded, it looks
    whether a month is due."""
    events = tuple(f"{area}.PeriodClosed" for area in AREAS)
    return (Reaction("seal", (*events, "audit.RecordDiscarded"), sealing.react, _of_a_month), *DETECTION)


def _of_a_month(event: Recorded) -> bool:
    return event.name == "RecordDiscarded" or event.data["kind"] == MONTH
