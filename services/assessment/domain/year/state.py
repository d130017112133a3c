"""What the rules need to remember of a year's assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from services.assessment.domain.values import Ranked

_NEVER = datetime.min.replace(tzinfo=UTC)


class Phase(StrEnum):
    """Where the year stands on its path."""

    OPEN = "open"
    CALCULATED = "calculated"
    RATED = "rated"
    PUBLIC = "public"
    SETTLED = "settled"
    FROZEN = "frozen"


PHASE_ZH = dict(zip(Phase, ("未测算", "已测算", "已初评", "公示中", "已审定", "已定格"), strict=True))


class AppealState(StrEnum):
    """What became of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Appeal:
    """An appeal: in whose name, against whose score, by whom."""

    appellant: str
    subject: str
    filed_by: str
    state: AppealState = AppealState.OPEN
    indicator: str | None = None


@dataclass(frozen=True)
class Year:
    """The assessment of one year."""

    phase: Phase = Phase.OPEN
    year: int = 0
    calculation: int = 0
    rulebook: int = 0
    provisional: bool = True
    """Of the latest calculation."""
    as_of: datetime = _NEVER
    ends_at: datetime = _NEVER
    months: frozenset[str] = frozenset()
    """What the clock has calculated."""
    ranking: tuple[Ranked, ...] = ()
    """Of the latest calculation, with what was corrected and vetoed since."""
    rated_by: str = ""
    until_at: datetime = _NEVER
    notice_ended: bool = False
    appeals: Mapping[int, Appeal] = field(default_factory=dict)
    vetoes: frozenset[tuple[str, str]] = frozenset()
    """(subject, veto)."""
    settled_by: str = ""
    version: int = 0
    """Of the frozen assessment; 0: not frozen."""
    commended: frozenset[tuple[str, str | None]] = frozenset()
    """(subject, person) already advised."""

    def open_appeals(self) -> tuple[int, ...]:
        return tuple(n for n, one in self.appeals.items() if one.state is AppealState.OPEN)

    def place_of(self, subject: str) -> Ranked | None:
        """The subject's place; None when it is not assessed."""
        return next((one for one in self.ranking if one.subject == subject), None)

    def vetoed(self, subject: str) -> bool:
        return any(who == subject for who, _ in self.vetoes)
